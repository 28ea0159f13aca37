"""Reading the stream: of one contact, after a moment, with what it refers to beside it."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, link_shapes, stamps
from sandbox.activecampaign.activities import shapes
from sandbox.activecampaign.activities.gathering import activities, write_down
from sandbox.activecampaign.answers import base_of, collection
from sandbox.activecampaign.automations import shapes as automation_shapes
from sandbox.activecampaign.notes import shapes as note_shapes
from sandbox.activecampaign.tracking import shapes as tracking_shapes
from sandbox.activecampaign.world import World
from sandbox.store import Row

Shown = dict[str, Any]


async def list_activities(world: World, request: Request) -> Response:
    """Without a contact only what has been read before is there."""
    contact = world.contacts.get(request.query_params.get("contact", ""))
    if contact is not None:
        write_down(world, contact)
    base, found = base_of(request), _ordered(_wanted(world, request), request)
    rows = asked.page(request).cut(found)
    beside = _beside(world, rows, asked.included(request), base)
    world.ground.journal.note_records(len(rows))
    return collection("activities", [shapes.activity(row, base) for row in rows], len(found), **beside)


def _wanted(world: World, request: Request) -> list[Row]:
    contact = request.query_params.get("contact")
    after = stamps.parsed(request.query_params.get("after", ""))
    return [
        row for row in activities(world) if contact in {None, row["contact"]} and (after is None or row["at"] > after)
    ]


def _ordered(rows: list[Row], request: Request) -> list[Row]:
    ascending = asked.bracketed(request, "orders").get("tstamp", "DESC").upper() == "ASC"
    return sorted(rows, key=lambda row: (row["at"], int(row["id"])), reverse=not ascending)


def _beside(world: World, rows: list[Row], wanted: set[str], base: str) -> Shown:
    found: dict[str, list[Shown]] = {name: [] for name, (type_, _) in INCLUDED.items() if name in wanted}
    for row in rows:
        for name, shown in found.items():
            type_, show = INCLUDED[name]
            there = show(world, row["reference"], base) if row["type"] == type_ else None
            if there is not None and there not in shown:
                shown.append(there)
    return dict(found)


def _contact_tag(world: World, id_: str, base: str) -> Shown | None:
    row = world.contact_tags.get(id_)
    return None if row is None else link_shapes.contact_tag(row, base)


def _contact_list(world: World, id_: str, base: str) -> Shown | None:
    row = world.contact_lists.get(id_)
    return None if row is None else link_shapes.contact_list(row, world.contacts.rows[row["contact"]], base)


def _entry(world: World, id_: str, base: str) -> Shown | None:
    row = world.contact_automations.get(id_)
    return None if row is None else automation_shapes.entry(row, base)


def _note(world: World, id_: str, base: str) -> Shown | None:
    row = world.notes.get(id_)
    return None if row is None else note_shapes.read(row, base)


def _tracking_log(world: World, id_: str, base: str) -> Shown | None:
    row = world.tracking.shelf.get(id_)
    return None if row is None else tracking_shapes.log(row, base)


INCLUDED: dict[str, tuple[str, Callable[[World, str, str], Shown | None]]] = {
    "contactTags": ("SubscriberTag", _contact_tag),
    "contactLists": ("SubscriberList", _contact_list),
    "contactAutomations": ("SubscriberSeries", _entry),
    "notes": ("Note", _note),
    "trackingLogs": ("TrackingLog", _tracking_log),
}
ROUTES = (("GET", "/activities", list_activities),)

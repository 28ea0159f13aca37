"""What hangs on one contact, each under `/contacts/{id}/…`: its rows alone, without a `meta`.

Deals and notes bring more along and have endpoints of their own.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import contact_rarities, link_shapes, refusals
from sandbox.activecampaign.accounts import shapes as account_shapes
from sandbox.activecampaign.answers import base_of, say
from sandbox.activecampaign.automations import shapes as automation_shapes
from sandbox.activecampaign.scores import shapes as score_shapes
from sandbox.activecampaign.tracking import shapes as tracking_shapes
from sandbox.activecampaign.world import World
from sandbox.store import Row

Shown = dict[str, Any]
Rows = Callable[[World, Row, str], list[Shown]]
Single = Callable[[World, Row, str], Shown | None]


async def get_related(world: World, request: Request) -> Response:
    row, name = contact_or_refuse(world, request.path_params["id"]), request.path_params["related"]
    if name in SINGLE:
        key, single = SINGLE[name]
        return say({key: single(world, row, base_of(request))})
    return say({name: RELATED[name](world, row, base_of(request)) if name in RELATED else []})


def contact_or_refuse(world: World, id_: str) -> Row:
    row = world.contacts.get(id_)
    if row is None:
        raise refusals.no_result("Subscriber", id_)
    return row


def _field_values(world: World, row: Row, base: str) -> list[Shown]:
    ids = world.values_of[row["id"]].values()
    return [link_shapes.field_value(world.field_values.rows[id_], base) for id_ in ids]


def _contact_tags(world: World, row: Row, base: str) -> list[Shown]:
    ids = world.tags_of[row["id"]].values()
    return [link_shapes.contact_tag(world.contact_tags.rows[id_], base) for id_ in ids]


def _contact_lists(world: World, row: Row, base: str) -> list[Shown]:
    ids = world.lists_of[row["id"]].values()
    return [link_shapes.contact_list(world.contact_lists.rows[id_], row, base) for id_ in ids]


def account_contacts(world: World, row: Row, base: str) -> list[Shown]:
    return [account_shapes.membership(membership, base) for membership in world.memberships.of(row["id"])]


def _tracking_logs(world: World, row: Row, base: str) -> list[Shown]:
    return [tracking_shapes.log(log, base) for log in world.tracking.of(row["id"])]


def _entries(world: World, row: Row, base: str) -> list[Shown]:
    return [automation_shapes.entry_of_a_contact(entry, base) for entry in world.entries.of(row["id"])]


def _entry_counts(world: World, row: Row, _base: str) -> list[Shown]:
    """How often the contact went through each automation it ever entered."""
    counted = Counter(entry["automation"] for entry in world.entries.of(row["id"]))
    return [
        {
            "id": id_,
            "name": world.automations.rows[id_]["name"],
            "status": world.automations.rows[id_]["status"],
            "hidden": "0",
            "contactEntryCount": str(times),
        }
        for id_, times in counted.items()
    ]


RELATED: dict[str, Rows] = {
    "fieldValues": _field_values,
    "contactTags": _contact_tags,
    "contactLists": _contact_lists,
    "accountContacts": account_contacts,
    "contactAutomations": _entries,
    "automationEntryCounts": _entry_counts,
    "scoreValues": score_shapes.values_of,
    "trackingLogs": _tracking_logs,
    "bounceLogs": contact_rarities.bounces,
}
SINGLE: dict[str, tuple[str, Single]] = {
    "contactData": ("contactDatum", contact_rarities.datum),
    "organization": ("organization", contact_rarities.organisation),
    "plusAppend": ("plusAppend", contact_rarities.plus_append),
}

"""Reading contacts: the list with its filters and side-loads, one contact, and its sub-resources."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, contact_query, contact_shapes, link_shapes, refusals, scores, sideloads
from sandbox.activecampaign.answers import base_of, say
from sandbox.activecampaign.world import World
from sandbox.store import Row

Shown = dict[str, Any]
Rows = Callable[[World, Row, str], list[Shown]]

PAGE_INPUT = {
    "segmentid": 0,
    "formid": 0,
    "listid": 0,
    "tagid": 0,
    "limit": asked.DEFAULT_LIMIT,
    "offset": 0,
    "search": None,
    "sort": None,
    "seriesid": 0,
    "waitid": 0,
    "status": -1,
    "forceQuery": 0,
    "cacheid": "",
}


def contact_or_refuse(world: World, id_: str) -> Row:
    row = world.contacts.get(id_)
    if row is None:
        raise refusals.no_result("Subscriber", id_)
    return row


async def list_contacts(world: World, request: Request) -> Response:
    page, base = asked.page(request), base_of(request)
    found = contact_query.matching(world, request)
    rows = page.cut(found)
    shown = [_on_a_list(contact_shapes.read(world, row, base), row) for row in rows]
    beside = sideloads.add(world, rows, shown, asked.included(request), base)
    world.ground.journal.note_records(len(rows))
    meta = {"page_input": _page_input(request, page), "total": str(len(found)), "sortable": True}
    # Scores come with every list, asked for or not.
    score_values = sideloads.score_values(world, rows, shown, base)
    return say({"scoreValues": score_values, **beside, "contacts": shown, "meta": meta})


async def get_contact(world: World, request: Request) -> Response:
    base, row = base_of(request), contact_or_refuse(world, request.path_params["id"])
    shown = contact_shapes.read(world, row, base)
    wanted = asked.included(request) | sideloads.ON_A_SINGLE_READ
    beside = sideloads.add(world, [row], [shown], wanted, base)
    accounts = _account_contacts(world, row, base)
    shown |= {"geoIps": [], "deals": []}
    shown["accountContacts"] = [account["id"] for account in accounts]
    empty: Shown = {name: [] for name in ("deals", "geoIps", "geoAddresses")}
    world.ground.journal.note_records(1)
    return say({**empty, **beside, "accountContacts": accounts, "contact": shown})


async def get_related(world: World, request: Request) -> Response:
    """`/contacts/{id}/contactTags` and its sisters: the rows alone, without a `meta`."""
    row, name = contact_or_refuse(world, request.path_params["id"]), request.path_params["related"]
    if name not in RELATED:
        return say({name: []})
    return say({name: RELATED[name](world, row, base_of(request))})


def _on_a_list(shown: Shown, row: Row) -> Shown:
    shown["accountContacts"] = [row["id"]] if row["account"] else []
    return shown


def _page_input(request: Request, page: asked.Page) -> Shown:
    numbers = ("segmentid", "formid", "listid", "tagid", "seriesid", "waitid")
    sent = {name: asked.number_or_none(request.query_params.get(name)) or 0 for name in numbers}
    return {**PAGE_INPUT, **sent, "limit": page.limit, "offset": page.offset}


def _field_values(world: World, row: Row, base: str) -> list[Shown]:
    ids = world.values_of[row["id"]].values()
    return [link_shapes.field_value(world.field_values.rows[id_], base) for id_ in ids]


def _contact_tags(world: World, row: Row, base: str) -> list[Shown]:
    ids = world.tags_of[row["id"]].values()
    return [link_shapes.contact_tag(world.contact_tags.rows[id_], base) for id_ in ids]


def _contact_lists(world: World, row: Row, base: str) -> list[Shown]:
    ids = world.lists_of[row["id"]].values()
    return [link_shapes.contact_list(world.contact_lists.rows[id_], row, base) for id_ in ids]


def _account_contacts(_world: World, row: Row, base: str) -> list[Shown]:
    return [link_shapes.account_contact(row, base)] if row["account"] else []


RELATED: dict[str, Rows] = {
    "fieldValues": _field_values,
    "contactTags": _contact_tags,
    "contactLists": _contact_lists,
    "accountContacts": _account_contacts,
    "contactAutomations": sideloads.entries,
    "scoreValues": scores.values_shown,
}

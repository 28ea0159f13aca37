"""Reading contacts: the list with its filters and side-loads, and one contact with what comes along."""

from hashlib import md5
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, contact_query, contact_shapes, sideloads
from sandbox.activecampaign.answers import base_of, say
from sandbox.activecampaign.contact_related import account_contacts, contact_or_refuse
from sandbox.activecampaign.deals import shapes as deal_shapes
from sandbox.activecampaign.deals.endpoints import deals_of
from sandbox.activecampaign.world import World
from sandbox.store import Row

Shown = dict[str, Any]

NUMBERED_INPUT = ("formid", "listid", "tagid", "seriesid", "waitid", "forceQuery")


async def list_contacts(world: World, request: Request) -> Response:
    page, base = asked.page(request), base_of(request)
    found = contact_query.matching(world, request)
    rows = page.cut(found)
    shown = [_on_a_list(world, contact_shapes.read(world, row, base), row) for row in rows]
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
    accounts = account_contacts(world, row, base)
    deals = [deal_shapes.read(world, deal, base) for deal in deals_of(world, row["id"])]
    shown |= {"geoIps": [], "deals": [deal["id"] for deal in deals]}
    shown["accountContacts"] = [account["id"] for account in accounts]
    world.ground.journal.note_records(1)
    return say({**beside, "geoIps": [], "deals": deals, "accountContacts": accounts, "contact": shown})


def _on_a_list(world: World, shown: Shown, row: Row) -> Shown:
    shown["accountContacts"] = [membership["id"] for membership in world.memberships.of(row["id"])]
    return shown


def _page_input(request: Request, page: asked.Page) -> Shown:
    """What the vendor understood of the question, with a number it keeps the answer under."""
    given = request.query_params
    numbers = {name: asked.number_or_none(given.get(name)) or 0 for name in NUMBERED_INPUT}
    return {
        "segmentid": asked.number_or_none(given.get("segmentid")),
        **numbers,
        "limit": page.limit,
        "offset": page.offset,
        "search": given.get("search"),
        "sort": None,
        "status": asked.number_or_none(given.get("status")) if given.get("status", "").isdigit() else -1,
        "cacheid": md5(request.url.query.encode(), usedforsecurity=False).hexdigest(),
    }

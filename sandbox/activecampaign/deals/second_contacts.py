"""Second contacts of a deal, beside the one it is with: who else at the customer's is part of it."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, contact_shapes, effects, refusals, stamps
from sandbox.activecampaign.accounts.refusals import refused, related_missing
from sandbox.activecampaign.answers import base_of, collection, say
from sandbox.activecampaign.deals import shapes as deal_shapes
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.world import World
from sandbox.journal import Op
from sandbox.store import Row

MODULE = "contactDeal"
BY_NOBODY = {"created_by": None, "updated_by": None}


async def list_all(world: World, request: Request) -> Response:
    rows = list(world.contact_deals)
    return collection(
        "contactDeals", [_shown(row, base_of(request)) for row in asked.page(request).cut(rows)], len(rows)
    )


async def get_one(world: World, request: Request) -> Response:
    return say({"contactDeal": _shown(_one_or_refuse(world, request), base_of(request))})


async def create(world: World, request: Request) -> Response:
    sent, base = await asked.wrapped(request, "contactDeal"), base_of(request)
    deal, contact = _wanted(world, sent)
    now, id_ = world.now(), world.next_id(world.contact_deals)
    row: Row = {"id": id_, "deal": deal, "contact": contact, "role": sent.get("role"), "cdate": now, "udate": now}
    world.contact_deals.put(id_, row)
    effects.note(world, Op.CREATE, MODULE, row, Source.API, {"deal": deal, "contact": contact})
    shown = {name: value for name, value in _shown(row, base).items() if name not in BY_NOBODY}
    shown |= {"deal": sent["deal"], "contact": sent["contact"]}
    return say({"deals": [deal_shapes.read(world, world.deals.rows[deal], base)], "contactDeal": shown})


async def change(world: World, request: Request) -> Response:
    row, sent = _one_or_refuse(world, request), await asked.wrapped(request, "contactDeal")
    deal, contact = _wanted(world, {"deal": row["deal"], "contact": row["contact"], **sent}, row)
    row |= {"deal": deal, "contact": contact, "role": sent.get("role", row["role"]), "udate": world.now()}
    world.contact_deals.touch(row["id"])
    effects.note(world, Op.UPDATE, MODULE, row, Source.API, {"deal": deal, "contact": contact})
    shown = [deal_shapes.read(world, world.deals.rows[deal], base_of(request))]
    return say({"deals": shown, "contactDeal": _shown(row, base_of(request))})


async def delete(world: World, request: Request) -> Response:
    row = _one_or_refuse(world, request)
    world.contact_deals.remove(row["id"])
    effects.note(world, Op.DELETE, MODULE, row, Source.API)
    return say({})


async def of_a_contact(world: World, request: Request) -> Response:
    """`/contacts/{id}/contactDeals`, with the contact and the deals themselves."""
    id_, base = request.path_params["id"], base_of(request)
    contact = world.contacts.get(id_)
    if contact is None:
        raise refusals.no_result("Subscriber", id_)
    rows = [row for row in world.contact_deals if row["contact"] == id_]
    deals = [deal_shapes.read(world, world.deals.rows[row["deal"]], base) for row in rows]
    contacts = [contact_shapes.read(world, contact, base)] if rows else []
    return say({"contacts": contacts, "deals": deals, "contactDeals": [_shown(row, base) for row in rows]})


async def of_a_deal(world: World, request: Request) -> Response:
    rows = [row for row in world.contact_deals if row["deal"] == request.path_params["id"]]
    return say({"contactDeals": [_shown(row, base_of(request)) for row in rows]})


def _one_or_refuse(world: World, request: Request) -> Row:
    id_ = request.path_params["id"]
    row = world.contact_deals.get(id_)
    if row is None:
        raise refusals.no_result("SubscriberDeal", id_)
    return row


def _wanted(world: World, sent: dict[str, Any], itself: Row | None = None) -> tuple[str, str]:
    for name, shelf in (("deal", world.deals), ("contact", world.contacts)):
        if not sent.get(name):
            raise refused(f"The contactDeal {name} was not provided.", "field_missing", name)
        if str(sent[name]) not in shelf.rows:
            raise related_missing(name)
    pair = str(sent["deal"]), str(sent["contact"])
    if any((row["deal"], row["contact"]) == pair for row in world.contact_deals if row is not itself):
        raise refused("The given contact is already associated to the deal", "field_invalid", "contact")
    return pair


def _shown(row: Row, base: str) -> dict[str, Any]:
    start = f"{base}/contactDeals/{row['id']}"
    return {
        "deal": row["deal"],
        "contact": row["contact"],
        "role": row["role"],
        "cdate": stamps.with_offset(row["cdate"]),
        "created_timestamp": stamps.naive(row["cdate"]),
        "updated_timestamp": stamps.naive(row["udate"]),
        **BY_NOBODY,
        "links": {name: f"{start}/{name}" for name in ("deal", "contact", "role")},
        "id": row["id"],
    }

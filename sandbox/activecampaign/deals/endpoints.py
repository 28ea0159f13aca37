"""Deals through the API: found, made, changed and removed."""

from collections import Counter
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, contact_shapes
from sandbox.activecampaign import refusals as general
from sandbox.activecampaign.answers import base_of, say
from sandbox.activecampaign.deals import edits, judging, pipeline_shapes, query, shapes
from sandbox.activecampaign.record_fields import values
from sandbox.activecampaign.record_fields.kinds import DEAL
from sandbox.activecampaign.record_fields.shapes import beside_its_record
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.world import World
from sandbox.store import Row

Beside = dict[str, Any]


async def list_deals(world: World, request: Request) -> Response:
    found, base = query.matching(world, request), base_of(request)
    rows = asked.page(request).cut(found)
    world.ground.journal.note_records(len(rows))
    meta = {"currencies": _currencies(found), "total": len(found)}
    return say({"deals": [shapes.read(world, row, base) for row in rows], "meta": meta})


async def get_deal(world: World, request: Request) -> Response:
    return say({"deal": shapes.read(world, deal_or_refuse(world, request), base_of(request))})


async def create_deal(world: World, request: Request) -> Response:
    sent, base = await asked.wrapped(request, "deal"), base_of(request)
    own = values.judged(world, DEAL, sent.get("fields"))
    row = edits.create(world, judging.for_a_new_deal(world, sent), own, Source.API)
    beside = _contact(world, row, base) | _pipeline(world, row, base) | _stage(world, row, base)
    return say({**beside, "deal": shapes.created(row, base, sent, _said(world, row, own))}, 201)


async def change_deal(world: World, request: Request) -> Response:
    """The contact comes along when it was sent; the stage does, unless it was chosen for the client."""
    row, base = deal_or_refuse(world, request), base_of(request)
    sent = await asked.wrapped(request, "deal")
    own = values.judged(world, DEAL, sent.get("fields"))
    edits.change(world, row, judging.for_a_change(world, row, sent), Source.API, own)
    is_placed_for_the_client = bool(sent.get("group")) and not sent.get("stage")
    beside = _contact(world, row, base) if sent.get("contact") else {}
    beside |= {} if is_placed_for_the_client else _stage(world, row, base)
    shown = shapes.changed(world, row, base, sent, _said(world, row, own))
    return say({**beside, "deal": shown})


async def delete_deal(world: World, request: Request) -> Response:
    edits.delete(world, deal_or_refuse(world, request), Source.API)
    return say({})


async def change_owners(world: World, request: Request) -> Response:
    """The one thing that changes in bulk."""
    sent = (await asked.body(request)).get("deals")
    asked_for = {str(one.get("id")): str(one.get("ownerId") or "") for one in asked.several(sent, dict)}
    for id_, owner in asked_for.items():
        if not owner:
            raise _unowned(f"ownerId is required for a deal '{id_}'.")
        if owner != judging.FIRST_USER:
            raise _unowned(f"Owner(user) with id '{owner}' was not found for a deal '{id_}'.")
    answer: dict[str, list[str]] = {"success": [], "nochange": [], "failed": []}
    for id_, owner in asked_for.items():
        answer[_owned(world, id_, owner)].append(id_)
    return say(answer)


async def of_a_contact(world: World, request: Request) -> Response:
    rows, base = deals_of(world, request.path_params["id"]), base_of(request)
    return say({"deals": [shapes.read(world, row, base) for row in rows]})


def deals_of(world: World, contact: str) -> list[Row]:
    return [row for row in world.deals if row["contact"] == contact]


def deal_or_refuse(world: World, request: Request) -> Row:
    id_ = request.path_params["id"]
    row = world.deals.get(id_)
    if row is None:
        raise general.no_result("Deal", id_)
    return row


def _owned(world: World, id_: str, owner: str) -> str:
    row = world.deals.get(id_)
    if row is None:
        return "failed"
    if row["owner"] == owner:
        return "nochange"
    edits.change(world, row, {"owner": owner}, Source.API)
    return "success"


def _unowned(title: str) -> general.RefusalError:
    return general.RefusalError(say({"errors": [{"status": 422, "title": title}]}, 422))


def _currencies(rows: list[Row]) -> Beside | list[Any]:
    """How many and how much of each currency; an empty array when there are none."""
    count: Counter[str] = Counter(row["currency"].upper() for row in rows)
    worth: Counter[str] = Counter()
    for row in rows:
        worth[row["currency"].upper()] += row["value"]
    shown = {name: {"total": str(count[name]), "value": str(worth[name])} for name in count}
    return {name: {**said, "currency": name, "isDisabled": False} for name, said in shown.items()} or []


def _said(world: World, row: Row, own: list[values.Saying]) -> list[Beside]:
    fields = {saying.field for saying in own}
    return [beside_its_record(DEAL, value) for value in values.of(world, DEAL, row["id"]) if value["field"] in fields]


def _contact(world: World, row: Row, base: str) -> Beside:
    contact = world.contacts.get(row["contact"])
    return {"contacts": [contact_shapes.read(world, contact, base)]} if contact else {}


def _pipeline(world: World, row: Row, base: str) -> Beside:
    pipeline = world.deal_groups.get(row["group"])
    return {"dealGroups": [pipeline_shapes.pipeline(pipeline, base)]} if pipeline else {}


def _stage(world: World, row: Row, base: str) -> Beside:
    stage = world.deal_stages.get(row["stage"])
    return {"dealStages": [pipeline_shapes.stage(stage, base)]} if stage else {}

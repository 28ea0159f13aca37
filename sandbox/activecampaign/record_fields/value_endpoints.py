"""Values of custom fields of accounts and deals through the API, one by one and in bulk."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, refusals
from sandbox.activecampaign.answers import base_of, say
from sandbox.activecampaign.record_fields import judging, shapes, values
from sandbox.activecampaign.record_fields.kinds import DEAL, Kind
from sandbox.activecampaign.world import World
from sandbox.store import Row


async def list_values(kind: Kind, world: World, request: Request) -> Response:
    wanted = asked.bracketed(request, "filters").get(kind.sent_as)
    found = [row for row in values.shelf(world, kind) if wanted in {None, row["owner"]}]
    shown = [shapes.value(world, kind, row, base_of(request)) for row in asked.page(request).cut(found)]
    return say({kind.values: shown, "meta": {"total": len(found)}})


async def get_value(kind: Kind, world: World, request: Request) -> Response:
    row = _value_or_refuse(kind, world, request.path_params["id"])
    return say({kind.value: shapes.value(world, kind, row, base_of(request))})


async def create_value(kind: Kind, world: World, request: Request) -> Response:
    """An upsert on record and field, which says what was there before."""
    sent = await asked.wrapped(request, kind.value)
    owner, before = _owner_or_refuse(kind, world, sent), ""
    saying = values.judge(world, kind, sent)
    for row in values.of(world, kind, owner):
        before = row["value"] if row["field"] == saying.field else before
    return _written(kind, world, request, values.put(world, kind, owner, saying), before)


async def change_value(kind: Kind, world: World, request: Request) -> Response:
    row = _value_or_refuse(kind, world, request.path_params["id"])
    saying = values.judge(world, kind, await asked.wrapped(request, kind.value), field=row["field"])
    before = row["value"]
    return _written(kind, world, request, values.put(world, kind, row["owner"], saying), before)


async def delete_value(kind: Kind, world: World, request: Request) -> Response:
    values.remove(world, kind, _value_or_refuse(kind, world, request.path_params["id"]))
    return say({"message": f"{kind.said(kind.values)} deleted."})


async def create_many(kind: Kind, world: World, request: Request) -> Response:
    """All or none."""
    sent = await _all_sent(request)
    judged = [(_owner_or_refuse(kind, world, one), values.judge(world, kind, one)) for one in sent]
    for owner, saying in judged:
        _moved(kind, world, values.put(world, kind, owner, saying))
    return say({"message": "The bulk insert was successful."})


async def change_many(kind: Kind, world: World, request: Request) -> Response:
    sent = await _all_sent(request)
    rows = [_value_or_refuse(kind, world, str(one.get("id"))) for one in sent]
    said = [values.judge(world, kind, one, field=row["field"]) for one, row in zip(sent, rows, strict=True)]
    for row, saying in zip(rows, said, strict=True):
        _moved(kind, world, values.put(world, kind, row["owner"], saying))
    ids = ",".join(row["id"] for row in rows)
    return say({"message": f"{kind.said(kind.values)}s with ID(s): {ids} successfully bulk updated."})


async def of_a_record(kind: Kind, world: World, request: Request) -> Response:
    """`/deals/{id}/dealCustomFieldData` and its sister: the rows alone."""
    rows = values.of(world, kind, request.path_params["id"])
    return say({kind.values: [shapes.value(world, kind, row, base_of(request)) for row in rows]})


def _written(kind: Kind, world: World, request: Request, row: Row, before: Any) -> Response:
    _moved(kind, world, row)
    return say({kind.value: shapes.value(world, kind, row, base_of(request)) | {"originalValue": before}})


def _moved(kind: Kind, world: World, row: Row) -> None:
    """Nothing shows whether a value moves its deal's own stamp, so it can be had both ways."""
    if kind is DEAL and world.ground.settings["deal_fields_move_mdate"]:
        world.deals.rows[row["owner"]]["mdate"] = world.now()
        world.deals.touch(row["owner"])


def _value_or_refuse(kind: Kind, world: World, id_: str) -> Row:
    row = values.shelf(world, kind).get(id_)
    if row is None:
        raise judging.not_found()
    return row


def _owner_or_refuse(kind: Kind, world: World, sent: dict[str, Any]) -> str:
    owner = str(sent.get(kind.sent_as) or "")
    if not owner:
        raise judging.attribute_missing(kind.sent_as)
    if owner not in (world.deals if kind is DEAL else world.accounts).rows:
        raise judging.not_found()
    return owner


async def _all_sent(request: Request) -> list[dict[str, Any]]:
    """A bare array, unlike every other body."""
    sent = await asked.json_of(request)
    if not isinstance(sent, list) or not all(isinstance(one, dict) for one in sent):
        raise refusals.not_understood()
    return sent

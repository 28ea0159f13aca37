"""Pipelines through the API."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked
from sandbox.activecampaign import refusals as general
from sandbox.activecampaign.accounts.refusals import refused
from sandbox.activecampaign.answers import base_of, say
from sandbox.activecampaign.deals import pipeline_shapes as shapes
from sandbox.activecampaign.deals import pipelines
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.world import World
from sandbox.store import Row

SENT = ("title", "currency", *shapes.SWITCHES)


async def list_pipelines(world: World, request: Request) -> Response:
    """`filters[title]` looks inside titles; `filters[have_stages]` leaves out pipelines without any."""
    base, filters = base_of(request), asked.bracketed(request, "filters")
    found = _found(world, filters)
    if asked.bracketed(request, "orders").get("title"):
        descending = asked.bracketed(request, "orders")["title"].upper() == "DESC"
        found = sorted(found, key=lambda row: row["title"].lower(), reverse=descending)
    rows = asked.page(request).cut(found)
    shown = [_with_stages(world, row, base) | {"count": str(_deals_in(world, row))} for row in rows]
    return say({"dealStages": _stages(world, rows, base), "dealGroups": shown, "meta": {"total": len(found)}})


async def get_pipeline(world: World, request: Request) -> Response:
    row, base = _pipeline_or_refuse(world, request), base_of(request)
    return say({"dealStages": _stages(world, [row], base), "dealGroup": _with_stages(world, row, base)})


async def create_pipeline(world: World, request: Request) -> Response:
    sent = await asked.wrapped(request, "dealGroup")
    for name in ("title", "currency"):
        if not sent.get(name):
            raise refused(f"The dealGroup {name} was not provided.", "field_missing", name)
    row, base = pipelines.add_pipeline(world, _said(world, sent), Source.API), base_of(request)
    ids = [stage["id"] for stage in pipelines.stages_of(world, row["id"])]
    beside, own = _who_may_see(row, base, sent)
    shown = shapes.created(row, base, sent) | {"stages": ids, **own}
    return say({"dealStages": _stages(world, [row], base), **beside, "dealGroup": shown}, 201)


async def change_pipeline(world: World, request: Request) -> Response:
    row, base = _pipeline_or_refuse(world, request), base_of(request)
    sent = await asked.wrapped(request, "dealGroup")
    pipelines.change_pipeline(world, row, _said(world, sent), Source.API)
    beside, own = _who_may_see(row, base, sent)
    return say({**beside, "dealGroup": shapes.pipeline(row, base) | shapes.as_sent(sent) | own})


async def delete_pipeline(world: World, request: Request) -> Response:
    pipelines.delete_pipeline(world, _pipeline_or_refuse(world, request), Source.API)
    return say({})


async def delete_nothing(_world: World, _request: Request) -> Response:
    """An empty id is read as zero."""
    raise general.no_result("DealGroup", "0")


def _found(world: World, filters: dict[str, str]) -> list[Row]:
    title = filters.get("title", "").lower()
    found = [row for row in world.deal_groups if title in row["title"].lower()]
    if filters.get("have_stages") == "1":
        found = [row for row in found if pipelines.stages_of(world, row["id"])]
    return found


def _pipeline_or_refuse(world: World, request: Request) -> Row:
    id_ = request.path_params["id"]
    row = world.deal_groups.get(id_)
    if row is None:
        raise general.no_result("DealGroup", id_)
    return row


def _said(world: World, sent: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {name: str(sent[name]) for name in SENT if sent.get(name) is not None}
    for name, counter, key in (("users", "dealGroupUsers", "user"), ("groups", "dealGroupGroups", "group")):
        if name in sent:
            number = world.ground.store.next_number
            said[name] = [{"id": str(number(counter)), key: str(id_)} for id_ in asked.several(sent[name], object)]
    return said


def _who_may_see(row: Row, base: str, sent: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The rows at the top of the answer, and the ids on the pipeline; only for what was sent."""
    rows: dict[str, Any] = {}
    if "users" in sent:
        rows["dealGroupUsers"] = [shapes.of_user(row, pair, base) for pair in row["users"]]
    if "groups" in sent:
        rows["dealGroupGroups"] = [shapes.of_group(row, pair, base) for pair in row["groups"]]
    return rows, {name: [one["id"] for one in many] for name, many in rows.items()}


def _with_stages(world: World, row: Row, base: str) -> dict[str, Any]:
    return shapes.pipeline(row, base) | {"stages": [stage["id"] for stage in pipelines.stages_of(world, row["id"])]}


def _stages(world: World, rows: list[Row], base: str) -> list[dict[str, Any]]:
    return [shapes.stage(stage, base) for row in rows for stage in pipelines.stages_of(world, row["id"])]


def _deals_in(world: World, row: Row) -> int:
    return sum(deal["group"] == row["id"] for deal in world.deals)

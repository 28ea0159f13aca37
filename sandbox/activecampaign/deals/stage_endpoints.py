"""Stages through the API, and all deals of a stage moved at once."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked
from sandbox.activecampaign import refusals as general
from sandbox.activecampaign.accounts.refusals import refused, related_missing
from sandbox.activecampaign.answers import base_of, say
from sandbox.activecampaign.deals import edits, judging, pipelines
from sandbox.activecampaign.deals import pipeline_shapes as shapes
from sandbox.activecampaign.deals import shapes as deal_shapes
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.world import World
from sandbox.store import Row

TEXTS = ("title", "group", "color", "dealOrder", *pipelines.CARD)
NUMBERS = ("order", "width")


async def list_stages(world: World, request: Request) -> Response:
    """Also those of pipelines that were deleted."""
    filters, orders = asked.bracketed(request, "filters"), asked.bracketed(request, "orders")
    title, group = filters.get("title", "").lower(), filters.get("d_groupid")
    found = [row for row in world.deal_stages if title in row["title"].lower() and group in {None, row["group"]}]
    if "title" in orders:
        found.sort(key=lambda row: row["title"].lower(), reverse=orders["title"].upper() == "DESC")
    shown = [shapes.stage(row, base_of(request)) for row in asked.page(request).cut(found)]
    return say({"dealStages": shown, "meta": {"total": len(found)}})


async def get_stage(world: World, request: Request) -> Response:
    return say({"dealStage": shapes.stage(_stage_or_refuse(world, request), base_of(request))})


async def create_stage(world: World, request: Request) -> Response:
    """Its place and width come back as numbers; its pipeline comes along as it was before."""
    sent = await asked.wrapped(request, "dealStage")
    for name in ("title", "group"):
        if not sent.get(name):
            raise refused(f"The dealStage {name} was not provided.", "field_missing", name)
    said, beside = _said(sent), _pipeline_beside(world, str(sent["group"]), request)
    if said["group"] not in world.deal_groups.rows:
        raise related_missing("group")
    if request.query_params.get("reorder") == "1" and "order" in said:
        pipelines.make_room(world, said["group"], said["order"])
    row = pipelines.add_stage(world, said, Source.API)
    shown = shapes.stage(row, base_of(request)) | {name: row[name] for name in NUMBERS} | _as_sent(sent)
    return say({**beside, "dealStage": shown}, 201)


async def change_stage(world: World, request: Request) -> Response:
    row, sent = _stage_or_refuse(world, request), await asked.wrapped(request, "dealStage")
    said, beside = _said(sent), _pipeline_beside(world, row["group"], request)
    if said.get("group", row["group"]) not in {row["group"], *world.deal_groups.rows}:
        raise related_missing("group")
    if request.query_params.get("reorder") == "1" and "order" in said:
        pipelines.make_room(world, row["group"], said["order"], but=row["id"])
    pipelines.change_stage(world, row, said, Source.API)
    return say({**beside, "dealStage": shapes.stage(row, base_of(request)) | _as_sent(sent)})


async def delete_stage(world: World, request: Request) -> Response:
    pipelines.delete_stage(world, _stage_or_refuse(world, request), Source.API)
    return say({})


async def delete_nothing(_world: World, _request: Request) -> Response:
    """An empty id is read as zero."""
    raise general.no_result("DealStage", "0")


async def move_deals(world: World, request: Request) -> Response:
    """To another stage of the same pipeline."""
    row, sent = _stage_or_refuse(world, request), await asked.wrapped(request, "deal")
    target = world.deal_stages.get(str(sent.get("stage")))
    if target is None:
        raise related_missing("stage")
    if target["group"] != row["group"]:
        raise judging.other_pipeline()
    moved = [deal for deal in world.deals if deal["stage"] == row["id"]]
    for deal in moved:
        edits.change(world, deal, {"stage": target["id"]}, Source.API)
    return say({"deals": [deal_shapes.read(world, deal, base_of(request)) for deal in moved]})


def _stage_or_refuse(world: World, request: Request) -> Row:
    id_ = request.path_params["id"]
    row = world.deal_stages.get(id_)
    if row is None:
        raise general.no_result("DealStage", id_)
    return row


def _said(sent: dict[str, Any]) -> dict[str, Any]:
    texts: dict[str, Any] = {name: str(sent[name]) for name in TEXTS if sent.get(name) is not None}
    return texts | {name: judging.whole(name, sent[name]) for name in NUMBERS if sent.get(name) is not None}


def _as_sent(sent: dict[str, Any]) -> dict[str, Any]:
    return {name: sent[name] for name in (*TEXTS, *NUMBERS) if sent.get(name) is not None}


def _pipeline_beside(world: World, group: str, request: Request) -> dict[str, Any]:
    row = world.deal_groups.get(group)
    return {"dealGroups": [shapes.pipeline(row, base_of(request))]} if row else {}

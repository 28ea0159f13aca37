"""The API's call that converts a lead; what it makes is the matter of `conversion`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.zoho.answers import error, nothing, say, success, verdicts
from sandbox.zoho.bodies import Body, read_body, records_in, trigger_in
from sandbox.zoho.conversion import convert_lead
from sandbox.zoho.edits import API
from sandbox.zoho.judging import values_to_store
from sandbox.zoho.refusals import RefusalError, RefusedRecord, at
from sandbox.zoho.world import World

DEMANDED_OF_A_DEAL = ("Deal_Name", "Closing_Date", "Stage", "Pipeline")


async def convert(world: World, request: Request) -> Response:
    lead = world.tables["Leads"].get(request.path_params["id"])
    if lead is None:
        return nothing()
    if lead["Converted__s"]:
        raise RefusalError(400, "ID_ALREADY_CONVERTED", "id already converted", {"resource_path_index": 1})
    world.ground.journal.note_records(1)
    body = await read_body(request) if await request.body() else {}
    wish: Body = records_in(body)[0] if "data" in body else {}
    try:
        deal = _deal(world, wish.get("Deals"))
        made = convert_lead(world, lead, replace(API, trigger=trigger_in(body)), deal)
    except RefusedRecord as refused:
        return verdicts([refused.item])
    return say({"data": [success("The record has been converted successfully", made)]})


def _deal(world: World, said: object) -> Mapping[str, Any] | None:
    if not isinstance(said, Mapping):
        return None
    for name in DEMANDED_OF_A_DEAL:
        if said.get(name) is None:
            raise RefusedRecord(error("MANDATORY_NOT_FOUND", "required field not found", at(f"Deals.{name}", 0)))
    return values_to_store(world, world.tables["Deals"], said, 0, held=None)

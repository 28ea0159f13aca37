"""The API's call that converts a lead; what it makes is the matter of `conversion`."""

from starlette.requests import Request
from starlette.responses import Response

from sandbox.zoho.answers import nothing, say, success
from sandbox.zoho.conversion import convert_lead
from sandbox.zoho.edits import API
from sandbox.zoho.refusals import RefusalError
from sandbox.zoho.world import World


async def convert(world: World, request: Request) -> Response:
    lead = world.tables["Leads"].get(request.path_params["id"])
    if lead is None:
        return nothing()
    if lead["Converted__s"]:
        raise RefusalError(400, "ID_ALREADY_CONVERTED", "id already converted", {"resource_path_index": 1})
    world.ground.journal.note_records(1)
    made = convert_lead(world, lead, API)
    return say({"data": [success("The record has been converted successfully", made)]})

"""How many records there are, or are found: what is searched for is counted as the index sees it."""

from starlette.requests import Request
from starlette.responses import Response

from sandbox.zoho import search
from sandbox.zoho.answers import error, say
from sandbox.zoho.queries import seen_by_index
from sandbox.zoho.reads import wanted
from sandbox.zoho.search.finding import WAYS
from sandbox.zoho.table import Refusal
from sandbox.zoho.world import World


async def count_records(world: World, request: Request) -> Response:
    table, asked = world.table(request.path_params["module"]), request.query_params
    if not any(asked.get(way) for way in WAYS):
        return say({"count": len(wanted(world, table, request, table.ids()))})
    found = search.run(dict(asked), table)
    if isinstance(found, Refusal):
        return say(error(found.code, found.message, found.details), found.status)
    return say({"count": len(seen_by_index(world, table, found))})

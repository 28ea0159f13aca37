"""The doors to COQL, which sees everything at once, and to search, whose index lags behind."""

from collections.abc import Sequence
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from sandbox.store import Row
from sandbox.zoho import coql, search
from sandbox.zoho.answers import error, nothing, say
from sandbox.zoho.bodies import read_body
from sandbox.zoho.lagging import seen_by_queries
from sandbox.zoho.paging import MOST_PER_PAGE, REACH_OF_PAGES
from sandbox.zoho.record_shapes import asked_fields, selected, whole
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.refusals import RefusalError, bad_parameter
from sandbox.zoho.table import Refusal
from sandbox.zoho.world import World


async def run_query(world: World, request: Request) -> Response:
    body = await read_body(request)
    query = body.get("select_query")
    if not isinstance(query, str):
        details = {"api_name": "select_query", "json_path": "$.select_query"}
        raise RefusalError(400, "MANDATORY_NOT_FOUND", "required field not found", details)
    found = coql.run(query, seen_by_queries(world))
    if isinstance(found, Refusal):
        return say(error(found.code, found.message, found.details), found.status)
    world.ground.journal.note_records(len(found.data))
    if not found.data:
        return nothing()
    data = found.data if world.ground.settings["coql_names_lookups"] else [_without_names(row) for row in found.data]
    return say({"data": data, "info": {"count": len(found.data), "more_records": found.more_records}})


async def search_records(world: World, request: Request) -> Response:
    table = world.table(request.path_params["module"])
    asked = request.query_params
    found = search.run(dict(asked), table)
    if isinstance(found, Refusal):
        return say(error(found.code, found.message, found.details), found.status)
    ids = seen_by_index(world, table, found)
    page, size = _number(asked.get("page", "1"), "page"), _number(asked.get("per_page", "200"), "per_page")
    if size > MOST_PER_PAGE:
        raise bad_parameter("per_page")
    if page * size > REACH_OF_PAGES:
        said = "maximum response iteration limit reached"
        raise RefusalError(400, "LIMIT_REACHED", said, {"limit": str(REACH_OF_PAGES)})
    chosen = ids[(page - 1) * size : page * size]
    world.ground.journal.note_records(len(chosen))
    if not chosen:
        return nothing()
    names = asked_fields(asked)
    rows = [table.shelf.rows[id_] for id_ in chosen]
    data = [whole(row) if names is None else selected(table, row, names) for row in rows]
    info = {"per_page": size, "count": len(data), "page": page, "more_records": len(ids) > page * size}
    return say({"data": data, "info": info})


def _without_names(row: Row) -> Row:
    """Sources disagree on whether a query's lookups come with their names, or as ids alone."""
    return {
        name: {"id": value["id"]} if isinstance(value, dict) and "id" in value else value for name, value in row.items()
    }


def seen_by_index(world: World, table: RecordTable, ids: Sequence[str]) -> list[str]:
    """A record that was made or changed a moment ago is not in the index yet."""
    lag = timedelta(seconds=world.ground.settings["search_lag_seconds"])
    latest = world.ground.clock.now() - lag
    return [id_ for id_ in ids if table.modified(id_) <= latest]


def _number(text: str, name: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise bad_parameter(name)
    return int(text)

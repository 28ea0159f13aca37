"""Records read as lists, by ids, and alone."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from sandbox.zoho.answers import nothing, say
from sandbox.zoho.paging import asked_window, info_of
from sandbox.zoho.record_shapes import asked_fields, demanded_fields, selected, whole
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.refusals import bad_parameter
from sandbox.zoho.stamps import parsed
from sandbox.zoho.world import World

CONVERTED = {"false": (False,), "true": (True,), "both": (False, True)}


async def list_records(world: World, request: Request) -> Response:
    table = world.table(request.path_params["module"])
    since = request.headers.get("if-modified-since")
    return say_page(world, table, request, _modified_since(table, since))


def say_page(world: World, table: RecordTable, request: Request, among: Sequence[str]) -> Response:
    """One page of those among these ids that are asked for, with the fields asked for."""
    asked = request.query_params
    names = demanded_fields(asked)
    now = world.ground.clock.now()
    window = asked_window(asked, now)
    ids = _wanted(table, request, among)
    page = ids[window.start : window.start + window.size]
    world.ground.journal.note_records(len(page))
    if not page:
        return nothing(304 if "if-modified-since" in request.headers else 204)
    has_more = len(ids) > window.start + window.size
    sort = asked.get("sort_by", "id"), asked.get("sort_order", "desc")
    data = [selected(table, table.shelf.rows[id_], names) for id_ in page]
    return say({"data": data, "info": info_of(window, count=len(page), has_more=has_more, now=now, sort=sort)})


async def get_record(world: World, request: Request) -> Response:
    table = world.table(request.path_params["module"])
    row = table.get(request.path_params["id"])
    if row is None:
        return nothing()
    since = parsed(request.headers.get("if-modified-since"))
    if since and table.modified(row["id"]) <= since:
        return nothing(304)
    world.ground.journal.note_records(1)
    names = asked_fields(request.query_params)
    return say({"data": [whole(row) if names is None else selected(table, row, names)]})


async def count_records(world: World, request: Request) -> Response:
    table = world.table(request.path_params["module"])
    return say({"count": len(_wanted(table, request, table.ids()))})


def _modified_since(table: RecordTable, header: str | None) -> Sequence[str]:
    if header is None:
        return table.ids()
    since = parsed(header)
    if since is None:
        raise bad_parameter("If-Modified-Since")
    return [id_ for moment, id_ in table.modified_from(since) if moment > since]


def _wanted(table: RecordTable, request: Request, among: Sequence[str]) -> Sequence[str]:
    asked = request.query_params
    rows = table.shelf.rows
    if "ids" in asked:
        wanted = set(asked["ids"].split(","))
        known = [id_ for id_ in wanted if id_ in rows]
        # Named ids are looked up one by one; a search through all the others would cost as much as the table is long.
        is_whole = among is table.ids()
        among = known if is_whole else list(set(known) & set(among))
    states = CONVERTED.get(asked.get("converted", "false"))
    if states is None:
        raise bad_parameter("converted")
    if "Converted__s" in table.kinds:
        among = [id_ for id_ in among if bool(rows[id_].get("Converted__s")) in states]
    return _sorted(table, among, asked.get("sort_by", "id"), asked.get("sort_order", "desc"))


def _sorted(table: RecordTable, ids: Sequence[str], by: str, order: str) -> Sequence[str]:
    rows = table.shelf.rows
    is_falling = order == "desc"
    if order not in {"asc", "desc"}:
        raise bad_parameter("sort_order")
    if by == "id":
        return sorted(ids, key=int, reverse=is_falling)
    if by == "Modified_Time":
        return sorted(ids, key=lambda id_: (table.modified(id_), int(id_)), reverse=is_falling)
    if by == "Created_Time":
        return sorted(ids, key=lambda id_: (str(parsed(rows[id_][by])), int(id_)), reverse=is_falling)
    raise bad_parameter("sort_by")

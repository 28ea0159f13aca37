"""Records read as lists, by ids, and alone."""

from collections.abc import Sequence
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from sandbox.zoho.answers import nothing, say
from sandbox.zoho.paging import asked_window, info_of
from sandbox.zoho.record_shapes import asked_fields, demanded_fields, selected, whole
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.refusals import bad_parameter
from sandbox.zoho.stamps import parsed
from sandbox.zoho.world import World

CONVERTED = ("false", "true", "both")
ORDERS = ("id", "Modified_Time", "Created_Time")
FEW = 10
"""One part in so many of a table is sorted by itself."""

OF_A_MODULE = frozenset({"call", "email", "sort_by", "sort_order"})
UNTOLD = {"Notes": frozenset({"call", "email"})}
"""Nobody calls or mails a note."""


async def list_records(world: World, request: Request) -> Response:
    table = world.table(request.path_params["module"])
    since = request.headers.get("if-modified-since")
    return say_page(world, table, request, _modified_since(world, table, since))


def say_page(
    world: World, table: RecordTable, request: Request, among: Sequence[str], *, is_related: bool = False
) -> Response:
    """One page of those among these ids that are asked for, with the fields asked for.

    Of a related list less is told: neither how it is sorted nor what may be done with its records.
    """
    asked = request.query_params
    names = demanded_fields(asked)
    now = world.ground.clock.now()
    window = asked_window(asked, now)
    ids = wanted(world, table, request, among)
    page = ids[window.start : window.start + window.size]
    world.ground.journal.note_records(len(page))
    if not page:
        return nothing(304 if "if-modified-since" in request.headers else 204)
    has_more = len(ids) > window.start + window.size
    sort = asked.get("sort_by", "id"), asked.get("sort_order", "desc")
    data = [selected(table, table.shelf.rows[id_], names) for id_ in page]
    info = info_of(window, count=len(page), has_more=has_more, now=now, sort=sort)
    untold = OF_A_MODULE if is_related else UNTOLD.get(table.module, frozenset())
    told = {name: value for name, value in info.items() if name not in untold}
    return say({"data": data, "info": told})


async def get_record(world: World, request: Request) -> Response:
    table = world.table(request.path_params["module"])
    row = table.get(request.path_params["id"])
    if row is None or _is_hidden(world, table, row["id"], request):
        return nothing()
    since = parsed(request.headers.get("if-modified-since"))
    if since and not _is_since(world, table.modified(row["id"]), since):
        return nothing(304)
    world.ground.journal.note_records(1)
    names = asked_fields(request.query_params)
    return say({"data": [whole(row) if names is None else selected(table, row, names)]})


def _modified_since(world: World, table: RecordTable, header: str | None) -> Sequence[str]:
    if header is None:
        return table.ids()
    since = parsed(header)
    if since is None:
        raise bad_parameter("If-Modified-Since")
    return [id_ for moment, id_ in table.modified_from(since) if _is_since(world, moment, since)]


def _is_since(world: World, moment: datetime, since: datetime) -> bool:
    """Whether the second that is named belongs to it nobody says."""
    return moment > since or (moment == since and bool(world.ground.settings["modified_since_is_inclusive"]))


def _is_hidden(world: World, table: RecordTable, id_: str, request: Request) -> bool:
    """A converted lead, where it is not shown to whoever does not ask for converted ones."""
    is_asked = request.query_params.get("converted", "false") != "false"
    return id_ in table.converted and not is_asked and not world.ground.settings["converted_leads_are_read_by_id"]


def wanted(world: World, table: RecordTable, request: Request, among: Sequence[str]) -> Sequence[str]:
    """Those among these ids that a list is asked for, in the order asked for."""
    asked = request.query_params
    rows = table.shelf.rows
    if "ids" in asked:
        named = set(asked["ids"].split(","))
        known = [id_ for id_ in named if id_ in rows]
        # Named ids are looked up one by one; a search through all the others would cost as much as the table is long.
        is_whole = among is table.ids()
        among = known if is_whole else list(set(known) & set(among))
    among = _of_state(table, among, asked.get("converted", world.ground.settings["converted_by_default"]))
    return _sorted(table, among, asked.get("sort_by", "id"), asked.get("sort_order", "desc"))


def _of_state(table: RecordTable, among: Sequence[str], asked: str) -> Sequence[str]:
    if asked not in CONVERTED:
        raise bad_parameter("converted")
    if asked == "both" or (asked == "false" and not table.converted):
        return among
    wanted = asked == "true"
    return [id_ for id_ in among if (id_ in table.converted) is wanted] if "Converted__s" in table.kinds else among


def _sorted(table: RecordTable, ids: Sequence[str], by: str, order: str) -> Sequence[str]:
    if order not in {"asc", "desc"}:
        raise bad_parameter("sort_order")
    if by not in ORDERS:
        raise bad_parameter("sort_by")
    rising = _rising(table, ids, by)
    return rising if order == "asc" else rising[::-1]


def _rising(table: RecordTable, ids: Sequence[str], by: str) -> Sequence[str]:
    if ids is table.ids():
        return table.in_order(by)
    if len(ids) * FEW < len(table.ids()):
        return sorted(ids, key=lambda id_: (table.moment(id_, by), int(id_)))
    # The whole table lies in order already: picking from it costs less than sorting most of it anew.
    wanted = frozenset(ids)
    return [id_ for id_ in table.in_order(by) if id_ in wanted]

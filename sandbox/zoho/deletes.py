"""Records deleted through the API, and the list of what was deleted by anybody."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from sandbox.zoho import edits
from sandbox.zoho.answers import Item, error, nothing, say, success, verdicts
from sandbox.zoho.paging import asked_window
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.recycling.contents import expire
from sandbox.zoho.refusals import RefusedRecord, bad_parameter, missing_parameter, too_many
from sandbox.zoho.stamps import parsed
from sandbox.zoho.struck import demand_unstruck
from sandbox.zoho.world import World

MOST_IDS = 100
KINDS = frozenset({"all", "recycle", "permanent"})


async def delete_records(world: World, request: Request) -> Response:
    asked = request.query_params.get("ids")
    if not asked:
        raise missing_parameter("ids")
    return _delete(world, request, asked.split(","))


async def delete_record(world: World, request: Request) -> Response:
    return _delete(world, request, [request.path_params["id"]])


async def list_deleted(world: World, request: Request) -> Response:
    table = world.table(request.path_params["module"])
    asked = request.query_params
    kind = asked.get("type", "all")
    if kind not in KINDS:
        raise bad_parameter("type")
    window = asked_window(asked, world.ground.clock.now())
    expire(world)
    since = _since(request.headers.get("if-modified-since"))
    entries = [held["entry"] for held in world.bin(table.module) if kind in {"all", held["entry"]["type"]}]
    found = [entry for entry in entries if since is None or (parsed(entry["deleted_time"]) or since) >= since]
    page = found[window.start : window.start + window.size]
    world.ground.journal.note_records(len(page))
    if not page:
        return nothing()
    has_more = len(found) > window.start + window.size
    info = {"per_page": window.size, "count": len(page), "page": window.page, "more_records": has_more}
    return say({"data": page, "info": info})


def _since(header: str | None) -> datetime | None:
    since = parsed(header) if header else None
    if header and since is None:
        raise bad_parameter("If-Modified-Since")
    return since


def _delete(world: World, request: Request, ids: list[str]) -> Response:
    return delete_from(world, request, world.table(request.path_params["module"]), ids)


def delete_from(
    world: World, request: Request, table: RecordTable, ids: Sequence[str], among: Collection[str] | None = None
) -> Response:
    """`among` bounds what may be deleted; the others are as unknown as if they were not there."""
    if len(ids) > MOST_IDS:
        raise too_many("ids", MOST_IDS)
    world.ground.journal.note_records(len(ids))
    known = [id_ if among is None or id_ in among else "" for id_ in ids]
    items = [_delete_one(world, table, request, id_, place, known[place]) for place, id_ in enumerate(ids)]
    return verdicts(items, all_failed=world.ground.settings["all_failed_status"])


def _delete_one(world: World, table: RecordTable, request: Request, id_: str, place: int, known: str) -> Item:
    row = table.get(known)
    if row is None:
        return error("INVALID_DATA", "record not deleted", {"id": id_})
    try:
        demand_unstruck(world, request.method, request.url.path, {}, place, held=row)
    except RefusedRecord as refused:
        return refused.item
    is_quiet = request.query_params.get("wf_trigger") == "false"
    edits.delete(world, table, id_, replace(edits.API, trigger=() if is_quiet else None))
    return success("record deleted", {"id": id_})

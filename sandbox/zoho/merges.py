"""The API's call that merges records, and what became of one that was large enough to be a job."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.store import Row, Shelf
from sandbox.zoho.answers import Item, error, nothing, say, success
from sandbox.zoho.bodies import Body, read_body
from sandbox.zoho.edits import API
from sandbox.zoho.merging import MERGEABLE, MOST_LOSERS, merge_records
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.refusals import RefusalError, RefusedRecord
from sandbox.zoho.related.lists import LISTS, members
from sandbox.zoho.struck import demand_unstruck
from sandbox.zoho.world import World

JOBS = "merge jobs"
MOST_AT_ONCE = 1000
"""With more related records than these the merge is a job."""


@dataclass(slots=True)
class Wish:
    """Which records go into the master, and whose value is taken field by field."""

    losers: list[Row] = field(default_factory=list)
    chosen: dict[str, Row] = field(default_factory=dict)


async def merge(world: World, request: Request) -> Response:
    table, master = _table(world, request), _master(world, request)
    body = await read_body(request)
    try:
        wish = _wish(table, master, _said(body))
        for row in (master, *wish.losers):
            demand_unstruck(world, request.method, request.url.path, {}, 0, held=row)
    except RefusedRecord as refused:
        return say({"merge": [refused.item]}, 400)
    is_large = sum(_hanging(world, table, loser) for loser in wish.losers) > MOST_AT_ONCE
    world.ground.journal.note_records(1 + len(wish.losers))
    merge_records(world, table, master, wish.losers, API, wish.chosen)
    if is_large:
        return say({"merge": [_scheduled(world, master)]}, 202)
    return say({"merge": [success("Records merged successfully", {"id": master["id"]})]}, 201)


async def show_job(world: World, request: Request) -> Response:
    job = _jobs(world).get(request.query_params.get("job_id", ""))
    if job is None or job["master"] != request.path_params["id"]:
        return nothing()
    return say({"merge": [{"job_id": job["id"], "status": "completed"}]})


def _table(world: World, request: Request) -> RecordTable:
    table = world.table(request.path_params["module"])
    if table.module not in MERGEABLE:
        raise RefusalError(400, "INVALID_MODULE", "the module given is not supported", {"resource_path_index": 0})
    return table


def _master(world: World, request: Request) -> Row:
    row = _table(world, request).get(request.path_params["id"])
    if row is None or row.get("Converted__s"):
        raise RefusalError(400, "INVALID_DATA", "the id given seems to be invalid", {"resource_path_index": 1})
    return row


def _said(body: Body) -> Body:
    merges = body.get("merge")
    if not isinstance(merges, list) or not merges or not isinstance(merges[0], dict):
        raise RefusedRecord(_missing("merge", "$.merge"))
    if not isinstance(merges[0].get("data"), list) or not merges[0]["data"]:
        raise RefusedRecord(_missing("data", "$.merge[0].data"))
    if len(merges[0]["data"]) > MOST_LOSERS:
        details = {"api_name": "data", "json_path": "$.merge[0].data", "maximum_length": MOST_LOSERS}
        raise RefusedRecord(error("LIMIT_EXCEEDED", "limit exceeded", details))
    return merges[0]


def _wish(table: RecordTable, master: Row, said: Body) -> Wish:
    wish = Wish()
    for place, each in enumerate(said["data"]):
        loser = _loser(table, master, each, f"$.merge[0].data[{place}]")
        if loser in wish.losers:
            raise RefusedRecord(error("DUPLICATE_DATA", "duplicate data", _at("id", f"$.merge[0].data[{place}].id")))
        wish.losers.append(loser)
        _choose(table, wish, each.get("_fields"), loser, f"$.merge[0].data[{place}]._fields")
    _choose(table, wish, said.get("master_record_fields"), master, "$.merge[0].master_record_fields")
    return wish


def _loser(table: RecordTable, master: Row, said: object, path: str) -> Row:
    id_ = said.get("id") if isinstance(said, Mapping) else None
    if id_ is None:
        raise RefusedRecord(_missing("id", f"{path}.id"))
    row = table.get(str(id_))
    if row is None or row is master or row.get("Converted__s"):
        raise RefusedRecord(error("INVALID_DATA", "the id given seems to be invalid", _at("id", f"{path}.id")))
    return row


def _choose(table: RecordTable, wish: Wish, said: object, source: Row, path: str) -> None:
    for place, each in enumerate(said if isinstance(said, list) else []):
        name = str(each.get("api_name")) if isinstance(each, Mapping) else ""
        at = _at("api_name", f"{path}[{place}].api_name")
        spec = table.spec.fields.get(name)
        if spec is None or not spec.is_writable:
            raise RefusedRecord(error("INVALID_DATA", "invalid data", at))
        if name in wish.chosen:
            raise RefusedRecord(error("DUPLICATE_DATA", "duplicate data", at))
        wish.chosen[name] = source


def _hanging(world: World, table: RecordTable, row: Row) -> int:
    return sum(len(members(world, related, row["id"])) for related in LISTS.get(table.module, ()))


def _jobs(world: World) -> Shelf:
    return world.ground.store.shelf(JOBS)


def _scheduled(world: World, master: Row) -> Item:
    job = {"id": world.next_id(), "master": master["id"]}
    _jobs(world).put(job["id"], job)
    return {
        "code": "SCHEDULED",
        "details": {"job_id": job["id"]},
        "message": "Merge has been scheduled successfully",
        "status": "success",
    }


def _at(name: str, path: str) -> dict[str, Any]:
    return {"api_name": name, "json_path": path}


def _missing(name: str, path: str) -> Item:
    return error("MANDATORY_NOT_FOUND", "required field not found", _at(name, path))


ROUTES = (
    ("POST", "/crm/v8/{module}/{id}/actions/merge", merge),
    ("GET", "/crm/v8/{module}/{id}/actions/merge", show_job),
)

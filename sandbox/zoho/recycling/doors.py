"""The doors to the recycle bin: listed, counted, restored from, deleted from for good, emptied."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from sandbox.journal import Actor
from sandbox.zoho import edits
from sandbox.zoho.answers import Item, error, nothing, say, success
from sandbox.zoho.bodies import read_body
from sandbox.zoho.metadata import module_id
from sandbox.zoho.paging import asked_window
from sandbox.zoho.recycling.asked import filter_in, filtered, named, to_restore
from sandbox.zoho.recycling.contents import Discarded, discarded, purge
from sandbox.zoho.refusals import RefusalError, bad_parameter, missing_parameter
from sandbox.zoho.world import World

MOST_AT_ONCE = 1000
"""With more of them the vendor makes it a job and answers with its number."""

ORDERS = ("deleted_time", "display_name", "module", "id")


async def list_bin(world: World, request: Request) -> Response:
    asked = request.query_params
    found = filtered(world, filter_in(asked["filters"])) if "filters" in asked else discarded(world)
    if "ids" in asked:
        wanted = set(asked["ids"].split(","))
        found = [each for each in found if each.id in wanted]
    ordered = _sorted(found, asked.get("sort_by", "deleted_time"), asked.get("sort_order", "desc"))
    window = asked_window(asked, world.ground.clock.now())
    page = ordered[window.start : window.start + window.size]
    if not page:
        return nothing()
    has_more = len(ordered) > window.start + window.size
    info = {"per_page": window.size, "count": len(page), "page": window.page, "more_records": has_more}
    return say({"recycle_bin": [each.shown for each in page], "info": info})


async def show_one(world: World, request: Request) -> Response:
    found = _found(world, request.path_params["id"])
    if found is None:
        raise _unknown()
    module = {"api_name": found.table.module, "id": module_id(world, found.table.module)}
    info = {"per_page": 200, "count": 1, "page": 1, "more_records": False}
    return say({"recycle_bin": [{**found.shown, "module": module}], "info": info})


async def count_bin(world: World, _request: Request) -> Response:
    return say({"count": len(discarded(world))})


async def restore_several(world: World, request: Request) -> Response:
    ids = to_restore(world, await read_body(request))
    items = [_restore(world, id_) for id_ in ids]
    return _job(world) if len(ids) > MOST_AT_ONCE else _verdicts(items)


async def restore_one(world: World, request: Request) -> Response:
    if _found(world, request.path_params["id"]) is None:
        raise _unknown()
    return _verdicts([_restore(world, request.path_params["id"])])


async def delete_several(world: World, request: Request) -> Response:
    asked = request.query_params
    if "ids" in asked:
        return _verdicts([_delete(world, id_) for id_ in named(asked["ids"].split(","))])
    if "filters" not in asked:
        raise missing_parameter("filters")
    return _verdicts([_delete(world, each.id) for each in filtered(world, filter_in(asked["filters"]))])


async def delete_one(world: World, request: Request) -> Response:
    if _found(world, request.path_params["id"]) is None:
        raise _unknown()
    return _verdicts([_delete(world, request.path_params["id"])])


async def empty_bin(world: World, _request: Request) -> Response:
    found = discarded(world)
    for each in found:
        purge(world, each.table, each.id, Actor.API)
    if len(found) > MOST_AT_ONCE:
        return say(_scheduled(world), 202)
    return say(success("recycle bin emptied successfully", {}))


def _sorted(found: Sequence[Discarded], by: str, order: str) -> Sequence[Discarded]:
    if by not in ORDERS:
        raise bad_parameter("sort_by")
    if order not in {"asc", "desc"}:
        raise bad_parameter("sort_order")
    return sorted(found, key=lambda each: (str(each.shown[by]), int(each.id)), reverse=order == "desc")


def _found(world: World, id_: str) -> Discarded | None:
    return next((each for each in discarded(world) if each.id == id_), None)


def _restore(world: World, id_: str) -> Item:
    found = _found(world, id_)
    if found is None:
        return error("INVALID_DATA", "the id given seems to be invalid", {"id": id_})
    for name in world.unique_fields(found.table):
        value = found.record.get(name)
        if value is not None and found.table.having(name, str(value)):
            return error("DUPLICATE_DATA", "duplicate data", {"id": id_, "api_name": name})
    edits.restore(world, found.table, id_, edits.API)
    return success("record restored", {"id": id_})


def _delete(world: World, id_: str) -> Item:
    found = _found(world, id_)
    if found is None:
        return error("CANNOT_DELETE", "record not deleted", {"id": id_})
    purge(world, found.table, id_, Actor.API)
    return success("record deleted permanently", {"id": id_})


def _verdicts(items: Sequence[Item]) -> Response:
    """Mixed verdicts name their record outside the details too; when none succeeded the first speaks for all."""
    failed = [item for item in items if item["status"] == "error"]
    if not items:
        return nothing()
    if len(failed) == len(items):
        return say(failed[0], 400)
    if failed:
        return say({"recycle_bin": [{"id": item["details"]["id"], **item} for item in items]}, 207)
    return say({"recycle_bin": list(items)})


def _job(world: World) -> Response:
    return say({"recycle_bin": [_scheduled(world)]}, 202)


def _scheduled(world: World) -> Item:
    said = "the job has been scheduled successfully"
    return {"code": "SCHEDULED", "details": {"job_id": world.next_id()}, "message": said, "status": "success"}


def _unknown() -> RefusalError:
    return RefusalError(400, "INVALID_DATA", "the id given seems to be invalid", {"resource_path_index": 2})


ROUTES = (
    ("GET", "/crm/v8/settings/recycle_bin", list_bin),
    ("DELETE", "/crm/v8/settings/recycle_bin", delete_several),
    ("GET", "/crm/v8/settings/recycle_bin/actions/count", count_bin),
    ("POST", "/crm/v8/settings/recycle_bin/actions/restore", restore_several),
    ("POST", "/crm/v8/settings/recycle_bin/actions/empty", empty_bin),
    ("GET", "/crm/v8/settings/recycle_bin/{id}", show_one),
    ("DELETE", "/crm/v8/settings/recycle_bin/{id}", delete_one),
    ("POST", "/crm/v8/settings/recycle_bin/{id}/actions/restore", restore_one),
)

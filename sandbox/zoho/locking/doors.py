"""The doors to a record's lock: looked at, set, explained anew, taken off."""

from starlette.requests import Request
from starlette.responses import Response

from sandbox.store import Row
from sandbox.zoho.answers import error, nothing, say, success
from sandbox.zoho.bodies import read_body, records_in
from sandbox.zoho.edits import API
from sandbox.zoho.locking.locks import LOCK, change_reason, lock, lock_of, unlock
from sandbox.zoho.metadata import module_id
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.refusals import RefusalError, at
from sandbox.zoho.world import World

REASON = "Locked_Reason__s"


async def show_lock(world: World, request: Request) -> Response:
    table, row = _record(world, request)
    held = lock_of(world, row)
    if held is None:
        return nothing()
    info = {"per_page": 200, "count": 1, "page": 1, "more_records": False}
    return say({"data": [_shown(world, table, row, held)], "info": info})


async def set_lock(world: World, request: Request) -> Response:
    table, row = _record(world, request)
    if lock_of(world, row) is not None:
        raise RefusalError(400, "NOT_ALLOWED", "the record is locked already", {"resource_path_index": 1})
    reason = await _reason(request)
    if reason is None:
        return _without_reason()
    return say({"data": [success("record locked successfully", _details(lock(world, table, row, reason, API)))]}, 201)


async def explain_lock(world: World, request: Request) -> Response:
    held = _held(world, request)
    reason = await _reason(request)
    if reason is None:
        return _without_reason()
    change_reason(world, held, reason)
    return say({"data": [success("record updated", _details(held))]})


async def take_lock_off(world: World, request: Request) -> Response:
    table, row = _record(world, request)
    held = _held(world, request)
    unlock(world, table, row, held, API)
    return say({"data": [success("record unlocked successfully", {"id": held["id"]})]})


def _record(world: World, request: Request) -> tuple[RecordTable, Row]:
    table = world.table(request.path_params["module"])
    if LOCK not in table.kinds:
        said = "Required Record Locking Configuration is not present"
        raise RefusalError(400, "NOT_ALLOWED", said, {"resource_path_index": 0})
    row = table.get(request.path_params["id"])
    if row is None:
        said = "the related id given seems to be invalid"
        raise RefusalError(400, "INVALID_DATA", said, {"resource_path_index": 1})
    return table, row


def _held(world: World, request: Request) -> Row:
    _, row = _record(world, request)
    held = lock_of(world, row)
    if held is None or held["id"] != request.path_params["lock"]:
        raise RefusalError(400, "INVALID_DATA", "the id given seems to be invalid", {"resource_path_index": 3})
    return held


async def _reason(request: Request) -> str | None:
    said = records_in(await read_body(request))[0].get(REASON)
    return str(said) if said else None


def _without_reason() -> Response:
    return say({"data": [error("MANDATORY_NOT_FOUND", "required field not found", at(REASON, 0))]}, 400)


def _details(held: Row) -> Row:
    return {
        "id": held["id"],
        "Created_Time": held["created_time"],
        "Modified_Time": held["modified_time"],
        "Modified_By": held["by"],
        "Created_By": held["by"],
    }


def _shown(world: World, table: RecordTable, row: Row, held: Row) -> Row:
    module = {"api_name": table.module, "id": module_id(world, table.module)}
    return {
        "id": held["id"],
        "Locked_By__s": {**held["by"], "module": "users"},
        "Locked_For__s": {"module": module, "name": row.get(table.spec.title_field) or "", "id": row["id"]},
        "Locked_Reason__s": held["reason"],
        "Locked_Time__s": held["created_time"],
        "Lock_Source__s": "Manual",
        "Feature_Type__s": "record_locking",
        "Record_Locking_Rule_Id__s": None,
        "$editable": True,
        "$field_states": None,
        "$zia_visions": None,
    }


ROUTES = (
    ("GET", "/crm/v8/{module}/{id}/Locking_Information__s", show_lock),
    ("POST", "/crm/v8/{module}/{id}/Locking_Information__s", set_lock),
    ("PUT", "/crm/v8/{module}/{id}/Locking_Information__s/{lock}", explain_lock),
    ("DELETE", "/crm/v8/{module}/{id}/Locking_Information__s/{lock}", take_lock_off),
)

"""What a task, a call or a note belongs to, judged: each says which module the record it names is in."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.store import Row
from sandbox.zoho.answers import error
from sandbox.zoho.metadata import module_id
from sandbox.zoho.refusals import RefusedRecord, at
from sandbox.zoho.world import World

Values = Mapping[str, Any]
RELATABLE = ("Leads", "Accounts", "Deals")
"""What the What_Id of a task or a call may name; a contact stands in Who_Id."""


def belongings(world: World, module: str, record: Values, clean: Values, place: int, *, is_new: bool) -> Row:
    """Values to store beside or in place of those that were judged field by field."""
    judge = _BY_MODULE.get(module)
    return judge(world, record, clean, place, is_new) if judge else {}


def _task(world: World, record: Values, clean: Values, place: int, is_new: bool) -> Row:
    named = clean.get("What_Id")
    if named is None:
        return {"$se_module": None} if is_new or "What_Id" in clean else {}
    module = record.get("$se_module")
    if module is None:
        raise _missing("$se_module", place)
    if module not in RELATABLE or world.tables[module].get(named["id"]) is None:
        raise _wrong("What_Id" if module in RELATABLE else "$se_module", place)
    return {"$se_module": module}


def _note(world: World, record: Values, clean: Values, place: int, is_new: bool) -> Row:
    named = clean.get("Parent_Id")
    if named is None:
        if is_new or "Parent_Id" in clean:
            raise _missing("Parent_Id", place)
        return {}
    said = record["Parent_Id"].get("module")
    module = said.get("api_name") if isinstance(said, Mapping) else None
    if module is None:
        raise _missing("Parent_Id.module", place)
    if module not in world.tables or world.tables[module].get(named["id"]) is None:
        raise _wrong("Parent_Id", place)
    return {"Parent_Id": {**named, "module": {"api_name": module, "id": module_id(world, module)}}}


def _missing(name: str, place: int) -> RefusedRecord:
    return RefusedRecord(error("MANDATORY_NOT_FOUND", "required field not found", at(name, place)))


def _wrong(name: str, place: int) -> RefusedRecord:
    return RefusedRecord(error("INVALID_DATA", "the id given seems to be invalid", at(name, place)))


_BY_MODULE: Mapping[str, Callable[[World, Values, Values, int, bool], Row]] = {
    "Tasks": _task,
    "Calls": _task,
    "Notes": _note,
}

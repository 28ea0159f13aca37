"""What strikes single records of a write: a lock, set by hand or ordered as a fault, or a refusal of one's choice."""

from collections.abc import Mapping
from typing import Any

from sandbox.zoho.answers import error
from sandbox.zoho.refusals import RefusedRecord
from sandbox.zoho.world import World

LOCKED = "Sorry, you cannot perform this operation as the record is locked."


def demand_unstruck(
    world: World, method: str, path: str, record: Mapping[str, Any], place: int, *, held: Mapping[str, Any] | None
) -> None:
    known = held or {}
    if known.get("Locked__s"):
        raise _locked(place)
    ids = [str(known["id"])] if known else []
    emails = [str(email) for email in (record.get("Email"), known.get("Email")) if email]
    fault = world.ground.faults.strike_record(method, path, ids=ids, emails=emails)
    if fault is None:
        return
    if fault.kind == "locked":
        raise _locked(place)
    field = str(fault.detail.get("field", "Email"))
    details = fault.detail.get("details", {"api_name": field, "json_path": f"$.data[{place}].{field}"})
    code = str(fault.detail.get("code", "INVALID_DATA"))
    raise RefusedRecord(error(code, str(fault.detail.get("message", "invalid data")), details))


def _locked(place: int) -> RefusedRecord:
    at = {"api_name": "id", "json_path": f"$.data[{place}].id", "action": "record_locking"}
    return RefusedRecord(error("RECORD_LOCKED", LOCKED, at))

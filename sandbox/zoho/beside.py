"""What people put beside a record, as the modules for it take it: tasks, calls and notes that belong to it."""

from collections.abc import Mapping
from typing import Any

from sandbox.crm import RefusedEditError
from sandbox.store import Row

Body = Mapping[str, Any]
OUTBOUND = "Outbound"
AT_ONCE = "00:05"


def task(body: Body) -> Row:
    """`subject`, and when it is `due`."""
    due = {"Due_Date": body["due"]} if body.get("due") else {}
    return {"Subject": body["subject"], **due, **_about(body)}


def call(body: Body, now: str) -> Row:
    """`subject`, `type` (Outbound unless said), `start` (now unless said) and `duration` as mm:ss."""
    return {
        "Subject": body["subject"],
        "Call_Type": body.get("type") or OUTBOUND,
        "Call_Start_Time": body.get("start") or now,
        "Call_Duration": body.get("duration") or AT_ONCE,
        **_about(body),
    }


def note(body: Body) -> Row:
    """`content`, and a `title`."""
    parent = {"id": str(body["id"]), "module": {"api_name": body["module"]}}
    return {"Note_Title": body.get("title") or None, "Note_Content": body["content"], "Parent_Id": parent}


def _about(body: Body) -> Row:
    if "module" not in body:
        return {}
    if "id" not in body:
        raise RefusedEditError("the module's record is named by its id")
    named = {"id": str(body["id"])}
    return {"Who_Id": named} if body["module"] == "Contacts" else {"What_Id": named, "$se_module": body["module"]}

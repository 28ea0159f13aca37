"""What a record says by itself once it is written: full names, when a task was closed, how likely a deal is.

And how long a call was, in seconds.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.store import Row
from sandbox.zoho.fields.choices import COMPLETED, NOT_STARTED, PIPELINES, STAGES

Values = Mapping[str, Any]


def derived(module: str, before: Values | None, after: Values, now: str) -> Row:
    """`before` is None for a record that is made."""
    derive = _BY_MODULE.get(module)
    return derive(before, after, now) if derive else {}


def _person(_before: Values | None, after: Values, _now: str) -> Row:
    parts = (after.get("First_Name"), after.get("Last_Name"))
    return {"Full_Name": " ".join(str(part) for part in parts if part) or None}


def _task(before: Values | None, after: Values, now: str) -> Row:
    status = after.get("Status") or (NOT_STARTED if before is None else None)
    if status != COMPLETED:
        return {"Status": status, "Closed_Time": None}
    was_closed = before is not None and before.get("Status") == COMPLETED
    return {} if was_closed else {"Closed_Time": now}


def _call(_before: Values | None, after: Values, _now: str) -> Row:
    """A duration is said as minutes and seconds (`05:30`, `125:00`)."""
    minutes, _, seconds = str(after.get("Call_Duration") or "").partition(":")
    is_said = minutes.isdecimal() and seconds.isdecimal()
    return {"Call_Duration_in_seconds": int(minutes) * 60 + int(seconds) if is_said else None}


def _deal(before: Values | None, after: Values, _now: str) -> Row:
    """A deal that moves on becomes as likely as its stage, unless the same write says otherwise."""
    known: Values = before or {"Probability": None}
    has_moved = known.get("Stage") != after.get("Stage")
    is_said = known.get("Probability") != after.get("Probability")
    likely = {"Probability": STAGES.get(str(after.get("Stage")))} if has_moved and not is_said else {}
    return {"Pipeline": after.get("Pipeline") or PIPELINES[0], **likely}


_BY_MODULE: Mapping[str, Callable[[Values | None, Values, str], Row]] = {
    "Leads": _person,
    "Contacts": _person,
    "Tasks": _task,
    "Calls": _call,
    "Deals": _deal,
}

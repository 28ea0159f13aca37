"""How a record looks on the wire: the fields asked for in a list, or all of it and the `$` keys when read alone."""

from collections.abc import Sequence
from typing import Any

from starlette.datastructures import QueryParams

from sandbox.store import Row
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.refusals import RefusalError, missing_parameter

MOST_FIELDS = 50
SYSTEM: dict[str, Any] = {
    "$currency_symbol": "€",
    "$field_states": None,
    "$state": "save",
    "$process_flow": False,
    "$approved": True,
    "$approval": {"delegate": False, "approve": False, "reject": False, "resubmit": False},
    "$approval_state": "approved",
    "$editable": True,
    "$review": None,
    "$review_process": {"approve": False, "reject": False, "resubmit": False},
    "$orchestration": None,
    "$in_merge": False,
    "$has_more": {},
}


def asked_fields(asked: QueryParams) -> list[str] | None:
    """The names in `fields`, None when there is no such parameter."""
    text = asked.get("fields", "").strip()
    if not text:
        return None
    names = [name.strip() for name in text.split(",") if name.strip()]
    if len(names) > MOST_FIELDS:
        raise RefusalError(400, "LIMIT_EXCEEDED", "limit exceeded", {"limit": MOST_FIELDS, "param_name": "fields"})
    return names


def demanded_fields(asked: QueryParams) -> list[str]:
    names = asked_fields(asked)
    if names is None:
        raise missing_parameter("fields")
    return names


def selected(table: RecordTable, row: Row, names: Sequence[str]) -> dict[str, Any]:
    """Names the module does not have are passed over in silence."""
    known = [name for name in names if name in table.kinds or (name.startswith("$") and name in row)]
    return {name: row.get(name) for name in known} | {"id": row["id"]}


def whole(row: Row) -> dict[str, Any]:
    return {**row, **SYSTEM, "$locked_for_me": bool(row.get("Locked__s"))}

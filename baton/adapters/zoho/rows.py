"""Zoho records as rows: without `$` keys, lookups as ids alone, so that a query and a read by id give the same."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from baton.adapters.zoho.stamps import stamp
from baton.domain.records import Module, RecordRef, Row, Seen
from baton.domain.values.places import UNREAD


def seen(module: Module, record: Mapping[str, object], began: datetime, wanted: Sequence[str] = ()) -> Seen:
    """What was wanted and left out (a field that was deleted or renamed) is named in the row: it is not blank."""
    version = stamp(record.get("Modified_Time")) or stamp(record.get("Created_Time")) or began
    unread = [field for field in wanted if field not in record]
    row = {**_row(record), UNREAD: unread} if unread else _row(record)
    return Seen(RecordRef(module, str(record["id"])), row, version, id_in(record.get("Modified_By")))


def id_in(lookup: object) -> str | None:
    found = lookup.get("id") if isinstance(lookup, dict) else None
    return None if found is None else str(found)


def _row(record: Mapping[str, object]) -> Row:
    return {key: _value(value) for key, value in record.items() if not key.startswith("$")}


def _value(value: object) -> object:
    # The names beside lookup ids are there or not, depending on the call.
    return {"id": str(value["id"])} if isinstance(value, dict) and value.get("id") is not None else value

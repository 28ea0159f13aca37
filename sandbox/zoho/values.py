"""Whether a value fits its field: type, length, choice. A complaint is what the vendor puts into `details`."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sandbox.zoho.fields.choices import NONE
from sandbox.zoho.fields.spec import FieldSpec
from sandbox.zoho.stamps import parsed

Complaint = dict[str, Any]
ALARM = re.compile(r"(FREQ=[^;]+;)?ACTION=(POPUP|EMAIL|EMAILANDPOPUP);TRIGGER=DATE-TIME:(?P<when>.+)")
EMAIL = re.compile(r"[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\s@.,;<>()]{2,}")
BIGGEST_INTEGER = 10**9


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < BIGGEST_INTEGER


def _is_boolean(value: object) -> bool:
    return isinstance(value, bool)


def _is_email(value: object) -> bool:
    return isinstance(value, str) and EMAIL.fullmatch(value) is not None


def _is_date(value: object) -> bool:
    try:
        return isinstance(value, str) and len(value) == len("2025-01-28") and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_moment(value: object) -> bool:
    return isinstance(value, str) and "." not in value and parsed(value) is not None


def _is_lookup(value: object) -> bool:
    """The vendor's own clients send an id as a number, though every answer has it as a string."""
    id_ = value.get("id") if isinstance(value, Mapping) else None
    return isinstance(id_, int | str) and not isinstance(id_, bool)


def _is_object(value: object) -> bool:
    return isinstance(value, Mapping)


def _is_alarm(value: object) -> bool:
    """`FREQ=NONE;ACTION=POPUP;TRIGGER=DATE-TIME:2026-07-03T12:30:00+05:30` under the key ALARM."""
    said = value.get("ALARM") if isinstance(value, Mapping) else None
    found = ALARM.fullmatch(said) if isinstance(said, str) else None
    return found is not None and parsed(found["when"]) is not None


def _is_list(value: object) -> bool:
    return isinstance(value, list)


CHECKS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "text": (_is_text, "string"),
    "textarea": (_is_text, "string"),
    "phone": (_is_text, "phone"),
    "website": (_is_text, "website"),
    "picklist": (_is_text, "string"),
    "email": (_is_email, "email"),
    "double": (_is_number, "double"),
    "currency": (_is_number, "double"),
    "integer": (_is_integer, "integer"),
    "boolean": (_is_boolean, "boolean"),
    "date": (_is_date, "date"),
    "datetime": (_is_moment, "datetime"),
    "lookup": (_is_lookup, "jsonobject"),
    "ownerlookup": (_is_lookup, "jsonobject"),
    "RRULE": (_is_object, "jsonobject"),
    "ALARM": (_is_alarm, "jsonobject"),
    "text_list": (_is_list, "jsonarray"),
}
MEASURED = frozenset({"text", "textarea", "phone", "email", "picklist"})


def complaint_about(field: FieldSpec, value: object, *, strict_picklists: bool) -> Complaint | None:
    """None when the value fits. A blank fits every field; whether it may be blank is another question."""
    if value is None:
        return None
    fits, expected = CHECKS[field.kind]
    if value == "" and field.json_type == "string":
        return None
    if not fits(value):
        return {"expected_data_type": expected}
    if field.kind in MEASURED and len(str(value)) > field.length:
        return {"maximum_length": field.length}
    if strict_picklists and field.choices and value not in field.choices:
        return {"supported_values": list(field.choices)}
    return None


def as_stored(field: FieldSpec, value: object) -> object:
    """Blank texts and the blank choice are nothing at all to the vendor."""
    return None if value == "" or (field.kind == "picklist" and value == NONE) else value

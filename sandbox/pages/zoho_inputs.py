"""Forms over Zoho's fields: an input for each that a person may write, and what was typed as the field stores it."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from sandbox.pages.screens import Body, Input, Typed
from sandbox.store import Row
from sandbox.zoho.fields.choices import NONE
from sandbox.zoho.fields.spec import FieldSpec
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.staff import USERS
from sandbox.zoho.stamps import parsed

MAJOR = {
    "Leads": ("First_Name", "Email", "Phone", "Designation", "Lead_Status", "Lifecycle_Stage", "Owner"),
    "Contacts": ("First_Name", "Email", "Phone", "Account_Name", "Title", "Lifecycle_Stage", "Owner"),
    "Accounts": ("Phone", "Website", "Industry", "Owner"),
    "Deals": ("Amount", "Account_Name", "Contact_Name", "Owner"),
    "Calls": ("Call_Duration", "Outgoing_Call_Status", "Call_Result", "Who_Id", "Owner"),
    "Tasks": ("Due_Date", "Status", "Priority", "Who_Id", "Owner"),
    "Notes": ("Note_Title",),
}
"""What stands in the open beside what must be given; the rest is folded away."""

KINDS = {
    "email": "email",
    "phone": "tel",
    "date": "date",
    "textarea": "textarea",
    "picklist": "select",
    "ownerlookup": "select",
    "boolean": "checkbox",
}
NO_INPUT = frozenset({"RRULE", "ALARM", "text_list", "multi_module_lookup"})
UNTYPABLE = frozenset({"What_Id", "Parent_Id"})
"""What these point to is of several modules; the buttons of that record make them."""


def inputs_of(table: RecordTable, row: Row | None) -> Sequence[Input]:
    return [_input(table, field, row) for field in _writable(table)]


def values_of(table: RecordTable, row: Row | None, typed: Typed) -> Body:
    """Of a record that is there only what differs from what the form showed; of a new one what is not blank."""
    found = {}
    for field in _writable(table):
        before = _text(field, row.get(field.name) if row else None)
        now = typed.get(field.name, before)
        if now != before:
            found[field.name] = _value(field, now)
    return found


def shown(value: Any) -> str:
    """A value as one reads it; a moment in whole minutes of the organisation's own zone."""
    match value:
        case None:
            return ""
        case dict():
            return str(value.get("name") or value.get("id") or value)
        case list():
            return ", ".join(shown(each) for each in value)
        case bool():
            return "yes" if value else "no"
        case str() if len(value) == len("2025-01-28T16:31:23+01:00") and parsed(value):
            return value[:16].replace("T", " ")
    return str(value)


def _writable(table: RecordTable) -> list[FieldSpec]:
    return [
        field
        for field in table.spec.fields.values()
        if field.is_writable and field.kind not in NO_INPUT and field.name not in UNTYPABLE
    ]


def _input(table: RecordTable, field: FieldSpec, row: Row | None) -> Input:
    id_of = " (id)" if field.kind == "lookup" else ""
    value = row.get(field.name) if row else None
    name = f" – {value['name']}" if field.kind == "lookup" and value else ""
    return Input(
        name=field.name,
        label=f"{field.label}{id_of}{name}",
        kind=KINDS.get(field.kind, "text"),
        value=_text(field, value),
        choices=_choices(field, is_new=row is None),
        is_required=field.is_mandatory,
        is_minor=field.name not in MAJOR.get(table.module, (field.name,)) and not field.is_mandatory,
    )


def _choices(field: FieldSpec, *, is_new: bool) -> tuple[tuple[str, str], ...]:
    """A record always has an owner; of a new one that is whoever makes it, unless somebody else is named."""
    if field.kind == "ownerlookup":
        users = tuple((user.id, user.full_name) for user in USERS.values() if user.is_active)
        return (("", "Whoever makes it"), *users) if is_new else users
    return ("", "–"), *((choice, choice) for choice in field.choices if choice != NONE)


def _text(field: FieldSpec, value: Any) -> str:
    if field.kind == "boolean":
        return "on" if value else ""
    if isinstance(value, dict):
        return str(value.get("id", ""))
    return "" if value is None else str(value)


def _value(field: FieldSpec, text: str) -> Any:
    """What cannot be read stays text, for the vendor's own check to refuse."""
    if field.kind == "boolean":
        return text == "on"
    if not text.strip():
        return None
    if field.kind in ("lookup", "ownerlookup"):
        return {"id": text.strip()}
    with suppress(ValueError):
        if field.kind == "integer":
            return int(text)
        if field.kind in ("double", "currency"):
            return float(text)
    return text

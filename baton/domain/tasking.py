"""The task in Zoho that tells a salesperson to call, and how it is known again among the tasks of a record.

Zoho has no unique field in Tasks, so the handoff's number stands in the description as a marker.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from baton.domain.plays import Play
from baton.domain.records import CONTACTS, Crm, Module, RecordRef, Row, Seen
from baton.domain.values.cleaning import cleaned, folded

TASKS = Module(Crm.ZOHO, "Tasks")
COMPLETED = "Completed"
_LONGEST_SUBJECT = 255


def marker(handoff: int) -> str:
    return f"baton:handoff:{handoff}"


def ours_among(tasks: Sequence[Seen], handoff: int) -> Seen | None:
    """The task that was made for this handoff; people may write around the marker, but not into it."""
    sought = marker(handoff)
    return next((task for task in tasks if sought in (cleaned(task.row.get("Description")) or "").split()), None)


def is_completed(task: Seen) -> bool:
    return task.row.get("Status") == COMPLETED


def task_values(handoff: int, play: Play, record: Seen, owner: str, happened_at: datetime) -> dict[str, object]:
    """In Zoho's own field names. A task has a day and no hour, so the hour is in the reminder and in the text."""
    due = happened_at + play.call_within
    return {
        "Subject": _subject(play.task.subject, record.row),
        "Due_Date": f"{due:%Y-%m-%d}",
        "Status": "Not Started",
        "Priority": play.task.priority,
        "Owner": {"id": owner},
        "Remind_At": {"ALARM": f"FREQ=NONE;ACTION=EMAILANDPOPUP;TRIGGER=DATE-TIME:{_written(due)}"},
        "Description": "\n".join(_text(handoff, play, happened_at, due)),
        **_parent(record),
    }


def _parent(record: Seen) -> dict[str, object]:
    """Contacts have a lookup of their own; everything else is named with its module."""
    if record.ref.module == CONTACTS:
        return {"Who_Id": {"id": record.ref.id}}
    return {"What_Id": {"id": record.ref.id}, "$se_module": record.ref.module.name}


def _subject(template: str, row: Row) -> str:
    name = folded(f"{folded(row.get('First_Name')) or ''} {folded(row.get('Last_Name')) or ''}")
    filled = template.replace("{name}", name or "somebody").replace("{company}", folded(row.get("Company")) or "")
    return (folded(filled) or "Call")[:_LONGEST_SUBJECT]


def _text(handoff: int, play: Play, happened_at: datetime, due: datetime) -> list[str]:
    asked = [f"Asked for at {_told(happened_at)}, to be called by {_told(due)}."]
    return [*([play.task.text] if play.task.text else []), *asked, marker(handoff)]


def _told(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "+00:00"


def parent_of(values: Row) -> RecordRef | None:
    """The record that a task written with these values hangs on."""
    for key, module in (("Who_Id", CONTACTS.name), ("What_Id", values.get("$se_module"))):
        lookup = values.get(key)
        if isinstance(lookup, dict) and lookup.get("id"):
            return RecordRef(Module(Crm.ZOHO, str(module)), str(lookup["id"]))
    return None

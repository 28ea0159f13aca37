"""A field that swings: two automations, ours and another, undo each other without end.

A value that comes back for the third time within the window, on the same side, is no edit of a person any more. The
field is then frozen for that person: nothing is written, and somebody is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from baton.domain.records import Crm, Value

WINDOW = timedelta(hours=24)
RETURNS = 3


@dataclass(frozen=True, slots=True)
class Swing:
    """One confirmed write of a field: what that side showed before, and what it was told."""

    field: str
    target: Crm
    before: Value
    after: Value


def is_swinging(field: str, target: Crm, before: Value, after: Value, swings: Sequence[Swing]) -> bool:
    """Whether this write would bring its value back for the third time; `swings` are the window's, oldest first."""
    told = [(swing.before, swing.after) for swing in swings if (swing.field, swing.target) == (field, target)]
    values = _in_turn([value for pair in (*told, (before, after)) for value in pair])
    return values.count(after) - 1 >= RETURNS


def _in_turn(values: Sequence[Value]) -> list[Value]:
    """What was shown, one after the other: a value that only stayed did not come back."""
    return [value for place, value in enumerate(values) if place == 0 or value != values[place - 1]]

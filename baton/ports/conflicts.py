"""Fields on which both sides have spoken, kept until a person says who is right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as kept
from datetime import datetime
from typing import Protocol

from baton.domain.records import Crm, RecordRef


@dataclass(frozen=True, slots=True)
class KeptConflict:
    """`sides` holds per crm its half of the base, its value, its actor and time as far as they are told."""

    id: int
    person: int
    email: str | None
    field: str
    state: str
    opened_at: datetime
    settled_how: str | None
    sides: Mapping[Crm, Mapping[str, object]] = kept(repr=False)


class Conflicts(Protocol):
    def listed(self, *, state: str, limit: int) -> Sequence[KeptConflict]:
        """The newest first; `state` is open, settled, closed or all."""

    def shown(self, id_: int) -> KeptConflict | None: ...

    def settle(self, id_: int, winner: Crm, *, by: str, now: datetime) -> tuple[RecordRef, ...] | None:
        """This side is right: the other is told at the next decision. Returns whom to decide now.

        Nothing is written here: an edit made meanwhile is speech as ever, and may open the conflict again. None when
        it is not open.
        """

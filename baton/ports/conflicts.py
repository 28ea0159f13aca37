"""Fields of which a person has to say who is right, and what was said once for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as kept
from datetime import datetime
from typing import Protocol

from baton.domain.records import Crm, RecordRef


@dataclass(frozen=True, slots=True)
class KeptConflict:
    """`sides` holds per crm its half of the base, its value, its actor and time as far as they are told.

    `kind` is review (both teams changed it) or ping-pong (two automations undid each other until it was frozen).
    """

    id: int
    person: int
    email: str | None
    field: str
    kind: str
    state: str
    opened_at: datetime
    settled_how: str | None
    sides: Mapping[Crm, Mapping[str, object]] = kept(repr=False)


class Conflicts(Protocol):
    def listed(self, *, state: str, limit: int, field: str | None = None) -> Sequence[KeptConflict]:
        """The newest first; `state` is open, settled, closed or all."""

    def shown(self, id_: int) -> KeptConflict | None: ...

    def settle(self, id_: int, winner: Crm, *, by: str, now: datetime) -> tuple[RecordRef, ...] | None:
        """This side is right: the other is told at the next decision. Returns whom to decide now.

        Nothing is written here: an edit made meanwhile is speech as ever, and may open the conflict again. None when
        it is not open.
        """


@dataclass(frozen=True, slots=True)
class StandingRuling:
    """Of every conflict about this field, this side is right."""

    field: str
    winner: Crm
    by: str
    at: datetime


class StandingRulings(Protocol):
    def read(self) -> Sequence[StandingRuling]: ...

    def rule(self, field: str, winner: Crm, *, by: str, now: datetime) -> None: ...

    def take_back(self, field: str, *, by: str, now: datetime) -> bool:
        """Whether there was one."""

"""What keeps a connection healthy: pauses, dead letters, ticks, and what the vendors say of their fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from baton.domain.contract import Schema
from baton.domain.records import Module, RecordRef


class Connections(Protocol):
    def zoho_user(self) -> str | None:
        """Whose token is used at Zoho, as last asked: what this user edits, we have written."""

    def keep_zoho_user(self, user: str) -> None: ...

    def paused(self, *, now: datetime) -> str | None:
        """Why nothing is asked of this connection's accounts now, or None. Once in a while one call is let through."""

    def pause(self, reason: str, *, now: datetime) -> bool:
        """Stops the connection; whether this is news (one alert per change of state)."""

    def resume(self, *, now: datetime) -> bool:
        """An account answered again; whether this is news."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """Work that ran out of patience, with all that is needed to replay it. `reason` holds no personal value."""

    id: int
    queue: str
    ref: str | None
    code: str
    field: str | None
    reason: str
    traceback: str | None
    buried_at: datetime
    state: str


class DeadLetters(Protocol):
    def bury(self, queue: str, *, code: str, reason: str, traceback: str | None, now: datetime) -> int:
        """Keeps work that has no row of its own (a pull that failed for a reason nobody foresaw)."""

    def listed(self, *, state: str = "open", limit: int = 100) -> tuple[DeadLetter, ...]: ...

    def shown(self, id_: int) -> DeadLetter | None: ...

    def replay(self, id_: int, *, now: datetime) -> tuple[RecordRef, ...]:
        """Puts the record back into the inbox, to be decided on present truth; empty: nothing to replay."""

    def discard(self, id_: int, why: str, *, now: datetime) -> bool: ...

    def by_queue(self, *, limit: int) -> Mapping[str, Sequence[int]]:
        """Open ones of all connections, newest first, by the queue they came from."""


class DeadQueues(Protocol):
    def rebuild(self, ids: Mapping[str, Sequence[int]]) -> None:
        """Shows the open dead letters beside each work queue."""


class Schedule(Protocol):
    def is_first(self, schedule: str, slot: datetime) -> bool:
        """Whether this tick is the first of its slot: a second beat, or a message sent twice, is harmless."""

    def forget(self, *, now: datetime) -> int:
        """Drops slots so old that no message of theirs can still be on its way."""


class Trickle(Protocol):
    def ask(self, *, now: datetime) -> int:
        """Puts a few ids of Zoho records, which their contacts lack, into the outbox when it is idle; says how many."""


class Schemas(Protocol):
    def read(self) -> Mapping[Module, Schema]: ...

    def agreed(self) -> Mapping[Module, Schema]:
        """What was said of the mapped fields when it was last accepted: what drift is measured by."""

    def keep(self, module: Module, schema: Schema, *, now: datetime) -> None: ...

    def agree(self, schemas: Mapping[Module, Schema]) -> None:
        """From now on drift is measured by this."""

    def are_older_than(self, moment: datetime) -> bool:
        """Whether one of them was read before that moment."""

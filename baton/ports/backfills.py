"""Backfills, resyncs and the census: how far each has come, and what was missing when it looked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from baton.domain.backfill import Kind, Leg, Scope, State
from baton.domain.records import Module, RecordRef


@dataclass(frozen=True, slots=True)
class Backfill:
    """One that is ours for a slice. `leg` counts the legs that are over; `position` is the place in the next one."""

    id: int
    run: int
    kind: Kind
    scope: Scope
    leg: int
    position: str | None
    lease: str

    @property
    def current(self) -> Leg | None:
        legs = self.scope.legs(self.kind)
        return legs[self.leg] if self.leg < len(legs) else None


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of records: read and changed by the backfill itself, the rest of what that led to.

    `expected` is how many there were to read when it began, where the vendor told.
    """

    id: int
    run: int
    kind: Kind
    state: State
    started_at: datetime
    finished_at: datetime | None
    note: str | None
    expected: int | None
    read: int
    changed: int
    gone: int
    to_decide: int
    to_write: int
    written: int
    buried: int

    @property
    def is_over(self) -> bool:
        """Whether nothing of it waits any more."""
        is_read = self.state in (State.DONE, State.FAILED, State.CANCELLED)
        return is_read and not (self.to_decide or self.to_write)


class Backfills(Protocol):
    def start(self, kind: Kind, scope: Scope, *, now: datetime, expected: int | None = None) -> int:
        """Makes the row and its run; the work begins with the next slice."""

    def crowd(self, *, limit: int) -> int:
        """How many records wait for a decision on the bulk lane (counted up to `limit`)."""

    def claim(self, *, now: datetime) -> Backfill | None:
        """Leases the one whose turn it is; several take turns, a page each. None: nothing is due."""

    def advance(
        self, ours: Backfill, position: str | None, *, read: int, changed: int, gone: int, now: datetime
    ) -> None:
        """Goes on in the leg, or to the next one when there is no position; ends it after the last."""

    def put_off(self, ours: Backfill, *, until: datetime, why: str | None = None) -> None:
        """Gives it back; nothing is lost."""

    def fail(self, ours: Backfill, why: str, *, now: datetime) -> None: ...

    def steer(self, id_: int, state: State, *, now: datetime) -> bool:
        """Pauses, resumes or cancels; False when it is over already or there is none."""

    def has_work(self, *, now: datetime) -> bool: ...

    def ended_since(self, kind: Kind, moment: datetime) -> bool:
        """Whether one of this kind runs or was started since then."""

    def progress(self, id_: int) -> Progress | None: ...

    def listed(self, *, limit: int) -> Sequence[Progress]: ...


class Sightings(Protocol):
    """What we hold of a vendor's records beside what it shows, and what was not there when somebody looked."""

    def stale(self, stamps: Mapping[RecordRef, datetime], *, limit: int) -> tuple[RecordRef, ...]:
        """Those that are younger than what we hold, or that we do not hold; in the order of their ids."""

    def compare(
        self,
        module: Module,
        shown: Sequence[RecordRef],
        *,
        after: str | None,
        until: str | None,
    ) -> None:
        """A stretch of ids was shown: whatever else we hold there is unseen, the rest is seen."""

    def unseen(self, module: Module, *, limit: int) -> tuple[RecordRef, ...]:
        """What no survey showed and nobody has looked for yet."""

    def miss(self, refs: Sequence[RecordRef], *, now: datetime) -> None:
        """They were not there now. A ref that was missed before keeps its first time."""

    def seen(self, refs: Sequence[RecordRef]) -> None:
        """They are there after all, or known to be gone."""

    def missed(self, module: Module, *, before: datetime, limit: int) -> tuple[RecordRef, ...]:
        """Refs first missed before that moment, in their order."""

    def counts(self, module: Module) -> tuple[int, int]:
        """How many are missed, and how many we hold."""

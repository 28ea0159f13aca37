"""Writes in order per target, from the claim to the confirmation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from baton.domain.failures import Failure, Verdict
from baton.domain.person import Lane
from baton.domain.records import Module, RecordRef, Seen, Value
from baton.ports.intake import Imprinted


class Operation(StrEnum):
    CREATE = "create"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A write that is ours to send now. `target` is the mirrored record an update goes to.

    `handoff` names the handoff it carries out; such a row is no decision about a person's fields.
    """

    id: int
    module: Module
    person: int
    key: str
    ref: RecordRef | None
    contact: RecordRef
    values: Mapping[str, Value]
    target: Seen | None
    attempts: int
    lease: str
    lane: Lane = Lane.LIVE
    handoff: int | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A write the vendor says is done, and the record as it now is."""

    row: OutboxRow
    after: Imprinted
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Crowd:
    waiting: int
    oldest: timedelta
    is_urgent: bool = False


class Outbox(Protocol):
    def claim(self, module: Module, operation: Operation, *, limit: int, now: datetime) -> tuple[OutboxRow, ...]:
        """Marks the oldest claimable rows as `sending`, live ones first; committed before this returns.

        Never two rows of one target, never one behind an unfinished one, never one whose person has moved on.
        """

    def crowd(self, module: Module, *, now: datetime) -> Crowd:
        """How many writes wait for this module (counted up to a batch), and for how long the oldest has."""

    def waits(self, module: Module, *, now: datetime) -> bool:
        """Whether a row could be claimed now: more than one batch holds, or one that was locked for a moment."""

    def claim_uncertain(self, module: Module, *, limit: int, now: datetime) -> tuple[OutboxRow, ...]:
        """Rows whose outcome is unknown and whose grace is over, `sending` rows of dead workers among them."""

    def confirm(self, confirmations: Sequence[Confirmation], *, now: datetime) -> tuple[RecordRef, ...]:
        """Base, mirror and version move together; returns inbox rows of these persons that waited for it."""

    def settle(
        self, row: OutboxRow, verdict: Verdict, failure: Failure, *, now: datetime, traceback: str | None = None
    ) -> tuple[RecordRef, ...]:
        """A row whose call failed: wait, decide again, look first, or a dead letter. Returns what to decide again."""

    def release(self, rows: Sequence[OutboxRow], *, not_before: datetime, why: str, now: datetime) -> None:
        """Nothing was sent: the rows wait again, and it costs no try."""

    def withdraw(self, rows: Sequence[OutboxRow], why: str, *, now: datetime) -> tuple[RecordRef, ...]:
        """Nothing was sent and nothing will be: the persons are decided again; returns their refs."""

    def overtaken(self, rows: Sequence[OutboxRow]) -> tuple[OutboxRow, ...]:
        """Creates whose person has meanwhile got a record to link to."""

    def due(self, *, limit: int, now: datetime) -> Mapping[tuple[Module, Lane], int]:
        """Where writes wait that nobody was nudged about lately; they count as nudged from now on."""

    def stale(self, *, limit: int, now: datetime) -> tuple[RecordRef, ...]:
        """Withdraws waiting rows whose person has moved on; returns whom to decide again."""

    def in_doubt(self, *, now: datetime) -> Sequence[Module]:
        """Modules that have rows to be looked up."""

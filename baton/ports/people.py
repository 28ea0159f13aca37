"""Who is decided, by one worker at a time, and how a plan is committed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from baton.domain.failures import Failure, Verdict
from baton.domain.person import Lane, Person, Plan
from baton.domain.records import Module, RecordRef


@dataclass(frozen=True, slots=True)
class Taken:
    """Persons leased for deciding under one token."""

    token: str
    people: tuple[Person, ...]


class People(Protocol):
    def take(self, refs: Sequence[RecordRef], *, now: datetime) -> Taken:
        """Leases the persons of these inbox rows and counts the attempt, in one transaction.

        Left out: rows that are not due, persons leased by somebody else, persons one of whose writes is on its way.
        """

    def commit(self, taken: Taken, plans: Sequence[tuple[Person, Plan]], *, now: datetime) -> Sequence[Module]:
        """Writes plans, outbox, ledger and revisions in one short transaction; returns where writes now wait.

        Persons that moved on meanwhile are left as they were; their inbox rows stay.
        """

    def settle(
        self,
        taken: Taken,
        person: Person,
        verdict: Verdict,
        failure: Failure,
        *,
        now: datetime,
        traceback: str | None = None,
    ) -> None:
        """What a failed decision leaves: a wait, a dead letter, or a record to read again."""

    def attempts(self, person: Person) -> int:
        """How often this person's oldest row has been tried."""

    def due(self, *, limit: int, now: datetime) -> Mapping[Lane, tuple[RecordRef, ...]]:
        """Rows nobody was nudged about lately; they count as nudged from now on."""

    def backlog(self, *, now: datetime) -> int:
        """How many rows wait for a decision (counted up to a thousand)."""

"""What is kept of a person's consent beside their records, and what an operator may add to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from baton.domain.consent import Evidence
from baton.domain.records import RecordRef


@dataclass(frozen=True, slots=True)
class KeptConsent:
    """`state` is none, restricted, doubtful or lifted; `words` is what each record says by itself."""

    person: int
    email: str | None
    state: str
    since: datetime | None
    said_by: str | None
    words: tuple[tuple[RecordRef, str], ...]
    evidence: tuple[Evidence, ...]


class Consents(Protocol):
    def of(self, email: str) -> KeptConsent | None:
        """By a person's normalised address; None: nobody is known by it."""

    def doubtful(self, *, limit: int) -> Sequence[KeptConsent]:
        """Persons whose records say less than the opt-out that is kept, the longest waiting first."""

    def record(self, person: int, evidence: Evidence, *, by: str, now: datetime) -> tuple[RecordRef, ...]:
        """Keeps evidence of the person's own opt-in; returns whom to decide now."""

    def restrict(self, person: int, *, by: str, now: datetime) -> tuple[RecordRef, ...]:
        """The opt-out holds: whatever record says less is told so at the next decision. Returns whom to decide now."""

"""People of whom only a person can say who they are, and what was said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from baton.domain.records import RecordRef, Seen


@dataclass(frozen=True, slots=True)
class Review:
    """A person who waits; `records` are theirs, with how each stands."""

    person: int
    email: str | None
    reason: str
    since: datetime | None
    records: tuple[tuple[Seen, str], ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """`is_same`: these two are one human being, whatever their keys say; else they never are."""

    contact: RecordRef
    record: RecordRef
    is_same: bool
    by: str
    at: datetime


class UnknownRecordError(Exception):
    """A ref that is not in the mirror."""


class Reviews(Protocol):
    def listed(self, *, limit: int) -> Sequence[Review]:
        """The longest waiting first."""

    def of(self, ref: RecordRef) -> Review | None:
        """The person of this record, waiting or not."""

    def alike(self, seen: Seen, *, limit: int) -> Sequence[Seen]:
        """Records of the other side that share a last name, a phone or the domain of the address."""

    def everything(self) -> Iterator[Seen]:
        """Every record of the mirror that is there, page by page."""

    def rulings(self, person: int) -> Sequence[Ruled]: ...

    def link(self, contact: RecordRef, record: RecordRef, *, by: str, now: datetime) -> tuple[RecordRef, ...]:
        """They are one; returns whom to decide now. Raises UnknownRecordError."""

    def separate(self, contact: RecordRef, record: RecordRef, *, by: str, now: datetime) -> tuple[RecordRef, ...]:
        """They are two, for good; returns whom to decide now. Raises UnknownRecordError."""

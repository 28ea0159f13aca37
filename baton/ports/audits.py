"""What an audit asks of the store: whom to look at, and whether somebody else is known by a record."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from baton.domain.audit import Audited
from baton.domain.records import RecordRef


class Audits(Protocol):
    def sample(self, size: int, *, seed: int) -> tuple[Audited, ...]:
        """So many persons who have a record, chosen by the seed: the same seed chooses the same among the same."""

    def busy(self, people: Sequence[int]) -> frozenset[int]:
        """Who has work in the inbox or the outbox now: what changed while the accounts were read is on its way."""

    def persons_of(self, refs: Sequence[RecordRef]) -> Mapping[RecordRef, int]:
        """Those of the records that were ever read, and whose they are."""

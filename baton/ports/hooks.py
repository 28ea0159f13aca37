"""What arrives at the fast door and what was set up for it: hints, counts of deliveries, and vendors' subscriptions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from baton.domain.hooks import Hint
from baton.domain.records import Crm, Module, RecordRef
from baton.domain.webhooks import Held, Wanted


@dataclass(frozen=True, slots=True)
class TakenHint:
    """A hint that is ours to follow now. `is_sure`: a record that is not there is gone, and not merely late."""

    ref: RecordRef
    generation: int
    is_sure: bool


class Hints(Protocol):
    def keep(self, hints: Sequence[Hint], *, source: str, now: datetime) -> None:
        """One open row per record, in one transaction; a second hint raises its generation."""

    def take(self, module: Module, *, limit: int, now: datetime) -> tuple[TakenHint, ...]:
        """Takes the oldest that are due; those whose record was read since they came are done without a call."""

    def done(self, taken: Sequence[TakenHint]) -> None:
        """Drops what was followed, unless another hint came meanwhile."""

    def put_back(self, taken: Sequence[TakenHint], *, not_before: datetime, is_miss: bool = False) -> None:
        """Nothing came of them: they are due again then. `is_miss`: the vendor answered, and had no such record."""

    def waiting(self, modules: Sequence[Module], *, now: datetime) -> tuple[Module, ...]:
        """Those of the modules that have hints to follow now."""


@dataclass(frozen=True, slots=True)
class DeliveryCount:
    crm: str
    outcome: str
    count: int
    last_at: datetime


class DeliveryCounts(Protocol):
    def add(self, counts: Mapping[tuple[str, str, str], int], *, now: datetime) -> None:
        """Adds to the counts by (connection, crm, outcome)."""

    def read(self) -> tuple[DeliveryCount, ...]: ...


@dataclass(frozen=True, slots=True)
class Installation:
    """What was set up at one vendor last. `trouble` is why it may not be as it should."""

    crm: Crm
    address: str
    fingerprint: str | None
    installed_at: datetime
    checked_at: datetime | None
    expires_at: datetime | None
    trouble: str | None


class Installations(Protocol):
    def read(self) -> Mapping[Crm, Installation]: ...

    def want(self, crm: Crm, address: str, *, now: datetime) -> None:
        """From now on this vendor shall call this address; kept before the vendor is told."""

    def checked(
        self, crm: Crm, *, fingerprint: str | None, expires_at: datetime | None, trouble: str | None, now: datetime
    ) -> None: ...

    def forget(self, crm: Crm) -> None: ...


class Subscriptions(Protocol):
    """What one vendor was told to call. Every call is bounded and raises only Failures."""

    def held(self) -> tuple[Held, ...]:
        """Everything this account holds, ours or not."""

    def put(self, wish: Wanted, held: Held | None) -> Held:
        """Sets it up, in the place of `held` where there is one."""

    def drop(self, held: Held) -> None:
        """Takes it away; one that is gone already is no failure."""


@dataclass(frozen=True, slots=True)
class Doors:
    """The fast door of one connection: its rows, and the secret each vendor has to bring."""

    hints: Hints
    counts: DeliveryCounts
    installations: Installations
    secrets: Mapping[Crm, str] = field(repr=False)

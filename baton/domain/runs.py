"""A run as it is told: what it read, what it cost in calls, what went wrong, and what it led to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from baton.domain.calls import Outcome
from baton.domain.records import Crm


@dataclass(frozen=True, slots=True)
class Run:
    """`counts` are the run's own: pages, rows, changed, gone, and what else its kind counts."""

    id: int
    kind: str
    stream: str | None
    started_at: datetime
    finished_at: datetime | None
    note: str | None
    counts: Mapping[str, object]
    calls: int
    failed_calls: int

    @property
    def took(self) -> timedelta | None:
        return None if self.finished_at is None else self.finished_at - self.started_at


@dataclass(frozen=True, slots=True)
class EndpointCalls:
    """The run's calls of one endpoint that ended alike."""

    crm: Crm
    endpoint: str
    outcome: Outcome
    calls: int
    took: timedelta
    longest: timedelta


@dataclass(frozen=True, slots=True)
class FailedCall:
    at: datetime
    crm: Crm
    endpoint: str
    status: int | None
    outcome: Outcome
    code: str | None
    took: timedelta


@dataclass(frozen=True, slots=True)
class RunReport:
    """`led_to` counts the ledger's entries by kind, `writes` the outbox rows by state."""

    run: Run
    endpoints: tuple[EndpointCalls, ...]
    errors: tuple[FailedCall, ...]
    led_to: Mapping[str, int]
    writes: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFilter:
    """Which runs are asked for; None is all. A failed run is one with a call that did not go well."""

    kind: str | None = None
    since: datetime | None = None
    only_failed: bool = False
    limit: int = 20

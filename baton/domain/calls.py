"""One API call as it is accounted for: what was asked, how it went, how long it took, and what caused it.

Flows say what they call for; the gateways' calls of the same thread carry that with them, so that no argument has to.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from baton.domain.failures import Failure, Throttled, Uncertain, Unreachable
from baton.domain.person import Lane
from baton.domain.records import Crm, RecordRef


class Outcome(StrEnum):
    OK = "ok"
    THROTTLED = "throttled"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    BROKEN = "broken"
    """A bug of ours ended it."""


def outcome_of(error: BaseException | None) -> Outcome:
    match error:
        case None:
            return Outcome.OK
        case Throttled():
            return Outcome.THROTTLED
        case Unreachable():
            return Outcome.UNREACHABLE
        case Uncertain():
            return Outcome.UNCERTAIN
        case Failure():
            return Outcome.REFUSED
    return Outcome.BROKEN


@dataclass(frozen=True, slots=True)
class Cause:
    """What calls are made for: a run, outbox rows (in the order of the batch), or records that are read by name."""

    run: int | None = None
    writes: tuple[int, ...] = ()
    refs: tuple[RecordRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One half of an exchange. `items` stand in it record by record, in order; `rest` is everything else.

    An item is None where the whole was too large to be kept.
    """

    rest: object = field(default=None, repr=False)
    items: tuple[object, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was sent and what came back (None: nothing that could be read), with every secret taken out."""

    address: str = field(repr=False)
    request: Paper
    answer: Paper | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """`endpoint` is the method and the path without ids; `records` counts what a write sent or a read brought.

    `cost` is what the vendor counts for it: Zoho's credits.
    `code` names the failure, the vendor's word where it has one. Kept are calls that wrote or failed; all are counted.
    """

    crm: Crm
    endpoint: str
    status: int | None
    outcome: Outcome
    at: datetime
    took: timedelta
    code: str | None = None
    request_id: str | None = None
    records: int = 0
    cost: int = 1
    is_kept: bool = False
    cause: Cause = Cause()
    exchange: Exchange | None = None


@dataclass(frozen=True, slots=True)
class ToldCall:
    """A kept call as it concerns one person: `writes` are the person's outbox rows in it, of `among` records.

    `exchange` holds the person's part alone; where there is none, `withheld` says why.
    """

    at: datetime
    crm: Crm
    endpoint: str
    status: int | None
    outcome: Outcome
    code: str | None
    took: timedelta
    request_id: str | None
    run: int | None
    writes: tuple[int, ...]
    among: int
    exchange: Exchange | None
    withheld: str | None


@dataclass(frozen=True, slots=True)
class UnkeptWrite:
    """A write that was tried and none of whose calls is kept."""

    row: int
    module: str
    ref: str | None
    state: str
    since: datetime
    why: str


@dataclass(frozen=True, slots=True)
class CallStory:
    calls: tuple[ToldCall, ...]
    unkept: tuple[UnkeptWrite, ...]


_NOTHING_SAID = Cause()
_cause: ContextVar[Cause] = ContextVar("cause", default=_NOTHING_SAID)
_lane: ContextVar[Lane] = ContextVar("lane", default=Lane.LIVE)


def present_cause() -> Cause:
    return _cause.get()


def present_lane() -> Lane:
    return _lane.get()


@contextmanager
def calls_in_lane(lane: Lane) -> Iterator[None]:
    """Calls made in here stand back behind those of a more urgent lane."""
    before = _lane.set(lane)
    try:
        yield
    finally:
        _lane.reset(before)


@contextmanager
def _because(cause: Cause) -> Iterator[None]:
    before = _cause.set(cause)
    try:
        yield
    finally:
        _cause.reset(before)


@contextmanager
def calls_of_run(run: int) -> Iterator[None]:
    """Calls made in here belong to this run."""
    with _because(Cause(run=run)):
        yield


@contextmanager
def calls_of_writes(rows: Sequence[int]) -> Iterator[None]:
    """Calls made in here carry out these outbox rows, in this order."""
    with _because(replace(present_cause(), writes=tuple(rows), refs=())):
        yield


@contextmanager
def calls_of_one(position: int) -> Iterator[None]:
    """Where a vendor takes no batch: calls made in here carry out only that one of the rows."""
    cause = present_cause()
    with _because(replace(cause, writes=cause.writes[position : position + 1])):
        yield


@contextmanager
def calls_about(refs: Sequence[RecordRef]) -> Iterator[None]:
    """Calls made in here read these records."""
    with _because(replace(present_cause(), writes=(), refs=tuple(refs))):
        yield

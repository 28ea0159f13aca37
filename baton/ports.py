"""What the flows ask of the world, each port named after the need. Adapters answer; `workers.wiring` chooses them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from baton.domain.contract import Schema
from baton.domain.failures import Failure, Verdict
from baton.domain.imprint import Imprint
from baton.domain.person import Lane, Person, Plan
from baton.domain.records import Crm, Module, Page, Reading, RecordRef, Seen, Stream, Value


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record to create. `key` is the value of the module's own unique id field, by which it is found again."""

    values: Mapping[str, Value]
    key: str


@dataclass(frozen=True, slots=True)
class Change:
    ref: RecordRef
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Answer:
    """A vendor's verdict on one record: done as `ref` at `version`, or a failure."""

    ref: RecordRef | None = None
    version: datetime | None = None
    request_id: str | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """Who we are at a vendor: for doctor, and to know our own edits from a person's."""

    user_id: str
    label: str
    is_active: bool = True


class Gateway(Protocol):
    """One CRM account. Every call is bounded by an overall deadline and raises only Failures."""

    crm: Crm

    def read_page(self, stream: Stream, *, since: datetime | None, position: str | None) -> Page:
        """One page of what changed since (None: everything), from `position` on; deletions are streams of their own."""

    def read(self, refs: Sequence[RecordRef]) -> Reading:
        """The named records of one module as they are now (at most 100)."""

    def find(self, module: Module, *, field: str, values: Sequence[str]) -> Reading:
        """Records whose unique `field` holds one of the values; never through a lagging search index (at most 50)."""

    def create(self, module: Module, records: Sequence[NewRecord]) -> Sequence[Answer]:
        """One answer per record, in order (at most 100). Raises Uncertain when the outcome of the call is unknown."""

    def update(self, module: Module, changes: Sequence[Change]) -> Sequence[Answer]:
        """One answer per record, in order (at most 100). Raises Uncertain when the outcome of the call is unknown."""

    def schema(self, module: Module) -> Schema:
        """The module's fields as the vendor describes them now."""

    def whoami(self) -> Account:
        """The user whose token this is; raises Unauthorised when it is not good."""

    def filters_work(self, known: Seen) -> bool:
        """Canaries: a future window is empty; `known` is found at its own stamp and not an hour later."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a stream has been read: the window's start and the position in it.

    `since` is None for a full pass. `pass_began` is the vendor's clock at the pass's first read, None before it.
    `lease` is ours for this slice of reading; whoever holds another one may not move the position.
    """

    stream: Stream
    run: int
    since: datetime | None
    position: str | None
    pass_began: datetime | None
    is_window_proved: bool
    lease: str

    @property
    def lane(self) -> Lane:
        """A full pass is a backfill; what an increment shows was edited by somebody just now."""
        return Lane.BULK if self.since is None else Lane.LIVE


@dataclass(frozen=True, slots=True)
class Imprinted:
    """A record that was read, with what is kept beside its row."""

    seen: Seen
    imprint: Imprint


class Cursors(Protocol):
    def claim(self, stream: Stream, *, now: datetime, going_on: int | None = None) -> Cursor | None:
        """Opens a pass, or goes on with one that stalled; with `going_on` only with the pass of that run.

        None while another pull reads the stream, or must not yet.
        """

    def release(self, cursor: Cursor, *, now: datetime, not_before: datetime | None = None) -> None:
        """Gives the stream back; nobody reads it before `not_before`."""

    def prove(self, cursor: Cursor, *, now: datetime) -> Cursor:
        """The canaries sang: the window may be trusted for a while."""

    def fall_back(self, cursor: Cursor, reason: str) -> Cursor:
        """Turns the pass into a full one because the window cannot be trusted; the run remembers why."""


class Intake(Protocol):
    """Both doors end here: the mirror and the inbox, in one transaction with the position."""

    def store(self, cursor: Cursor, page: Page, rows: Sequence[Imprinted], *, now: datetime) -> tuple[RecordRef, ...]:
        """Keeps whole rows, queues those whose imprint differs, moves the position (at the end the watermark).

        Returns the refs that went into the inbox. Raises Busy when the cursor's lease was lost meanwhile.
        """

    def store_reading(
        self, rows: Sequence[Imprinted], missing: Sequence[RecordRef], *, began: datetime, now: datetime
    ) -> tuple[RecordRef, ...]:
        """The same for records read by name; those missing are gone. Returns the refs that are due for a decision."""

    def known(self, module: Module) -> Seen | None:
        """The record seen last of a module, for the canaries."""

    def fresh(self, module: Module, *, now: datetime) -> bool:
        """Whether a pass of this module's changes began so lately that a create need not ask again."""

    def has_to_read(self, *, now: datetime) -> bool: ...

    def to_read(self, module: Module, *, limit: int, now: datetime) -> tuple[RecordRef, ...]:
        """Takes inbox rows that ask for their record to be read again before it is decided."""


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


class Operation(StrEnum):
    CREATE = "create"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A write that is ours to send now. `target` is the mirrored record an update goes to."""

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


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A write the vendor says is done, and the record as it now is."""

    row: OutboxRow
    after: Imprinted
    request_id: str | None = None


class Outbox(Protocol):
    def claim(self, module: Module, operation: Operation, *, limit: int, now: datetime) -> tuple[OutboxRow, ...]:
        """Marks the oldest claimable rows as `sending`, live ones first; committed before this returns.

        Never two rows of one target, never one behind an unfinished one, never one whose person has moved on.
        """

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


class Connections(Protocol):
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


class Schemas(Protocol):
    def read(self) -> Mapping[Module, Schema]: ...

    def keep(self, module: Module, schema: Schema, *, now: datetime) -> None: ...


class Budget(Protocol):
    """What an account's API still allows, shared by the whole fleet."""

    def ask(self, crm: Crm, *, cost: int = 1, is_complex: bool = False) -> timedelta | None:
        """Takes the right to one call, or tells when to come back."""

    def close(self, crm: Crm, wait: timedelta) -> None:
        """The vendor said stop: nobody calls this account before `wait` is over."""

    def done(self, crm: Crm) -> None:
        """Gives the concurrency slot of a finished call back."""


class Clock(Protocol):
    def now(self) -> datetime: ...

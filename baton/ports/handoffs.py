"""What the plays and clocks ask of the world: handoffs, clocks, Zoho's users, and notices with their channels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from baton.domain.failures import Failure
from baton.domain.handoff import Case, Outcome, State
from baton.domain.plays import Play, asked_places, trigger_places
from baton.domain.records import CONTACT, Module, RecordRef
from baton.domain.routing import Salesperson, Step
from baton.domain.sla import Clock, ClockRule, ClockState, Tick, touch_places


@dataclass(frozen=True, slots=True)
class Running:
    """A clock to be started with a handoff. `baseline` is None as long as the person has no record."""

    name: str
    started_at: datetime
    at_risk_at: datetime
    due_at: datetime
    baseline: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One handoff as it is told, with its clocks and writes. No personal value is in it but the person's number."""

    id: int
    play: str
    person: int
    contact: str
    trigger_value: str
    happened_at: datetime
    learnt_at: datetime
    state: str
    reason: str
    record: str | None
    owner: str | None
    steps: tuple[Step, ...]
    clocks: tuple[Mapping[str, object], ...] = ()
    writes: tuple[Mapping[str, object], ...] = ()
    notices: tuple[Mapping[str, object], ...] = ()


class Handoffs(Protocol):
    def arm(self, plays: Sequence[Play], *, now: datetime) -> None:
        """From now on these plays may be set off; one that is armed already stays armed since then."""

    def armed_at(self, play: str) -> datetime | None: ...

    def take(self, *, limit: int, now: datetime) -> tuple[Case, ...]:
        """Leases handoffs that wait and are due, never two of one person and play at a time."""

    def settle(self, case: Case, outcome: Outcome, clocks: Sequence[Running], *, now: datetime) -> Sequence[Module]:
        """State, steps, clocks, writes, notices and ledger in one transaction; returns where writes now wait."""

    def conclude(self, *, limit: int, now: datetime) -> int:
        """Ends handoffs whose writes are all over; says how many."""

    def has_work(self, *, now: datetime) -> bool:
        """Whether one is due or could be concluded."""

    def retry(self, id_: int, *, now: datetime) -> bool:
        """Decides a dead one again; whether it was dead."""

    def imagine(self, play: str, email: str, *, now: datetime) -> Case | None:
        """The case of whoever has this address, as if the play were set off now; nothing is written."""

    def listed(self, *, state: State | None = None, limit: int = 100) -> tuple[Told, ...]: ...

    def shown(self, id_: int) -> Told | None: ...


@dataclass(frozen=True, slots=True)
class DueClock:
    """A clock that is due for a look, and the task that its handoff made."""

    clock: Clock
    task: RecordRef | None


class Clocks(Protocol):
    def take(self, rules: Sequence[ClockRule], *, limit: int, now: datetime) -> tuple[DueClock, ...]:
        """Clocks whose time has come, with the mirrored record of each; not given again for half a minute."""

    def apply(self, ticks: Sequence[Tick], *, now: datetime) -> None:
        """Moves the clocks, and puts their notices beside them, in one transaction."""

    def running(self) -> Mapping[ClockState, int]: ...


class Users(Protocol):
    def read(self) -> tuple[Salesperson, ...]: ...

    def are_fresh(self, *, now: datetime) -> bool: ...

    def keep(self, users: Sequence[Salesperson], *, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told to somebody outside. `key` is the same however often it is sent; `person` holds personal values.

    `handoff` and `play` are None for what concerns the whole connection.
    """

    id: int
    key: str
    channel: str
    kind: str
    handoff: int | None
    play: str | None
    attempts: int
    lease: str
    facts: Mapping[str, object]
    person: Mapping[str, object] = field(repr=False, default_factory=dict)


class Notices(Protocol):
    def take(self, *, limit: int, now: datetime) -> tuple[Notice, ...]:
        """Leases what is due to be sent; what a dead worker had in hand comes back, and so may be sent twice."""

    def sent(self, notice: Notice, *, now: datetime) -> None: ...

    def failed(self, notice: Notice, failure: Failure, *, not_before: datetime | None) -> None:
        """Comes back at `not_before`, or never again."""

    def wait(self, *, now: datetime) -> bool: ...


class Channel(Protocol):
    """One way to tell somebody. Raises Failures; Uncertain when it may have arrived."""

    name: str

    def send(self, notice: Notice, *, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Automation:
    """All that plays and clocks need beside the rest of the engine."""

    plays: tuple[Play, ...]
    clock_rules: tuple[ClockRule, ...]
    handoffs: Handoffs
    clocks: Clocks
    users: Users
    notices: Notices
    channels: Mapping[str, Channel]

    def play(self, name: str) -> Play | None:
        return next((play for play in self.plays if play.name == name), None)

    def watched(self, module: Module) -> tuple[str, ...]:
        """The fields of a module by which plays are set off or suppressed and clocks are stopped."""
        if module == CONTACT:
            return trigger_places(self.plays)
        return tuple(dict.fromkeys((*asked_places(self.plays, module), *touch_places(self.clock_rules, module))))

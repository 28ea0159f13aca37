"""What can go wrong, sorted by what it deserves, and the one table that says what that is.

Failure
├─ Unreachable    network, 5xx, a login page with 200
├─ Throttled      the account's limits, ours or the vendor's
├─ Busy           locked or leased; comes back soon
├─ Blocked        waits for a person: approval, blueprint
├─ Unauthorised   token or permission; concerns the connection, not the record
├─ Gone           merged, converted, deleted
├─ Duplicate      the key exists there already
├─ Rejected       the vendor refuses this record
├─ Uncertain      a call whose outcome is unknown
└─ Unforeseen     a bug; buried with its traceback
"""

from dataclasses import dataclass
from datetime import timedelta

from baton.domain.records import RecordRef


class Failure(Exception):
    """A trouble with a name. `reason` is for the person on call and never holds a secret or a personal value."""

    code = "failure"

    def __init__(self, reason: str, *, code: str | None = None, field: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field
        if code is not None:
            self.code = code

    def __reduce__(self) -> tuple[object, ...]:
        return (_revived, (type(self), self.args, self.__dict__))


def _revived(kind: type[Failure], args: tuple[object, ...], state: dict[str, object]) -> Failure:
    # Celery pickles exceptions between processes; the default way would call __init__ without its keywords.
    failure = kind.__new__(kind, *args)
    failure.__dict__.update(state)
    return failure


class Unreachable(Failure):
    code = "unreachable"


class Waiting(Failure):
    """Costs no tries: `wait` is when to come back."""

    def __init__(self, reason: str, *, wait: timedelta, code: str | None = None, field: str | None = None) -> None:
        super().__init__(reason, code=code, field=field)
        self.wait = wait


class Throttled(Waiting):
    code = "throttled"


class Busy(Waiting):
    code = "busy"


class Blocked(Waiting):
    code = "blocked"


class Unauthorised(Failure):
    code = "unauthorised"


class Gone(Failure):
    code = "gone"


class Duplicate(Failure):
    """The key exists already; `existing` is the record that holds it, where the vendor names it."""

    code = "duplicate"

    def __init__(
        self, reason: str, *, existing: RecordRef | None = None, code: str | None = None, field: str | None = None
    ) -> None:
        super().__init__(reason, code=code, field=field)
        self.existing = existing


class Rejected(Failure):
    code = "rejected"


class Uncertain(Failure):
    code = "uncertain"


class Unforeseen(Failure):
    """A bug, wrapped so that it can be kept: its kind, never its message, which may quote a personal value."""

    code = "unforeseen"


@dataclass(frozen=True, slots=True)
class Wait:
    """Come back after `wait`."""

    wait: timedelta
    costs_a_try: bool


@dataclass(frozen=True, slots=True)
class PauseConnection:
    """Stop asking this account, tell somebody once, bury nothing."""

    reason: str


@dataclass(frozen=True, slots=True)
class DecideAgain:
    """The world is not as we thought: read the record again and decide anew."""

    reason: str


@dataclass(frozen=True, slots=True)
class LookFirst:
    """It may have happened: look it up before anything else is done."""

    reason: str


@dataclass(frozen=True, slots=True)
class Bury:
    """A person is needed."""

    reason: str


Verdict = Wait | PauseConnection | DecideAgain | LookFirst | Bury

TRIES = 8
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=15)


def backoff(tries: int, jitter: float) -> timedelta:
    """Exponential from two seconds to a quarter of an hour; `jitter` in [0, 1) spreads the fleet over half of it."""
    full: timedelta = min(FIRST_WAIT * 2 ** min(tries, 20), LONGEST_WAIT)
    return full * (0.5 + jitter / 2)


def verdict(failure: Failure, tries: int, jitter: float) -> Verdict:
    """What a failure deserves after `tries` attempts, this one included."""
    match failure:
        case Waiting(wait=wait):
            return Wait(wait, costs_a_try=False)
        case Unauthorised():
            return PauseConnection(failure.reason)
        case Gone() | Duplicate():
            return DecideAgain(failure.reason)
        case Uncertain():
            return LookFirst(failure.reason)
        case Unreachable() if tries < TRIES:
            return Wait(backoff(tries, jitter), costs_a_try=True)
    return Bury(failure.reason)

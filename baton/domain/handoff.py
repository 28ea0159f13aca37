"""Decides one handoff: who is left out and why, whether there is a record to hand over yet, and who gets it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from baton.domain.consent import most_restrictive
from baton.domain.contract import Contract
from baton.domain.opting import word_of
from baton.domain.person import Candidate, Standing
from baton.domain.plays import Play
from baton.domain.records import Crm, Row, Seen
from baton.domain.routing import Asked, Routed, Salesperson, Step, route
from baton.domain.taking_part import kept_out
from baton.domain.tasking import task_values
from baton.domain.values.cleaning import folded
from baton.domain.values.places import held

PATIENCE = timedelta(days=1)
"""How long a handoff waits for its person's record in Zoho."""
SHORTEST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(minutes=5)
_HOPELESS = (Standing.REFUSED, Standing.GONE, Standing.ALONE)
NO_RECORD = "no record of this person came to be in Zoho within a day"
NOBODY = "nobody is eligible"


class State(StrEnum):
    """waiting  for its turn or for a record; acting: its writes are on their way."""

    WAITING = "waiting"
    ACTING = "acting"
    DONE = "done"
    SUPPRESSED = "suppressed"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Case:
    """All that is known of one handoff when it is decided.

    learnt_at  when we first saw the trigger; `last` is when this play was carried out last for this person.
    standing   how the ActiveCampaign contact stands, and why.
    record     the person's primary record in Zoho, if there is one.
    """

    id: int
    play: str
    person: int
    email: str | None
    happened_at: datetime
    learnt_at: datetime
    lease: str
    contact: Seen | None = None
    standing: str = ""
    reason: str = ""
    record: Seen | None = None
    last: datetime | None = None
    round: int = 1


@dataclass(frozen=True, slots=True)
class Book:
    """What a decision consults beside the case. `ours` is the integration's own user in Zoho."""

    contract: Contract
    users: Sequence[Salesperson]
    region: Callable[[str], str | None]
    ours: str | None


@dataclass(frozen=True, slots=True)
class Suppress:
    """Nothing is done, for good; the reason says when a new trigger would count."""

    reason: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class WaitForRecord:
    reason: str
    wait: timedelta


@dataclass(frozen=True, slots=True)
class Assign:
    """What is written: the owner, unless it is kept, and the task."""

    record: Seen
    owner: Salesperson
    is_kept: bool
    task: dict[str, object]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Forsake:
    """Nobody can be given this: a person must look."""

    reason: str
    steps: tuple[Step, ...] = ()


Outcome = Suppress | WaitForRecord | Assign | Forsake


def decide(case: Case, play: Play, book: Book, now: datetime) -> Outcome:
    steps: list[Step] = []
    for gate, obstacle in _gates(case, play, book.contract):
        steps.append(Step(gate, obstacle or "passes"))
        if obstacle is not None:
            return Suppress(f"{gate}: {obstacle}", tuple(steps))
    if case.record is None:
        return _without_record(case, steps, now)
    routed = route(_asked(case, case.record, book), play.routing, book.users, book.region)
    return _assigned(case, play, case.record, routed, tuple(steps))


def _assigned(case: Case, play: Play, record: Seen, routed: Routed, before: tuple[Step, ...]) -> Outcome:
    steps = (*before, *routed.steps)
    if routed.owner is None:
        return Forsake(NOBODY, steps)
    task = task_values(case.id, play, record, routed.owner.id, case.happened_at)
    return Assign(record, routed.owner, routed.is_kept, task, steps)


def _without_record(case: Case, steps: list[Step], now: datetime) -> Outcome:
    if case.standing in _HOPELESS:
        steps.append(Step("Zoho record", f"there is none: {case.standing}, {case.reason}"))
        return Suppress(f"there is no Zoho record: {case.standing}", tuple(steps))
    age = now - case.learnt_at
    if age > PATIENCE:
        return Forsake(NO_RECORD, (*steps, Step("Zoho record", NO_RECORD)))
    return WaitForRecord("waits for a record in Zoho", min(max(age / 4, SHORTEST_WAIT), LONGEST_WAIT))


def _gates(case: Case, play: Play, contract: Contract) -> Iterator[tuple[str, str | None]]:
    """Each gate and what is in the way there, if anything."""
    yield "age of the trigger", stale(play, case.happened_at, case.learnt_at)
    yield "cooldown", _cooling(case, play)
    if contract.pilot is not None or contract.filters:
        members = [Candidate(seen, email=case.email) for seen in (case.contact, case.record) if seen is not None]
        yield "who takes part", kept_out(members, contract)
    if play.gates.pilot:
        yield "pilot", None if _is_pilot(case.email, play.gates.pilot) else "the address is not in the pilot"
    if play.gates.consent:
        yield "consent", _consent(case, play.gates.consent, contract)
    if case.record is not None:
        yield from _conditions(case.record, play)


def _conditions(record: Seen, play: Play) -> Iterator[tuple[str, str | None]]:
    for condition in play.gates.only_if:
        if condition.concerns(record):
            yield f"only if {condition}", None if condition.holds(record) else "is not so"
    for condition in play.gates.unless:
        if condition.concerns(record):
            yield f"unless {condition}", "is so" if condition.holds(record) else None


def stale(play: Play, happened_at: datetime, learnt_at: datetime) -> str | None:
    """Why the trigger is too old to be acted on, or lies in a future that no clock's error explains."""
    if learnt_at - happened_at > play.stale_after:
        return f"it was seen more than {play.stale_after} after it happened"
    if happened_at - learnt_at > play.stale_after:
        return "its stamp lies in the future"
    return None


def _cooling(case: Case, play: Play) -> str | None:
    if case.last is None or case.happened_at >= case.last + play.cooldown:
        return None
    return f"handed over on {case.last:%Y-%m-%d %H:%M} already; again from {case.last + play.cooldown:%Y-%m-%d %H:%M}"


def _is_pilot(email: str | None, pilot: frozenset[str]) -> bool:
    address = (email or "").casefold()
    return not pilot.isdisjoint((address, f"@{address.rpartition('@')[2]}"))


def _consent(case: Case, allowed: frozenset[str], contract: Contract) -> str | None:
    words = (word_of(seen, contract) for seen in (case.contact, case.record) if seen is not None)
    status = most_restrictive(words).value
    return None if status in allowed else f"is {status}"


def _asked(case: Case, record: Seen, book: Book) -> Asked:
    own = record.row.get("Owner")
    owner = str(own["id"]) if isinstance(own, dict) and own.get("id") else None
    return Asked(country=_country(case, record, book.contract), owner=owner, ours=book.ours)


def _country(case: Case, record: Seen, contract: Contract) -> str | None:
    """As marketing knows it, else as sales does."""
    for seen in (case.contact, record):
        place = contract.country_places.get(seen.ref.module) if seen else None
        if seen is not None and place is not None and (country := folded(held(seen.row, place))):
            return country
    return None


def name_in(row: Row, crm: Crm) -> str:
    """How a person is called in a record of this side."""
    first, last = ("First_Name", "Last_Name") if crm is Crm.ZOHO else ("firstName", "lastName")
    return " ".join(part for part in (folded(row.get(first)), folded(row.get(last))) if part)

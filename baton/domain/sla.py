"""Clocks: by when a person must have been touched by a human being, and what happens when nobody does.

They run around the clock: calendars with working hours and holidays are not known here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from baton.domain.conditions import word
from baton.domain.imprint import is_converted
from baton.domain.records import LEADS, Module, Seen
from baton.domain.tasking import is_completed

LOOK_EVERY = timedelta(seconds=30)
LOOK_LATE_EVERY = timedelta(minutes=5)
LONGEST_SILENCE = timedelta(minutes=2)
GIVE_UP_AFTER = timedelta(days=3)
"""A clock nobody stopped is no longer looked at; it stays breached."""


class ClockState(StrEnum):
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    BREACHED = "breached"
    SATISFIED = "satisfied"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class ClockRule:
    """
    plays          the handoffs that start this clock, at the moment of their trigger.
    at_risk_before how long before it is due somebody is told that time is running out.
    touch_fields   what a salesperson changes when they take a person up: modules of Zoho and their fields.
    escalate_to    the user, by e-mail or name, who is told once when it is breached.
    """

    name: str
    plays: frozenset[str]
    due_in: timedelta = timedelta(minutes=15)
    at_risk_before: timedelta = timedelta(minutes=5)
    touch_fields: tuple[tuple[Module, str], ...] = ((LEADS, "Lead_Status"),)
    escalate_to: str | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A running clock and what is known now of the person it runs for.

    baseline  what the touch fields showed when the handoff was carried out; None: it was not yet.
    written   the touch fields that Baton writes itself: there a change is a touch only if somebody else made it.
    """

    id: int
    handoff: int
    rule: ClockRule
    state: ClockState
    started_at: datetime
    at_risk_at: datetime
    due_at: datetime
    record: Seen | None = None
    baseline: Mapping[str, str] | None = None
    tasks: Sequence[Seen] = ()
    written: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Touch:
    at: datetime
    how: str


@dataclass(frozen=True, slots=True)
class Tick:
    """What one look at a clock changes. `tells`: the notices it is time for; `look_at` None: never again."""

    clock: int
    handoff: int
    state: ClockState
    look_at: datetime | None
    touch: Touch | None = None
    tells: tuple[str, ...] = ()
    escalate_to: str | None = None


def baseline(rule: ClockRule, record: Seen) -> dict[str, str]:
    """What the touch fields show before anybody has touched them."""
    return {name: word(record.row, name) for module, name in rule.touch_fields if module == record.ref.module}


def touch_places(rules: Sequence[ClockRule], module: Module) -> tuple[str, ...]:
    """The fields of a Zoho module that clocks look at, and that must be read for it."""
    return tuple(dict.fromkeys(name for rule in rules for where, name in rule.touch_fields if where == module))


def start(rule: ClockRule, started_at: datetime) -> tuple[datetime, datetime]:
    """When it is at risk, and when it is due."""
    due = started_at + rule.due_in
    return max(started_at, due - rule.at_risk_before), due


def is_near_due(clock: Clock, now: datetime) -> bool:
    """Whether this look may say something unpleasant, so that it is worth a call of its own to be sure."""
    return (clock.state is ClockState.ON_TRACK and now >= clock.at_risk_at) or (
        clock.state is ClockState.AT_RISK and now >= clock.due_at
    )


def is_silence_over(clock: Clock, now: datetime) -> bool:
    """Zoho has not answered for so long that saying nothing would be worse than a warning too many."""
    moment = clock.at_risk_at if clock.state is ClockState.ON_TRACK else clock.due_at
    return now - moment > LONGEST_SILENCE


def tick(clock: Clock, now: datetime, ours: str | None) -> Tick:
    touch = touched(clock, ours)
    if touch is not None:
        return Tick(clock.id, clock.handoff, ClockState.SATISFIED, None, touch)
    if now >= clock.due_at:
        return _late(clock, now)
    if now >= clock.at_risk_at:
        news = ("at risk",) if clock.state is ClockState.ON_TRACK else ()
        return Tick(clock.id, clock.handoff, ClockState.AT_RISK, min(now + LOOK_EVERY, clock.due_at), tells=news)
    return Tick(clock.id, clock.handoff, ClockState.ON_TRACK, min(now + LOOK_EVERY, clock.at_risk_at))


def _late(clock: Clock, now: datetime) -> Tick:
    """Told once; a clock that was not looked at while it was at risk has nothing to warn of any more."""
    news = () if clock.state is ClockState.BREACHED else ("breached",)
    look_at = None if now > clock.due_at + GIVE_UP_AFTER else now + LOOK_LATE_EVERY
    escalate_to = clock.rule.escalate_to if news else None
    return Tick(clock.id, clock.handoff, ClockState.BREACHED, look_at, tells=news, escalate_to=escalate_to)


def touched(clock: Clock, ours: str | None) -> Touch | None:
    """The first sign that a human being took this person up."""
    record = clock.record
    done = next((task for task in clock.tasks if is_completed(task) and task.editor != ours), None)
    if done is not None:
        return Touch(done.version, "a task was completed")
    if record is None or clock.baseline is None:
        return None
    if is_converted(record.row):
        return Touch(record.version, "the lead was converted")
    changed = next((name for name, was in clock.baseline.items() if _is_touched(clock, record, name, was, ours)), None)
    return None if changed is None else Touch(record.version, f"{changed} was changed")


def _is_touched(clock: Clock, record: Seen, name: str, was: str, ours: str | None) -> bool:
    """A field that we never write was changed by somebody else, even if the last edit of the record was ours."""
    if name not in record.row or word(record.row, name) == was:
        return False
    return name not in clock.written or record.editor != ours

"""A play: what sets it off, who is left out, and what is to be done. Written in handoff.yaml; carried out elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from baton.domain.conditions import Condition
from baton.domain.records import Module
from baton.domain.routing import Routing


@dataclass(frozen=True, slots=True)
class Stamped:
    """The date or date-time field at `place` got a new value. The stamp itself says when it happened."""

    place: str


@dataclass(frozen=True, slots=True)
class Crosses:
    """The number at `place` rose to `at_least`, between two values that we have seen."""

    place: str
    at_least: float


Trigger = Stamped | Crosses


@dataclass(frozen=True, slots=True)
class Gates:
    """Who is left out.

    only_if  all of these must hold of the person's Zoho record; `unless`: none may.
    consent  the consent statuses that may be handed over; empty: all of them.
    pilot    whole addresses and `@domain`s, as long as the play is tried out; empty: everybody.
    """

    only_if: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    consent: frozenset[str] = frozenset()
    pilot: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Task:
    """What a salesperson finds in Zoho. `{name}` and `{company}` in the subject are filled in."""

    subject: str
    priority: str = "Highest"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Play:
    """
    stale_after    how old the trigger may be when we learn of it: after an outage nobody is called for yesterday.
    cooldown       how long a person is left alone by this play after a handoff.
    call_within    by when somebody should have called; the task reminds of it.
    """

    name: str
    trigger: Trigger
    routing: Routing
    task: Task
    gates: Gates = Gates()
    stale_after: timedelta = timedelta(hours=1)
    cooldown: timedelta = timedelta(days=7)
    call_within: timedelta = timedelta(minutes=15)

    @property
    def base_name(self) -> str:
        """Under which the trigger value seen last is kept in the base of the ActiveCampaign membership."""
        return f"play:{self.name}"


def trigger_places(plays: Sequence[Play]) -> tuple[str, ...]:
    """The ActiveCampaign fields whose change may set off a play: what shows there belongs into a row's fingerprint."""
    return tuple(dict.fromkeys(play.trigger.place for play in plays))


def asked_places(plays: Sequence[Play], module: Module) -> tuple[str, ...]:
    """The fields of a Zoho module that gates look at, and that must be read for it."""
    conditions = (condition for play in plays for condition in (*play.gates.only_if, *play.gates.unless))
    return tuple(dict.fromkeys(condition.places[module] for condition in conditions if module in condition.places))

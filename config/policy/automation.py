"""Plays and clocks of a connection: handoff.yaml and sla.yaml read, judged together and turned into domain values.

Both may be absent: then nothing is handed over, and no clock runs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from baton.domain.conditions import Condition
from baton.domain.plays import Crosses, Gates, Play, Stamped, Task, Trigger
from baton.domain.records import Crm, Module
from baton.domain.routing import Route, Routing
from baton.domain.sla import ClockRule
from config.policy.document import Document, read_document
from config.policy.validation import validated
from config.policy.written_handoff import WrittenCondition, WrittenHandoff, WrittenPlay, WrittenTrigger, WrittenWebhook
from config.policy.written_places import ZohoPlaces, zoho_places
from config.policy.written_sla import WrittenClock, WrittenSla
from config.problems import Problem, did_you_mean

HANDOFF_FILE = "handoff.yaml"
SLA_FILE = "sla.yaml"


@dataclass(frozen=True, slots=True)
class AutomationPolicy:
    """`document` is handoff.yaml, for the lines of later problems; None when there is none."""

    plays: tuple[Play, ...] = ()
    clock_rules: tuple[ClockRule, ...] = ()
    webhook: WrittenWebhook | None = None
    document: Document | None = None


def read_automation(folder: Path) -> tuple[AutomationPolicy, tuple[Problem, ...]]:
    """What could be read, and all that is wrong with both files."""
    handoff, document, problems = _handoff(folder / HANDOFF_FILE)
    plays = tuple(_play(name, play) for name, play in handoff.plays.items()) if handoff else ()
    known = [play.name for play in plays] if handoff or document is None else None
    rules, more = _clocks(folder / SLA_FILE, known)
    return AutomationPolicy(plays, rules, handoff.notices.webhook if handoff else None, document), (*problems, *more)


def _handoff(path: Path) -> tuple[WrittenHandoff | None, Document | None, tuple[Problem, ...]]:
    if not path.exists():
        return None, None, ()
    document = read_document(path)
    written, problems = validated(WrittenHandoff, document)
    if written is not None:
        problems += tuple(_used_twice(written, document))
    return written, document, problems


def _used_twice(written: WrittenHandoff, document: Document) -> Iterator[Problem]:
    """Two routes for one country: the second would never be asked."""
    for name, play in written.plays.items():
        first: dict[str, int] = {}
        for number, route in enumerate(play.owner.routes):
            for country in route.countries:
                if first.setdefault(country, number) != number:
                    path = ("plays", name, "owner", "routes", number)
                    text = f"{country} has a route before this one, which always wins."
                    yield document.problem(path, text, "Take it out of one of the two.")


def _clocks(path: Path, plays: list[str] | None) -> tuple[tuple[ClockRule, ...], tuple[Problem, ...]]:
    if not path.exists():
        return (), ()
    document = read_document(path)
    written, problems = validated(WrittenSla, document)
    if written is None:
        return (), problems
    rules = tuple(_rule(name, clock) for name, clock in written.clocks.items())
    if plays is None:
        # handoff.yaml itself is broken: what it lacks cannot be told yet.
        return rules, problems
    unknown = (
        document.problem(("clocks", rule.name, "plays"), f'"{play}" is no play.', did_you_mean(play, plays))
        for rule in rules
        for play in sorted(rule.plays - set(plays))
    )
    return rules, (*problems, *unknown)


def _play(name: str, written: WrittenPlay) -> Play:
    gates = written.gates
    return Play(
        name=name,
        trigger=_trigger(written.trigger),
        routing=Routing(
            routes=tuple(Route(frozenset(route.countries), route.to) for route in written.owner.routes),
            otherwise=written.owner.otherwise,
            keep_owner=written.owner.keep,
        ),
        task=Task(written.task.subject, written.task.priority, written.task.text),
        gates=Gates(
            only_if=_conditions(gates.only_if),
            unless=_conditions(gates.unless),
            consent=frozenset(gates.consent),
            pilot=frozenset(address.casefold() for address in gates.pilot),
        ),
        stale_after=timedelta(minutes=written.stale_after_minutes),
        cooldown=timedelta(days=written.cooldown_days),
        call_within=timedelta(minutes=written.call_within_minutes),
    )


def _trigger(written: WrittenTrigger) -> Trigger:
    if written.stamped is not None:
        return Stamped(written.stamped)
    return Crosses(str(written.crosses), float(written.at_least or 0))


def _conditions(written: tuple[WrittenCondition, ...]) -> tuple[Condition, ...]:
    return tuple(Condition(_places(each.field), frozenset(each.any_of)) for each in written)


def _places(placing: str | ZohoPlaces) -> dict[Module, str]:
    return {Module(Crm.ZOHO, module): place for module, place in zoho_places(placing).items()}


def _rule(name: str, written: WrittenClock) -> ClockRule:
    return ClockRule(
        name=name,
        plays=frozenset(written.plays),
        due_in=timedelta(minutes=written.due_in_minutes),
        at_risk_before=timedelta(minutes=written.at_risk_before_minutes),
        touch_fields=tuple(pair for placing in written.touch_fields for pair in _places(placing).items()),
        escalate_to=written.escalate_to,
    )

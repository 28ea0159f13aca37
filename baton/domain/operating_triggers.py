"""What happens because of time or an event: plays, clocks and the streams that are read, as sections of the page."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from baton.domain.conditions import Condition
from baton.domain.plays import Crosses, Play
from baton.domain.records import Stream, StreamKind
from baton.domain.routing import Routing
from baton.domain.sla import ClockRule
from baton.domain.told import Section, module_name, said, span


def triggers(
    plays: Sequence[Play], clocks: Sequence[ClockRule], cadences: Mapping[Stream, timedelta]
) -> Iterator[Section]:
    rows = tuple(_play(play) for play in plays)
    nobody = () if plays else ("No play is set up: nobody is handed over.",)
    yield Section("Plays", nobody, ("play", "set off by", "left out", "goes to", "task", "call within"), rows)
    yield Section(
        "Clocks",
        () if clocks else ("No clock runs.",),
        ("clock", "plays", "due in", "at risk before", "touched by", "escalates to"),
        tuple(_clock(clock) for clock in clocks),
    )
    yield Section(
        "Streams",
        ("Each is read on its own cadence; webhooks, where they are set up, only make it sooner.",),
        ("what is read", "how often"),
        tuple((_stream(stream), f"every {span(every)}") for stream, every in cadences.items()),
    )


def _play(play: Play) -> tuple[str, ...]:
    trigger = play.trigger
    wanted = f" reaches {trigger.at_least:g}" if isinstance(trigger, Crosses) else " is stamped anew"
    return (
        play.name,
        f"{trigger.place}{wanted}",
        "; ".join(_left_out(play)),
        "; ".join(_goes_to(play.routing)),
        play.task.subject,
        span(play.call_within),
    )


def _left_out(play: Play) -> Iterator[str]:
    gates = play.gates
    yield from (f"unless {_condition(condition)}" for condition in gates.unless)
    yield from (f"only if {_condition(condition)}" for condition in gates.only_if)
    if gates.consent:
        yield f"only with consent {said(gates.consent)}"
    if gates.pilot:
        yield f"only {said(gates.pilot)}"
    yield f"events older than {span(play.stale_after)}"
    yield f"again within {span(play.cooldown)}"


def _condition(condition: Condition) -> str:
    places = dict.fromkeys(condition.places.values())
    return f"{' / '.join(places)} is {' or '.join(sorted(condition.any_of))}"


def _goes_to(routing: Routing) -> Iterator[str]:
    if routing.keep_owner:
        yield "the owner"
    for route in routing.routes:
        yield f"{', '.join(sorted(route.countries))}: {route.to}"
    yield f"otherwise {routing.otherwise or 'nobody'}"


def _clock(rule: ClockRule) -> tuple[str, ...]:
    touched = ", ".join(f"{module.name}.{field}" for module, field in rule.touch_fields)
    return (
        rule.name,
        said(rule.plays),
        span(rule.due_in),
        span(rule.at_risk_before),
        f"a completed task, a conversion, {touched}" if touched else "a completed task, a conversion",
        rule.escalate_to or "nobody",
    )


def _stream(stream: Stream) -> str:
    return f"{module_name(stream.module)}: {'changes' if stream.kind is StreamKind.CHANGES else 'deletions'}"

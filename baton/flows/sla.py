"""Sla: look at the clocks whose time has come, ask Zoho only where that may change what is said, move them."""

from collections.abc import Sequence
from dataclasses import replace

from baton.domain.failures import Failure, Gone, Rejected
from baton.domain.records import Crm, RecordRef, Seen
from baton.domain.sla import Clock, Tick, is_near_due, is_silence_over, tick
from baton.engine import Engine
from baton.ports.handoffs import DueClock

AT_ONCE = 100


def sla(engine: Engine) -> tuple[Tick, ...]:
    """What moved. A clock that Zoho cannot be asked about is left for the next look, but not for long."""
    due = engine.automation.clocks.take(engine.automation.clock_rules, limit=AT_ONCE, now=engine.now())
    if not due:
        return ()
    made = _made_tasks(due, engine)
    informed = [clock for each in due if (clock := _informed(each, made, engine)) is not None]
    ours = engine.connections.zoho_user()
    ticks = tuple(tick(clock, engine.now(), ours) for clock in informed)
    engine.automation.clocks.apply(ticks, now=engine.now())
    return ticks


def _made_tasks(due: Sequence[DueClock], engine: Engine) -> dict[RecordRef, Seen] | None:
    """The tasks that the handoffs made, all in one call; None: Zoho cannot be asked now."""
    refs = [each.task for each in due if each.task is not None]
    if not refs:
        return {}
    try:
        return {seen.ref: seen for seen in engine.gateways[Crm.ZOHO].read(refs).rows}
    except Failure:
        return None


def _informed(due: DueClock, made: dict[RecordRef, Seen] | None, engine: Engine) -> Clock | None:
    """The clock with all that may stop it; None: wait until Zoho answers again."""
    ours = (made or {}).get(due.task) if due.task is not None else None
    clock = replace(due.clock, tasks=(ours,) if ours else (), written=_written(engine))
    if clock.record is None or not is_near_due(clock, engine.now()):
        return clock
    others = None if made is None else _others(clock.record.ref, engine)
    if others is None:
        return clock if is_silence_over(clock, engine.now()) else None
    return replace(clock, tasks=(*clock.tasks, *others))


def _others(record: RecordRef, engine: Engine) -> Sequence[Seen] | None:
    """Whatever else was done about this person; a record that is gone has no list any more."""
    try:
        return engine.gateways[Crm.ZOHO].tasks_of(record).rows
    except (Gone, Rejected):
        return ()
    except Failure:
        return None


def _written(engine: Engine) -> frozenset[str]:
    """The Zoho fields that Baton writes itself."""
    rules = [rule for rule in engine.contract.rules if rule.direction.allows(Crm.ZOHO)]
    return frozenset(place for rule in rules for module, place in rule.places.items() if module.crm is Crm.ZOHO)

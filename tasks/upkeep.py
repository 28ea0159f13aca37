"""Upkeep: a sweep per box finds work whose nudge was lost, and keeps what a wiped Redis forgets."""

from celery import shared_task

from baton.domain.person import Lane
from baton.domain.records import CONTACT
from baton.engine import Engine
from baton.flows.schemas import refresh_schemas
from tasks import nudges
from tasks.base import EngineTask
from tasks.ticking import is_first

AT_ONCE = 2_000


@shared_task(base=EngineTask, name="upkeep.sweep_inbox")
def sweep_inbox(engine: Engine, every: float) -> None:
    if not is_first(engine, "sweep inbox", every):
        return
    for lane, refs in engine.people.due(limit=AT_ONCE, now=engine.now()).items():
        nudges.nudge_sync(engine, refs, lane)
    if engine.intake.has_to_read(now=engine.now()):
        nudges.nudge_fetch(engine, engine.contract.modules)
    else:
        nudges.nudge_fetch(engine, engine.doors.hints.waiting(engine.contract.modules, now=engine.now()))


@shared_task(base=EngineTask, name="upkeep.sweep_outbox")
def sweep_outbox(engine: Engine, every: float) -> None:
    if not is_first(engine, "sweep outbox", every):
        return
    now = engine.now()
    for module, lane in engine.outbox.due(limit=AT_ONCE, now=now):
        nudges.nudge_write(engine, [module], lane)
    for module in engine.outbox.in_doubt(now=now):
        nudges.nudge_look_up(engine, module)
    nudges.nudge_sync(engine, engine.outbox.stale(limit=AT_ONCE, now=now), Lane.LIVE)


@shared_task(base=EngineTask, name="upkeep.sweep_dead")
def sweep_dead(engine: Engine, every: float) -> None:
    if is_first(engine, "sweep dead", every):
        engine.dead_queues.rebuild(engine.dead_letters.by_queue(limit=AT_ONCE))
        engine.schedule.forget(now=engine.now())


@shared_task(base=EngineTask, name="upkeep.forget_calls")
def forget_calls(engine: Engine, every: float) -> None:
    if is_first(engine, "forget calls", every):
        engine.calls.forget(now=engine.now())


@shared_task(base=EngineTask, name="upkeep.trickle")
def trickle(engine: Engine, every: float) -> None:
    if is_first(engine, "trickle", every) and engine.trickle.ask(now=engine.now()):
        nudges.nudge_write(engine, [CONTACT], Lane.BULK)


@shared_task(base=EngineTask, name="upkeep.schemas")
def schemas(engine: Engine, every: float) -> None:
    if is_first(engine, "schemas", every):
        refresh_schemas(engine)

"""Write: one message per target module; a flush takes whatever waits there."""

from celery import Task, shared_task

from baton.domain.person import Lane
from baton.domain.records import Module
from baton.engine import Engine
from baton.flows.look_up import look_up
from baton.flows.write import flush
from tasks import nudges
from tasks.base import EngineTask

BULK = ".bulk"


@shared_task(bind=True, base=EngineTask, name="write.flush")
def flush_writes(self: Task[..., None], engine: Engine, module: str) -> None:
    flushed = flush(Module.parse(module), engine)
    queue = str((self.request.delivery_info or {}).get("routing_key"))
    lane = Lane.BULK if queue.endswith(BULK) else Lane.LIVE
    nudges.nudge_sync(engine, flushed.due, Lane.LIVE)
    if flushed.has_handoffs or (lane is Lane.LIVE and engine.automation.handoffs.has_work(now=engine.now())):
        nudges.nudge_handoff(engine)
    if flushed.is_worth_another or flushed.wait is not None:
        nudges.nudge_write(engine, [Module.parse(module)], lane, wait=flushed.wait)


@shared_task(base=EngineTask, name="write.look_up")
def look_up_writes(engine: Engine, module: str) -> None:
    looked = look_up(Module.parse(module), engine)
    nudges.nudge_sync(engine, looked.due, Lane.LIVE)
    if looked.has_handoffs:
        nudges.nudge_handoff(engine)

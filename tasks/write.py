"""Write: one message per target module; a flush takes whatever waits there."""

from celery import Task, shared_task

from baton.domain.person import Lane
from baton.domain.records import Module
from baton.engine import Engine
from baton.flows.look_up import look_up
from baton.flows.write import flush
from tasks import nudges
from tasks.base import EngineTask


@shared_task(bind=True, base=EngineTask, name="write.flush")
def flush_writes(self: Task[..., None], engine: Engine, module: str) -> None:
    flushed = flush(Module.parse(module), engine)
    lane = Lane.BULK if (self.request.delivery_info or {}).get("routing_key") == "write.bulk" else Lane.LIVE
    nudges.nudge_sync(engine, flushed.due, Lane.LIVE)
    if flushed.is_worth_another or flushed.wait is not None:
        nudges.nudge_write(engine, [Module.parse(module)], lane, wait=flushed.wait)


@shared_task(base=EngineTask, name="write.look_up")
def look_up_writes(engine: Engine, module: str) -> None:
    nudges.nudge_sync(engine, look_up(Module.parse(module), engine), Lane.LIVE)

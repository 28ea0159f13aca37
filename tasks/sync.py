"""Sync: one message carries one record while it is quiet, a bundle under a backlog."""

from celery import Task, shared_task

from baton.domain.person import Lane
from baton.domain.records import RecordRef
from baton.engine import Engine
from baton.flows.sync import sync
from tasks import nudges
from tasks.base import EngineTask


@shared_task(bind=True, base=EngineTask, name="sync.record")
def record(self: Task[..., None], engine: Engine, *refs: str) -> None:
    modules = sync([RecordRef.parse(ref) for ref in refs], engine)
    lane = Lane.BULK if (self.request.delivery_info or {}).get("routing_key") == "sync.bulk" else Lane.LIVE
    nudges.nudge_write(engine, modules, lane)
    if lane is Lane.LIVE and engine.automation.handoffs.has_work(now=engine.now()):
        nudges.nudge_handoff(engine)

"""Sla: every few seconds the clocks whose time has come are looked at."""

from celery import shared_task

from baton.engine import Engine
from baton.flows.sla import sla
from tasks import nudges
from tasks.base import EngineTask
from tasks.ticking import is_first


@shared_task(base=EngineTask, name="sla.sweep")
def sweep(engine: Engine, every: float) -> None:
    if not is_first(engine, "sweep clocks", every):
        return
    if any(tick.tells for tick in sla(engine)):
        nudges.nudge_notify(engine)

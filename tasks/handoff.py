"""Handoff: decides who calls whom, and sends the notices. A message says only "look now": the rows say at what."""

from celery import shared_task

from baton.domain.person import Lane
from baton.engine import Engine
from baton.flows.handoff import handoff
from baton.flows.notify import notify
from tasks import nudges
from tasks.base import EngineTask
from tasks.ticking import is_first


@shared_task(base=EngineTask, name="handoff.run")
def run(engine: Engine) -> None:
    nudges.nudge_write(engine, handoff(engine), Lane.URGENT)
    if engine.automation.notices.wait(now=engine.now()):
        nudges.nudge_notify(engine)


@shared_task(base=EngineTask, name="handoff.notify")
def send_notices(engine: Engine) -> None:
    notify(engine)


@shared_task(base=EngineTask, name="handoff.sweep")
def sweep(engine: Engine, every: float) -> None:
    if not is_first(engine, "sweep handoffs", every):
        return
    engine.automation.handoffs.arm(engine.automation.plays, now=engine.now())
    if engine.automation.handoffs.has_work(now=engine.now()):
        nudges.nudge_handoff(engine)
    if engine.automation.notices.wait(now=engine.now()):
        nudges.nudge_notify(engine)

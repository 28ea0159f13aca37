"""Pull and fetch: one page per message, so that a long pass never holds a slot for long."""

from celery import shared_task

from baton.domain.person import Lane
from baton.domain.records import Module, Stream
from baton.engine import Engine
from baton.flows.fetch import fetch
from baton.flows.pull import pull
from tasks import nudges
from tasks.base import EngineTask
from tasks.ticking import is_first


@shared_task(base=EngineTask, name="pull.tick")
def tick(engine: Engine, stream: str, every: float) -> None:
    if is_first(engine, f"pull {stream}", every):
        _pull(engine, Stream.parse(stream), None)


@shared_task(base=EngineTask, name="pull.page")
def page(engine: Engine, stream: str, going_on: int) -> None:
    _pull(engine, Stream.parse(stream), going_on)


def _pull(engine: Engine, stream: Stream, going_on: int | None) -> None:
    pulled = pull(stream, engine, going_on=going_on)
    if pulled is None:
        return
    engine.connections.resume(now=engine.now())
    nudges.nudge_sync(engine, pulled.changed, pulled.lane)
    if pulled.goes_on is not None:
        nudges.nudge_pull(engine, stream, going_on=pulled.goes_on, wait=pulled.wait)


@shared_task(base=EngineTask, name="fetch.records")
def records(engine: Engine, *modules: str) -> None:
    """One message per module, so that one vendor's trouble does not hold the other's records."""
    named = tuple(Module.parse(module) for module in modules) or engine.contract.modules
    nudges.nudge_sync(engine, fetch(engine, named), Lane.LIVE)
    nudges.nudge_fetch(engine, engine.doors.hints.waiting(named, now=engine.now()))

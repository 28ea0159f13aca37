"""Backfill: one slice per message, on a queue that is asked after the live one; and the daily census."""

from datetime import timedelta

from celery import shared_task

from baton.domain.person import Lane
from baton.engine import Engine
from baton.flows.backfill import work_a_slice
from baton.flows.census import start_census
from tasks import nudges
from tasks.base import EngineTask
from tasks.ticking import is_first

CENSUS_EVERY = timedelta(hours=20)
"""A little less than a day: the slot of a day may begin earlier than the last one's census did."""


@shared_task(base=EngineTask, name="backfill.slice")
def slice_(engine: Engine) -> None:
    sliced = work_a_slice(engine)
    nudges.nudge_sync(engine, sliced.due, Lane.BULK)
    if sliced.goes_on:
        nudges.nudge_backfill(engine)


@shared_task(base=EngineTask, name="upkeep.backfills")
def sweep(engine: Engine, every: float) -> None:
    if is_first(engine, "backfills", every) and engine.backfills.has_work(now=engine.now()):
        nudges.nudge_backfill(engine)


@shared_task(base=EngineTask, name="upkeep.census")
def census(engine: Engine, every: float) -> None:
    if is_first(engine, "census", every) and start_census(engine, CENSUS_EVERY):
        nudges.nudge_backfill(engine)

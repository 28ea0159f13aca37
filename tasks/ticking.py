"""One tick of a schedule counts once, however many beats send it."""

from datetime import UTC, datetime

from baton.engine import Engine


def slot(now: datetime, every: float) -> datetime:
    """The start of the slot of `every` seconds that holds this moment."""
    seconds = now.timestamp()
    return datetime.fromtimestamp(seconds - seconds % every, UTC)


def is_first(engine: Engine, schedule: str, every: float) -> bool:
    return engine.schedule.is_first(schedule, slot(engine.now(), every))

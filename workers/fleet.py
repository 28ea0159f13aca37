"""The whole fleet, seen from outside: both servers, the last tick, and a worker for every queue."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from functools import partial

import redis

from workers.health import Unwell, beat
from workers.queues import WORK_QUEUES


def fleet(database: str, broker: redis.Redis, now: datetime, within: timedelta) -> str:
    """Everything that is amiss at once, not only the first of it."""
    answers = [_asked(partial(beat, database, now, within)), _asked(partial(served, broker))]
    troubles = [str(answer) for answer in answers if isinstance(answer, Unwell)]
    if troubles:
        raise Unwell("; ".join(troubles))
    return "; ".join(str(answer) for answer in answers)


def _asked(question: Callable[[], str]) -> str | Unwell:
    try:
        return question()
    except Unwell as unwell:
        return unwell


def served(broker: redis.Redis) -> str:
    trouble = _trouble_of(broker)
    if trouble:
        raise Unwell(trouble)
    taken = consumers()
    missing = unserved(taken)
    if missing:
        raise Unwell(f"no worker takes {', '.join(missing)}")
    return f"{len(taken)} workers serve all {len(WORK_QUEUES)} queues"


def _trouble_of(broker: redis.Redis) -> str:
    try:
        broker.ping()
        policy = broker.config_get("maxmemory-policy").get("maxmemory-policy", "noeviction")
    except redis.ResponseError:
        # Servers for hire allow no CONFIG; that one answered is enough.
        return ""
    except redis.RedisError as error:
        return f"Redis does not answer: {type(error).__name__}"
    return "" if policy == "noeviction" else f"Redis may evict keys ({policy}): set maxmemory-policy to noeviction"


def consumers() -> Mapping[str, Collection[str]]:
    """Worker → the queues it consumes, asked of all that listen."""
    from workers.window import app  # noqa: PLC0415 - needs the broker's address, which only this question does

    replies = app.control.inspect(timeout=3).active_queues() or {}
    return {name: [str(queue["name"]) for queue in queues] for name, queues in replies.items()}


def unserved(taken: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """The queues nobody consumes."""
    found = {queue for queues in taken.values() for queue in queues}
    return tuple(queue.name for queue in WORK_QUEUES if queue.name not in found)

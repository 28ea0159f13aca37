"""The life of a worker process: logging, and engines that are built after the fork, once per process."""

import logging
import sys
from datetime import timedelta
from functools import cache
from typing import Any

from celery.signals import beat_init, setup_logging, worker_process_init

from baton.engine import Engine
from tasks.base import EngineTask
from workers import wiring

SOFT_SHUTDOWN = timedelta(seconds=10)
"""How long running bodies have to finish once a worker is asked to end."""

FORMAT = "%(asctime)s %(levelname)-7s %(processName)s %(name)s: %(message)s"


@cache
def engine_for(connection: str) -> Engine:
    """Pools and clients do not survive a fork, so nothing is built before it."""
    return wiring.engine_for(connection)


EngineTask.engine_for = staticmethod(engine_for)


@worker_process_init.connect
def forget_what_the_parent_built(**_: Any) -> None:
    engine_for.cache_clear()


@beat_init.connect
def tick_at_once(sender: Any, **_: Any) -> None:
    """A new beat would let each schedule's first interval pass; a tick too many is harmless, its slot is taken."""
    for entry in sender.scheduler.schedule.values():
        sender.app.send_task(entry.task, entry.args, entry.kwargs, **entry.options)


@setup_logging.connect
def log_to_stderr(loglevel: int | str = logging.INFO, **_: Any) -> None:
    """One line per event on stderr; task arguments are references, so a line holds no personal value."""
    logging.basicConfig(level=loglevel, format=FORMAT, stream=sys.stderr, force=True)
    # These tell every message and every call; the ledger and Flower do that better.
    for quiet in ("celery.worker.strategy", "celery.app.trace", "celery.beat", "httpx", "kombu"):
        logging.getLogger(quiet).setLevel(logging.WARNING)

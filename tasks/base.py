"""Runs a flow on the engine of the connection that a message names. The only place that decides what a failure does.

Work that has a row is settled at that row by its flow. What arrives here concerns a whole call, a connection or a bug.
"""

import logging
import traceback
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

from celery import Task

from baton.domain.failures import Failure, Unauthorised, Waiting
from baton.engine import Engine
from tasks.messages import VERSION, check

log = logging.getLogger("baton.tasks")

LONGEST_COUNTDOWN = timedelta(seconds=5)


class EngineTask(Task[Any, Any]):
    """A late-acknowledged task whose body is safe to run twice; its message is only a nudge, so it is never retried."""

    abstract = True
    acks_late = True
    ignore_result = True
    engine_for: ClassVar[Callable[[str], Engine]]

    def __call__(self, connection: str, *refs: str, v: int = VERSION, **named: Any) -> None:
        engine: Engine | None = None
        try:
            check(v)
            engine = type(self).engine_for(connection)
            if self.is_paused(engine):
                return
            super().__call__(engine, *refs, **named)
        except Failure as failure:
            self._settle(failure, engine, connection, refs, named)
        except Exception as error:
            self._bury(error, engine)
            raise

    def is_paused(self, engine: Engine) -> bool:
        """A paused connection's work waits in its rows; sweeps bring it back."""
        return engine.connections.paused(now=engine.now()) is not None

    def _settle(
        self, failure: Failure, engine: Engine | None, connection: str, refs: tuple[str, ...], named: dict[str, Any]
    ) -> None:
        log.info("%s %s: %s (%s)", self.name, connection, failure.code, failure.reason)
        match failure:
            case Unauthorised() if engine is not None and engine.connections.pause(failure.reason, now=engine.now()):
                log.error("%s is paused: %s. It goes on by itself once that is mended.", connection, failure.reason)
            case Waiting(wait=wait) if wait <= LONGEST_COUNTDOWN:
                # Longer waits are the business of ticks and sweeps: nothing waits in a broker for more than seconds.
                self.apply_async((connection, *refs), named, countdown=wait.total_seconds())

    def _bury(self, error: Exception, engine: Engine | None) -> None:
        if engine is None:
            return
        where = "".join(traceback.format_tb(error.__traceback__))
        queue = str((self.request.delivery_info or {}).get("routing_key") or self.name)
        engine.dead_letters.bury(
            queue, code="unforeseen", reason=type(error).__name__, traceback=where, now=engine.now()
        )

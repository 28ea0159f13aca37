"""The messages that say "look now". Losing one costs time and nothing else: a sweep finds what it was about."""

import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from celery import current_app
from kombu.exceptions import OperationalError

from baton.domain.batching import TAKES_BATCHES, bundles
from baton.domain.person import Lane
from baton.domain.records import Module, RecordRef, Stream
from baton.engine import Engine
from tasks.messages import VERSION

log = logging.getLogger("baton.tasks")


def nudge_sync(engine: Engine, refs: Sequence[RecordRef], lane: Lane) -> None:
    if not refs:
        return
    queue = "sync.bulk" if lane is Lane.BULK else "sync"
    backlog = engine.people.backlog(now=engine.now())
    for bundle in bundles(refs, backlog):
        _send("sync.record", engine, [str(ref) for ref in bundle], queue=queue)


def nudge_write(engine: Engine, modules: Iterable[Module], lane: Lane, *, wait: timedelta | None = None) -> None:
    for module in modules:
        queue = _write_queue(module) + (".bulk" if lane is Lane.BULK else "")
        _send("write.flush", engine, [str(module)], queue=queue, wait=wait)


def nudge_pull(engine: Engine, stream: Stream, *, going_on: int, wait: timedelta | None = None) -> None:
    _send("pull.page", engine, [str(stream)], named={"going_on": going_on}, queue="pull", wait=wait)


def nudge_fetch(engine: Engine, modules: Iterable[Module]) -> None:
    for module in modules:
        _send("fetch.records", engine, [str(module)], queue="pull")


def nudge_look_up(engine: Engine, module: Module) -> None:
    _send("write.look_up", engine, [str(module)], queue=_write_queue(module))


def _write_queue(module: Module) -> str:
    """A vendor that takes one record a call must not hold the threads that the other one's batches need."""
    return "write" if module.crm in TAKES_BATCHES else f"write.{module.crm}"


def nudge_backfill(engine: Engine) -> None:
    _send("backfill.slice", engine, [], queue="pull.bulk")


def nudge_handoff(engine: Engine) -> None:
    _send("handoff.run", engine, [], queue="automation")


def nudge_notify(engine: Engine) -> None:
    _send("handoff.notify", engine, [], queue="automation")


def _send(
    name: str,
    engine: Engine,
    refs: Sequence[str],
    *,
    queue: str,
    named: dict[str, Any] | None = None,
    wait: timedelta | None = None,
) -> None:
    countdown = wait.total_seconds() if wait else None
    try:
        current_app.send_task(
            name, [engine.connection, *refs], {**(named or {}), "v": VERSION}, queue=queue, countdown=countdown
        )
    except OperationalError as error:
        log.warning("the broker did not take %s (%s); a sweep will find the work", name, type(error).__name__)

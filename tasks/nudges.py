"""The messages that say "look now". Losing one costs time and nothing else: a sweep finds what it was about."""

import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from celery import current_app
from kombu.exceptions import OperationalError

from baton.domain.batching import bundles
from baton.domain.person import Lane
from baton.domain.records import Module, RecordRef, Stream
from baton.engine import Engine
from tasks.messages import VERSION

log = logging.getLogger("baton.tasks")


def nudge_sync(engine: Engine, refs: Sequence[RecordRef], lane: Lane) -> None:
    if not refs:
        return
    queue = "sync" if lane is Lane.LIVE else "sync.bulk"
    backlog = engine.people.backlog(now=engine.now())
    for bundle in bundles(refs, backlog):
        _send("sync.record", engine, [str(ref) for ref in bundle], queue=queue)


def nudge_write(engine: Engine, modules: Iterable[Module], lane: Lane, *, wait: timedelta | None = None) -> None:
    queue = "write" if lane is Lane.LIVE else "write.bulk"
    for module in modules:
        _send("write.flush", engine, [str(module)], queue=queue, wait=wait)


def nudge_pull(engine: Engine, stream: Stream, *, going_on: int, wait: timedelta | None = None) -> None:
    _send("pull.page", engine, [str(stream)], named={"going_on": going_on}, queue="pull", wait=wait)


def nudge_fetch(engine: Engine) -> None:
    _send("fetch.records", engine, [], queue="pull")


def nudge_look_up(engine: Engine, module: Module) -> None:
    _send("write.look_up", engine, [str(module)], queue="write")


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

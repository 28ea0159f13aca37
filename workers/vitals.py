"""Lets a worker leave a note every few seconds, so that whoever asks for its health needs no broker and no worker.

The note is written by the worker's own event loop, and only while it consumes: a loop that hangs, or a broker that is
gone, leaves an old note. What a note means is judged in `workers.health`.
"""

import logging
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any

from celery import bootsteps
from celery.worker import state

from config.settings import load_settings
from workers.notes import FOLDER, Note, newest, path_of

log = logging.getLogger("baton.workers")

EVERY = timedelta(seconds=5)


class Vitals(bootsteps.StartStopStep):
    """Starts when the worker begins to consume and stops when its broker is lost or it ends."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, parent: Any, **kwargs: Any) -> None:
        super().__init__(parent, **kwargs)
        self.folder = load_settings().state_dir / FOLDER
        self.timer: Any = None
        self.is_told = False

    def start(self, parent: Any) -> None:
        self.write(parent)
        self.timer = parent.timer.call_repeatedly(EVERY.total_seconds(), self.write, (parent,))

    def stop(self, parent: Any) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None

    def shutdown(self, parent: Any) -> None:
        self.stop(parent)
        # An end that was asked for is no illness.
        with suppress(OSError):
            path_of(parent.hostname, self.folder).unlink(missing_ok=True)

    def write(self, parent: Any) -> None:
        running = tuple(state.active_requests)
        note = Note(
            worker=parent.hostname,
            at=time.time(),
            queues=tuple(sorted(queue.name for queue in parent.task_consumer.queues)),
            slots=parent.controller.concurrency,
            busy=len(running),
            last_start=newest(request.time_start for request in running),
        )
        try:
            note.write(self.folder)
        except OSError as error:
            # Health is for whoever looks; work goes on without it. Said once, not every few seconds.
            if not self.is_told:
                log.warning("no health can be told, %s cannot be written: %s", self.folder, error.strerror)
            self.is_told = True

"""What a worker leaves on disk every few seconds, so that whoever asks for its health needs no broker and no worker.

The note is written by the worker's own event loop, and only while it consumes: a loop that hangs, or a broker that is
gone, leaves an old note. What a note means is judged in `workers.health`.
"""

import json
import logging
import re
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

from celery import bootsteps
from celery.worker import state

from config.settings import load_settings

log = logging.getLogger("baton.workers")

EVERY = timedelta(seconds=5)
FOLDER = "vitals"


@dataclass(frozen=True, slots=True)
class Note:
    """Times are seconds since 1970. `last_start` is when the newest of the running tasks began; None while idle."""

    worker: str
    at: float
    queues: tuple[str, ...]
    slots: int
    busy: int
    last_start: float | None

    @classmethod
    def read(cls, path: Path) -> Self:
        """Raises ValueError when it is no note."""
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            return cls(**{**found, "queues": tuple(found["queues"])})
        except (TypeError, KeyError) as error:
            raise ValueError(f"{path} is no note of a worker") from error

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = path_of(self.worker, folder)
        # A reader never sees half a note.
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps(asdict(self)), encoding="utf-8")
        draft.replace(path)


def path_of(worker: str, folder: Path) -> Path:
    return folder / f"{re.sub(r'[^A-Za-z0-9@._-]', '_', worker)}.json"


def newest(starts: Iterable[float | None]) -> float | None:
    return max((start for start in starts if start is not None), default=None)


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

"""Tells the workers to look, once for all hints that came within a moment: a burst becomes one message and one read."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from threading import Event, Lock, Thread

from baton.domain.records import Module
from baton.engine import Engine

log = logging.getLogger("baton.web")

Send = Callable[[Engine, Iterable[Module]], None]


class Nudger:
    """A thread of its own, so that a broker in trouble holds no answer up. A nudge that is lost is found by a sweep."""

    def __init__(self, send: Send, *, gather: timedelta) -> None:
        self._send = send
        self._gather = gather.total_seconds()
        self._lock = Lock()
        self._asked: dict[str, tuple[Engine, set[Module]]] = {}
        self._is_asked = Event()
        self._is_over = Event()
        self._thread = Thread(target=self._run, name="nudger", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """What was asked for until now is still sent."""
        self._is_over.set()
        self._is_asked.set()
        self._thread.join(timeout=5)

    def ask(self, engine: Engine, modules: Iterable[Module]) -> None:
        with self._lock:
            self._asked.setdefault(engine.connection, (engine, set()))[1].update(modules)
        self._is_asked.set()

    def _run(self) -> None:
        while not self._is_over.is_set():
            self._is_asked.wait()
            self._is_over.wait(self._gather)
            self._tell()

    def _tell(self) -> None:
        self._is_asked.clear()
        with self._lock:
            asked, self._asked = self._asked, {}
        for engine, modules in asked.values():
            try:
                self._send(engine, sorted(modules))
            except Exception as error:  # noqa: BLE001 - whatever the broker's trouble, the next hint must find the thread
                log.warning("nobody could be told to fetch (%s); a sweep will find the hints", type(error).__name__)

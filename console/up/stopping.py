"""Ctrl-C and its relatives: a wish to stop is noted, and raised only where somebody rests."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopAsked(Exception):
    """Somebody wants us to end."""


class Stop:
    """Between two rests nothing is interrupted, so that no started child is ever forgotten half-way."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def ask(self) -> None:
        self._asked.set()

    def rest(self, wait: timedelta) -> None:
        if self._asked.wait(wait.total_seconds()):
            raise StopAsked

    @contextmanager
    def listening(self) -> Iterator[None]:
        before = {number: signal.signal(number, self._heard) for number in SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _heard(self, _number: int, _frame: FrameType | None) -> None:
        self.ask()

"""Where what happens is shown: a screen that is redrawn, or paper that lines are added to."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol

from rich.console import Console
from rich.live import Live
from rich.markup import escape

from baton.domain.status import Status
from console.up.board import board
from console.up.plain import Lines
from console.up.rates import Rates

NOTICES_SHOWN = 5


class View(Protocol):
    def show(self, statuses: Sequence[Status], notices: Sequence[str], now: float) -> None:
        """`notices` are new since the last call; `now` is a time of the monotonic clock."""


class Paper:
    def __init__(self, console: Console) -> None:
        self._console = console
        self._lines = Lines()

    def show(self, statuses: Sequence[Status], notices: Sequence[str], now: float) -> None:
        for notice in notices:
            self._console.print(f"! {escape(notice)}", soft_wrap=True, highlight=False)
        for line in filter(None, (self._lines.due(status, now) for status in statuses)):
            self._console.print(escape(line), soft_wrap=True, highlight=False)


class Screen:
    def __init__(self, live: Live) -> None:
        self._live = live
        self._rates: dict[str, Rates] = {}
        self._notices: deque[str] = deque(maxlen=NOTICES_SHOWN)

    def show(self, statuses: Sequence[Status], notices: Sequence[str], now: float) -> None:
        _ = now
        self._notices.extend(f"{datetime.now().astimezone():%H:%M:%S} {notice}" for notice in notices)
        rated = [(status, self._rate(status)) for status in statuses]
        self._live.update(board(rated, tuple(self._notices)), refresh=True)

    def _rate(self, status: Status) -> Mapping[str, float]:
        return self._rates.setdefault(status.connection, Rates()).after(status)


@contextmanager
def view_on(console: Console) -> Iterator[View]:
    if not console.is_terminal:
        yield Paper(console)
        return
    with Live(console=console, auto_refresh=False, transient=False) as live:
        yield Screen(live)

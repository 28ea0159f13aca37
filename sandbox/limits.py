"""What a vendor counts: spending inside a rolling or a fixed window, and calls in flight.

When to refuse is each vendor's rule.
"""

from collections import deque
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class WindowKind(StrEnum):
    """Nobody outside knows which of the two a vendor counts by."""

    SLIDING = "sliding"
    FIXED = "fixed"


class Window(Protocol):
    def spent(self, now: datetime) -> float: ...

    def spend(self, now: datetime, cost: float = 1) -> None: ...

    def wait(self, now: datetime, limit: float, cost: float = 1) -> timedelta:
        """How long until `cost` fits under `limit`; zero when it fits now."""

    def clear(self) -> None: ...


class RollingWindow:
    """Remembers what was spent during the last `span`."""

    def __init__(self, span: timedelta) -> None:
        self.span = span
        self._spent: deque[tuple[datetime, float]] = deque()
        self._total = 0.0

    def spent(self, now: datetime) -> float:
        while self._spent and self._spent[0][0] <= now - self.span:
            self._total -= self._spent.popleft()[1]
        return self._total

    def spend(self, now: datetime, cost: float = 1) -> None:
        self._spent.append((now, cost))
        self._total += cost

    def wait(self, now: datetime, limit: float, cost: float = 1) -> timedelta:
        """How long until `cost` fits under `limit`; zero when it fits now."""
        over = self.spent(now) + cost - limit
        for at, freed in self._spent:
            if over <= 0:
                break
            over -= freed
            if over <= 0:
                return at + self.span - now
        return timedelta(0) if over <= 0 else self.span

    def clear(self) -> None:
        self._spent.clear()
        self._total = 0.0


class FixedWindow:
    """Counts from one full `span` of the clock to the next: two full spendings may meet at the border."""

    def __init__(self, span: timedelta) -> None:
        self.span = span
        self._number = 0
        self._total = 0.0

    def spent(self, now: datetime) -> float:
        number = (now - EPOCH) // self.span
        if number != self._number:
            self._number, self._total = number, 0.0
        return self._total

    def spend(self, now: datetime, cost: float = 1) -> None:
        self._total = self.spent(now) + cost

    def wait(self, now: datetime, limit: float, cost: float = 1) -> timedelta:
        if self.spent(now) + cost <= limit:
            return timedelta(0)
        return self.span - (now - EPOCH) % self.span

    def clear(self) -> None:
        self._total = 0.0


class CountedBothWays:
    """Spends into both kinds of window, so that a switch between them forgets nothing."""

    def __init__(self, span: timedelta) -> None:
        self._sliding: Window = RollingWindow(span)
        self._fixed: Window = FixedWindow(span)

    def by(self, kind: str) -> Window:
        """The window to judge by; whatever is not called fixed slides."""
        return self._fixed if kind == WindowKind.FIXED else self._sliding

    def spend(self, now: datetime, cost: float = 1) -> None:
        for window in (self._sliding, self._fixed):
            window.spent(now)
            window.spend(now, cost)

    def clear(self) -> None:
        for window in (self._sliding, self._fixed):
            window.clear()


class Slots:
    """Counts calls in flight."""

    def __init__(self) -> None:
        self.taken = 0

    def take(self, limit: int) -> bool:
        if self.taken >= limit:
            return False
        self.taken += 1
        return True

    def give_back(self) -> None:
        self.taken -= 1

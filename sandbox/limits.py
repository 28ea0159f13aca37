"""What a vendor counts: spending inside a rolling window, and calls in flight. When to refuse is each vendor's rule."""

from collections import deque
from datetime import datetime, timedelta


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

"""The server's clock: real time plus an offset a test may shift. What a stamp looks like is each vendor's matter."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo


def system_time() -> datetime:
    return datetime.now(UTC)


class Clock:
    """Tells the time in UTC; `offset` moves it, and everything stamped from then on with it."""

    def __init__(self, source: Callable[[], datetime] = system_time) -> None:
        self._source = source
        self.offset = timedelta(0)

    def now(self) -> datetime:
        return self._source() + self.offset


def whole_second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def stamp_in_zone(moment: datetime, zone: tzinfo) -> str:
    """`2025-01-28T09:31:23-06:00`: whole seconds, the zone's offset written out."""
    return moment.astimezone(zone).isoformat(timespec="seconds")

"""The organisation's idea of time: ISO 8601 in whole seconds, with the offset of its own time zone."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

ZONE_NAME = "Europe/Berlin"
ZONE = ZoneInfo(ZONE_NAME)


def stamp(moment: datetime) -> str:
    """`2025-01-28T16:31:23+01:00`"""
    return _stamp_of_second(int(moment.timestamp()))


@lru_cache(maxsize=65_536)
def _stamp_of_second(second: int) -> str:
    return datetime.fromtimestamp(second, ZONE).isoformat()


def parsed(text: object) -> datetime | None:
    """A moment with an offset; None for anything else."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else None

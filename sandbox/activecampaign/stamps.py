"""The vendor's idea of time: whole seconds on a US Central wall clock, some of it without saying so.

Inside, moments are whole seconds since 1970, so that filters compare numbers.
"""

from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

CENTRAL = ZoneInfo("America/Chicago")
NO_MOMENT = "0000-00-00 00:00:00"


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


@lru_cache(maxsize=65_536)
def with_offset(moment: int) -> str:
    """`2025-01-28T09:31:23-06:00`"""
    return datetime.fromtimestamp(moment, CENTRAL).isoformat()


@lru_cache(maxsize=65_536)
def naive(moment: int) -> str:
    """`2025-01-28 09:31:23`: the Central wall clock, also under keys that say utc."""
    return datetime.fromtimestamp(moment, CENTRAL).strftime("%Y-%m-%d %H:%M:%S")


def utc_clock_as_central(moment: int) -> int:
    """The moment a Central clock shows what a clock in UTC shows now."""
    return seconds(datetime.fromtimestamp(moment, UTC).replace(tzinfo=CENTRAL))


def parsed(text: str, zone: tzinfo = CENTRAL) -> int | None:
    """A moment as clients write it in filters, in this zone when it has no offset. None when it is no moment."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return seconds(moment)

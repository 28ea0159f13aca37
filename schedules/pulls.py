"""One pull per stream, each at its own cadence."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from baton.domain.records import Stream


def pulls(connection: str, cadences: Mapping[Stream, timedelta]) -> dict[str, dict[str, Any]]:
    """Beat entries. A tick that is not taken in time is worthless: the next one reads the same window."""
    return {
        f"pull {connection} {stream}": {
            "task": "pull.tick",
            "schedule": every,
            "args": (connection, str(stream)),
            "kwargs": {"every": every.total_seconds()},
            "options": {"queue": "pull", "expires": max(every.total_seconds() * 2, 10)},
        }
        for stream, every in cadences.items()
    }

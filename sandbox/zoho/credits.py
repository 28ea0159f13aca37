"""Credits spent in the last 24 hours, by the minute, kept with the records so that a restart forgives nothing."""

from datetime import UTC, datetime, timedelta

from sandbox.store import Shelf

DAY = timedelta(hours=24)
SHELF = "credits"


class Credits:
    """A minute counts as long as its first second is not a whole day old."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def spent(self, now: datetime) -> int:
        oldest = _minute(now - DAY)
        # All alike in form, so that they compare as they stand: this is asked with every call.
        return sum(row["spent"] for minute, row in self._shelf.rows.items() if minute > oldest)

    def spend(self, now: datetime, cost: int) -> None:
        oldest, minute = _minute(now - DAY), _minute(now)
        for gone in [key for key in self._shelf.rows if key <= oldest]:
            self._shelf.remove(gone)
        held = self._shelf.get(minute)
        self._shelf.put(minute, {"spent": cost + (held["spent"] if held else 0)})


def _minute(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")

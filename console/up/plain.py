"""The same without a terminal: one line when something changed, and not more often than a log can bear."""

from collections.abc import Mapping
from datetime import timedelta

from baton.domain.status import Status

PAUSE = timedelta(seconds=2)


def line_of(status: Status) -> str:
    people = ", ".join(f"{word} {count}" for word, count in status.people.items() if count) or "no people yet"
    boxes = f"inbox {status.inbox.total}, outbox {status.outbox.total}"
    letters = f", dead letters {status.dead_letters}" if status.dead_letters else ""
    verdict = "in step" if status.is_in_step else f"not in step: {', '.join(status.what_is_missing())}"
    return f"{status.connection}: {people}; {boxes}{letters}; {verdict}"


class Lines:
    """Remembers what was said, per connection, and when."""

    def __init__(self) -> None:
        self._said: dict[str, str] = {}
        self._when: dict[str, float] = {}

    def due(self, status: Status, now: float) -> str | None:
        """The line to print now, if there is one; `now` is a time of the monotonic clock."""
        line = line_of(status)
        if line == self._said.get(status.connection) or self._is_too_soon(status.connection, now, self._when):
            return None
        self._said[status.connection], self._when[status.connection] = line, now
        return line

    def _is_too_soon(self, connection: str, now: float, when: Mapping[str, float]) -> bool:
        return connection in when and now - when[connection] < PAUSE.total_seconds()

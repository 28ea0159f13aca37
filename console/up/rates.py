"""How fast things go: the growth of the totals over the last few looks."""

from collections import deque
from collections.abc import Mapping

from baton.domain.status import Status

LOOKS = 10


class Rates:
    """Remembers a few looks at one connection."""

    def __init__(self) -> None:
        self._looks: deque[Status] = deque(maxlen=LOOKS)

    def after(self, status: Status) -> Mapping[str, float]:
        """Per second, by the names of `Status.totals`."""
        self._looks.append(status)
        first = self._looks[0]
        seconds = (status.at - first.at).total_seconds()
        if seconds <= 0:
            return dict.fromkeys(status.totals, 0.0)
        return {name: (total - first.totals.get(name, 0)) / seconds for name, total in status.totals.items()}

"""When `--until in-step` is satisfied, and when it has waited long enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from baton.domain.status import Status

LOOKS_IN_A_ROW = 2


@dataclass(frozen=True, slots=True)
class Goal:
    """In step once may be the moment between two pulls; twice in a row is an end."""

    within: timedelta
    in_a_row: int = 0

    def looked(self, statuses: Sequence[Status]) -> "Goal":
        is_reached = bool(statuses) and all(status.is_in_step for status in statuses)
        return Goal(self.within, self.in_a_row + 1 if is_reached else 0)

    @property
    def is_reached(self) -> bool:
        return self.in_a_row >= LOOKS_IN_A_ROW

    def is_late(self, waited: timedelta) -> bool:
        return waited > self.within


def why_not(statuses: Sequence[Status]) -> str:
    """One sentence for whoever waited in vain."""
    told = [
        f"{status.connection}: {', '.join(status.what_is_missing())}" for status in statuses if not status.is_in_step
    ]
    return "; ".join(told) or "no look at the connections succeeded; see the logs"

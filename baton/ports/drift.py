"""What drift asks of the store: the changes that are open, opened and closed once each, and what waits for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from baton.domain.drift import Drift


@dataclass(frozen=True, slots=True)
class KeptDrift:
    """A change as it is told; `closed_how` says whether it was mended or accepted, and by whom."""

    id: int
    drift: Drift
    opened_at: datetime
    closed_at: datetime | None = None
    closed_how: str | None = None


class Drifts(Protocol):
    def open(self) -> tuple[Drift, ...]: ...

    def listed(self, *, closed: bool = False) -> tuple[KeptDrift, ...]:
        """The open ones, newest first; `closed`: those that are over, too."""

    def settle(self, found: Sequence[Drift], channels: Sequence[str], *, now: datetime) -> None:
        """Opens what is new and closes what is mended, each with one notice a channel and a line in the ledger.

        What waits for a field that is gone is taken back; who was put off for a mended one is read and decided again.
        """

    def accept(self, kept: KeptDrift, who: str, channels: Sequence[str], *, now: datetime) -> bool:
        """Closes one; whether it was open. Of a replaced field both halves of the bases are forgotten."""

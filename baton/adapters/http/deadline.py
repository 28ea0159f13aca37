"""How long a call may take in all: connecting, sending, waiting and reading together."""

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Self


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment of the monotonic clock; what is left is spent by everything done for one question to a vendor."""

    ends: float

    @classmethod
    def after(cls, span: timedelta) -> Self:
        return cls(time.monotonic() + span.total_seconds())

    @property
    def seconds_left(self) -> float:
        return self.ends - time.monotonic()

    @property
    def is_over(self) -> bool:
        return self.seconds_left <= 0

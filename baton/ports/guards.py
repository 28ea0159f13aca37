"""Waves of risky writes that wait for a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from baton.domain.records import RecordRef


@dataclass(frozen=True, slots=True)
class Held:
    """A kind of write that is held, how many wait, and a few of the people concerned."""

    risk: str
    most: int
    since: datetime
    waiting: int
    people: tuple[str, ...]


class Guards(Protocol):
    def held(self) -> Sequence[Held]: ...

    def release(self, risk: str, *, by: str, now: datetime) -> bool:
        """Lets the wave go, and counts anew; whether it was held."""

    def drop(self, risk: str, *, by: str, now: datetime) -> tuple[RecordRef, ...] | None:
        """Takes the waiting writes back; they are decided again when their person changes. None: it was not held."""

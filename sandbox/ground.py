"""What every part of one practice CRM stands on: clock, store, journal, faults, settings, outgoing calls."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.hooks.sender import HookSender
from sandbox.journal import Journal
from sandbox.settings import Settings
from sandbox.store import Store


@dataclass(frozen=True, slots=True)
class Ground:
    clock: Clock
    store: Store
    journal: Journal
    faults: Faults
    settings: Settings
    hooks: HookSender

    def change_settings(self, **values: Any) -> None:
        """Change switches, and what they move: the clock."""
        self.settings.change(**values)
        self.clock.offset = timedelta(seconds=self.settings["clock_offset_seconds"])

    def close(self) -> None:
        """Send nothing more, then put the store away."""
        self.hooks.close()
        self.store.close()


def lay_ground(data: Path | None = None, clock: Clock | None = None) -> Ground:
    clock = clock or Clock()
    store = Store(data)
    settings = Settings(store)
    clock.offset = timedelta(seconds=settings["clock_offset_seconds"])
    journal, faults = Journal(store, clock), Faults()
    hooks = HookSender(journal, faults)
    return Ground(clock=clock, store=store, journal=journal, faults=faults, settings=settings, hooks=hooks)

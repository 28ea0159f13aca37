"""Each tick of a schedule is one row, so that a second beat is harmless."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from baton.adapters.database.connecting import Desk, sql

_FIRST = sql("INSERT INTO ticks (schedule, slot) VALUES (:schedule, :slot) ON CONFLICT DO NOTHING")
_FORGET = sql("DELETE FROM ticks WHERE slot < :before")

KEEP = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class PostgresTicks:
    desk: Desk

    def is_first(self, schedule: str, slot: datetime) -> bool:
        with self.desk.engine.begin() as tx:
            return self.desk.run(tx, _FIRST, schedule=f"{self.desk.connection}/{schedule}", slot=slot) == 1

    def forget(self, *, now: datetime) -> int:
        with self.desk.engine.begin() as tx:
            return self.desk.run(tx, _FORGET, before=now - KEEP)

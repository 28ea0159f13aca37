"""Whether windows by Modified_Time really filter, before a pull believes one."""

from datetime import datetime, timedelta

from baton.adapters.http.deadline import Deadline
from baton.adapters.zoho import coql
from baton.adapters.zoho.reading import RecordReader
from baton.adapters.zoho.stamps import stamp
from baton.domain.records import Module, Seen
from baton.ports import Clock

_TOMORROW = timedelta(days=1)
_LATER = timedelta(hours=1)


class Canary:
    def __init__(self, *, reader: RecordReader, clock: Clock) -> None:
        self._reader = reader
        self._clock = clock

    def sings(self, known: Seen, deadline: Deadline) -> bool:
        module = known.ref.module
        if self._touched(module, self._clock.now() + _TOMORROW, None, deadline) is not None:
            return False
        touched = self._touched(module, known.version, known.ref.id, deadline)
        if touched is None:
            # Deleted since: that says nothing of the filter.
            return not self._reader.named([known.ref], deadline).rows
        return self._touched(module, touched + _LATER, known.ref.id, deadline) is None

    def _touched(self, module: Module, since: datetime, id_: str | None, deadline: Deadline) -> datetime | None:
        """The Modified_Time of the first record of a window."""
        reply = self._reader.query(coql.touched_since(module.name, since, id_=id_), 1, deadline)
        rows = reply.items("data")
        return (stamp(rows[0].get("Modified_Time")) or since) if rows else None

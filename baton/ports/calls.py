"""Where every API call is accounted for, and who may read that again."""

from datetime import datetime
from typing import Protocol

from baton.domain.calls import Call, CallStory
from baton.domain.records import Crm
from baton.domain.runs import Run, RunFilter, RunReport


class Calls(Protocol):
    def observe(self, call: Call) -> None:
        """Counts the call, and keeps it where it wrote or failed. Raises nothing: its answer has to be settled."""

    def of_person(self, person: int, *, now: datetime) -> CallStory:
        """The kept calls that wrote a person's records or failed to read them, oldest first."""

    def spent(self, crm: Crm, *, since: datetime) -> int:
        """What our calls since then cost by the vendor's prices; an hour too much rather than too little."""

    def forget(self, *, now: datetime) -> int:
        """Deletes what is past its keep time, some at a time; how many calls that were."""


class Runs(Protocol):
    def listed(self, wanted: RunFilter) -> tuple[Run, ...]:
        """The newest first."""

    def shown(self, id_: int) -> RunReport | None: ...

"""Plans that were computed and kept, to be carried out exactly or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from baton.domain.backfill import Scope
from baton.domain.person import Person, Plan
from baton.domain.records import Module
from baton.ports.people import Taken

BUSY = "being decided or written just now"
"""Why somebody is skipped whom another worker had in hand."""


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """`counts` tells how many persons are planned, applied, skipped and left; `contract` is its fingerprint."""

    id: int
    made_at: datetime
    made_by: str
    contract: str
    scope: str
    state: str
    summary: Mapping[str, object]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """What was planned for one person, as a digest of the writes; `email` names who was skipped."""

    person: int
    email: str | None
    revision: int
    digest: str
    state: str = "planned"
    reason: str = ""


class SavedPlans(Protocol):
    def people(self, scope: Scope, *, after: int, limit: int, now: datetime) -> tuple[Person, ...]:
        """The next persons of the scope by their ids, with all records of theirs, as the mirror shows them.

        Nobody is leased. A scope is narrowed by `listid` (the contact is active on it) or by `tag`, a tag's name.
        """

    def unknown(self) -> Mapping[str, int]:
        """What the mirror cannot know yet: records to be read again, and hints not followed, by what they are."""

    def start(self, *, contract: str, scope: str, by: str, now: datetime) -> int: ...

    def keep(self, plan: int, people: Sequence[PlannedPerson]) -> None: ...

    def finish(self, plan: int, summary: Mapping[str, object]) -> None: ...

    def listed(self, *, limit: int) -> Sequence[SavedPlan]: ...

    def shown(self, plan: int) -> SavedPlan | None: ...

    def next(self, plan: int, *, limit: int) -> Sequence[PlannedPerson]:
        """Persons that are still to be applied."""

    def take(self, people: Sequence[int], *, now: datetime) -> Taken:
        """Leases these persons; left out are those that somebody else decides, or one of whose writes is on its way."""

    def let_go(self, taken: Taken) -> None: ...

    def commit(
        self,
        plan: int,
        taken: Taken,
        plans: Sequence[tuple[Person, Plan]],
        people: Sequence[PlannedPerson],
        now: datetime,
    ) -> Sequence[Module]:
        """Writes these persons' plans and, in the same transaction, keeps what became of all of `people`.

        Who has a reason is skipped for it, who moved on in this instant is skipped as busy, the others are applied.
        Returns where writes now wait.
        """

    def skipped(self, plan: int) -> Sequence[PlannedPerson]: ...

    def modules(self) -> frozenset[Module]:
        """Modules that were read whole at least once."""

"""What decisions would do, counted and priced before anything is done. Nothing here asks anybody.

A plan is told by its effects: consent first, then what is made, changed, cleared and given away, and what a person
has to settle.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil

from baton.domain.contract import Contract, FieldType
from baton.domain.person import Person, Plan, Write
from baton.domain.records import Crm, Module, RecordRef, Value
from baton.domain.values.places import TAKEN_OFF, held

A_BATCH = 100
CREDIT_FOR = 10
"""Zoho asks one credit for every ten records of a write. (Credits by call, vendor's API limits page.)"""


@dataclass(frozen=True, slots=True)
class Change:
    """One value that would be written: `before` is what the mirror shows there now."""

    person: int
    email: str | None
    module: Module
    ref: RecordRef | None
    place: str
    before: Value
    after: Value
    rule: str
    kind: str


@dataclass(slots=True)
class Foresight:
    """Sums over many persons. `operations` counts by (module, create or update) and by kind of change."""

    people: int = 0
    idle: int = 0
    operations: Counter[tuple[Module, str]] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    standings: Counter[str] = field(default_factory=Counter)
    conflicts: int = 0
    events: int = 0
    lists_left: int = 0

    def add(self, plan: Plan, changes: Iterable[Change]) -> None:
        self.people += 1
        self.idle += not plan.writes
        self.conflicts += len(plan.conflicts)
        self.events += len(plan.events)
        self.standings.update({str(standing) for standing, _ in plan.standings.values()})
        for write in plan.writes:
            self.operations[write.module, "update" if write.ref else "create"] += 1
            self.lists_left += sum(place.startswith(TAKEN_OFF) for place in write.values)
        self.kinds.update(change.kind for change in changes)

    def calls(self) -> Mapping[str, int]:
        """Predicted calls per endpoint: Zoho takes a hundred records a call, ActiveCampaign one."""
        told: dict[str, int] = {}
        for (module, operation), count in sorted(self.operations.items()):
            name = f"{'POST' if operation == 'create' else 'PUT'} {module}"
            told[name] = count if module.crm is Crm.ACTIVECAMPAIGN else ceil(count / A_BATCH)
            if operation == "update":
                told[f"GET {module} (the last look)"] = ceil(count / A_BATCH)
        if self.lists_left:
            told["POST activecampaign:contactLists"] = self.lists_left
        return told

    def credits(self) -> int:
        """Of Zoho's rolling day: the writes, and a credit for each last look."""
        zoho = {key: count for key, count in self.operations.items() if key[0].crm is Crm.ZOHO}
        writes = sum(ceil(count / CREDIT_FOR) for count in zoho.values())
        return writes + sum(ceil(count / A_BATCH) for (_, operation), count in zoho.items() if operation == "update")

    def seconds(self, activecampaign_per_second: float) -> float:
        """How long ActiveCampaign's limit makes it last; Zoho's batches run beside it."""
        calls = self.calls()
        return sum(count for name, count in calls.items() if "activecampaign" in name) / activecampaign_per_second


def changes_of(person: Person, plan: Plan, contract: Contract) -> tuple[Change, ...]:
    return tuple(change for write in plan.writes for change in _changes(person, plan, write, contract))


def _changes(person: Person, plan: Plan, write: Write, contract: Contract) -> Iterable[Change]:
    row = next((c.seen.row for c in person.candidates if c.seen.ref == write.ref), {})
    fields = {rule.places[write.module]: rule for rule in contract.rules if write.module in rule.places}
    why = {ruling.field: ruling.rule for ruling in plan.rulings if ruling.target == write.module}
    for place, after in sorted(write.values.items()):
        rule = fields.get(place)
        before = held(row, place)
        shown = before if isinstance(before, str | int | float | bool) else None
        told = why.get(rule.name, "") if rule else why.get("opt_out", "") if _is_consent(place, write, contract) else ""
        kind = _kind(place, shown, after, rule.type if rule else None, write, contract)
        yield Change(person.id, person.email, write.module, write.ref, place, shown, after, told, kind)


def _kind(place: str, before: Value, after: Value, type_: FieldType | None, write: Write, contract: Contract) -> str:
    if type_ is FieldType.CONSENT or _is_consent(place, write, contract):
        return "consent"
    if place in (contract.activecampaign_id, contract.zoho_id):
        return "link id"
    if type_ is FieldType.OWNER:
        return "owner"
    if write.ref is None:
        return "new value"
    if after in (None, ""):
        return "clear"
    return "fill" if before in (None, "") else "change"


def _is_consent(place: str, write: Write, contract: Contract) -> bool:
    return place.startswith(TAKEN_OFF) or place == contract.consent.opt_out.get(write.module)

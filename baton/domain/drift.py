"""Drift: what a CRM says of its fields and users against what it said when that was last accepted.

A field that is gone looks blank in every record, and a word that is gone is refused or replaced. So what a change
touches is paused, and nothing else: its values stay where they are, no base moves, and edits travel once it is mended.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from baton.domain.contract import OF_DEAL, Contract, FieldRule, FieldSchema, Schema, Schemas
from baton.domain.plays import Play
from baton.domain.records import Module
from baton.domain.routing import Salesperson
from baton.domain.sla import ClockRule

PUT_OFF = "put off: "
"""How a reason begins when nothing was agreed and the value travels later."""


class Kind(StrEnum):
    GONE = "gone"
    RENAMED = "renamed"
    REPLACED = "replaced"
    TYPE = "other type"
    READ_ONLY = "read-only"
    SHORTER = "shorter"
    WORD_GONE = "word gone"
    WORD_NEW = "new word"
    USER = "user inactive"


WHOLE_FIELD = frozenset({Kind.GONE, Kind.RENAMED, Kind.REPLACED, Kind.TYPE})
MUST_BE_MENDED = frozenset({Kind.GONE, Kind.RENAMED, Kind.USER})
"""Accepting would help nobody: the contract still asks for what is not there."""


@dataclass(frozen=True, slots=True)
class Drift:
    """One change at a vendor. `touches` are fields of the contract, or plays and clocks; `pauses`: they wait."""

    kind: Kind
    module: Module | None
    place: str
    was: str
    now: str
    touches: tuple[str, ...]
    pauses: bool = True
    word: str | None = None

    @property
    def key(self) -> str:
        return "|".join((self.kind, str(self.module or ""), self.place, self.word or ""))

    @property
    def where(self) -> str:
        return self.place if self.module is None else f"{self.place} of {self.module}"

    @property
    def text(self) -> str:
        return f"{self.where}: {self.kind} (was {self.was}, now {self.now})"


def changed_fields(contract: Contract, agreed: Schemas, now: Schemas) -> tuple[Drift, ...]:
    """Only places that the contract names, and only what was known before."""
    return tuple(
        drift
        for module, place, rules in _places(contract)
        if module in now and (before := agreed.get(module, {}).get(place)) is not None
        for drift in _of_field(module, before, now[module], rules)
    )


def still_agreed(contract: Contract, agreed: Schemas, now: Schemas) -> dict[Module, Schema]:
    """What is to be compared with next time: a place that drifts keeps what was agreed on, any other moves along."""
    drifting = {(drift.module, drift.place) for drift in changed_fields(contract, agreed, now)}
    kept: dict[Module, dict[str, FieldSchema]] = {module: {} for module in now}
    for module, place, _ in _places(contract):
        held = agreed.get(module, {}) if (module, place) in drifting else now.get(module, {})
        if place in held:
            kept[module][place] = held[place]
    return dict(kept)


def missing_users(
    plays: Sequence[Play], clocks: Sequence[ClockRule], users: Sequence[Salesperson]
) -> tuple[Drift, ...]:
    """Users that a route or a clock names and Zoho has deactivated. Routing passes over them; somebody should know."""
    retired = {key: user for user in users if not user.is_active for key in user.keys}
    retired = {key: user for key, user in retired.items() if not any(u.is_active and key in u.keys for u in users)}
    named: dict[str, list[str]] = {}
    for name, touched in _named_users(plays, clocks):
        if name.casefold() in retired:
            named.setdefault(name, []).append(touched)
    return tuple(
        Drift(Kind.USER, None, f"user {name}", "active", "inactive", tuple(dict.fromkeys(touched)), pauses=False)
        for name, touched in named.items()
    )


def _named_users(plays: Sequence[Play], clocks: Sequence[ClockRule]) -> Iterator[tuple[str, str]]:
    for play in plays:
        yield from ((route.to, f"play {play.name}") for route in play.routing.routes)
        if play.routing.otherwise:
            yield play.routing.otherwise, f"play {play.name}"
    yield from ((clock.escalate_to, f"clock {clock.name}") for clock in clocks if clock.escalate_to)


def _places(contract: Contract) -> Iterator[tuple[Module, str, tuple[FieldRule, ...]]]:
    found: dict[tuple[Module, str], list[FieldRule]] = {}
    for rule in contract.rules:
        for module, place in rule.places.items():
            if place != "consent" and not place.startswith(OF_DEAL):
                found.setdefault((module, place), []).append(rule)
    for (module, place), rules in found.items():
        yield module, place, tuple(rules)


def _of_field(module: Module, before: FieldSchema, schema: Schema, rules: Sequence[FieldRule]) -> Iterator[Drift]:
    names = tuple(rule.name for rule in rules)
    now = schema.get(before.name)
    if now is None:
        renamed = next((each.name for each in schema.values() if each.id is not None and each.id == before.id), None)
        kind, seen = (Kind.GONE, "nothing") if renamed is None else (Kind.RENAMED, renamed)
        yield Drift(kind, module, before.name, before.name, seen, names)
        return
    if before.id is not None and now.id is not None and before.id != now.id:
        yield Drift(Kind.REPLACED, module, now.name, f"field {before.id}", f"field {now.id}", names)
        return
    if before.type != now.type:
        yield Drift(Kind.TYPE, module, now.name, before.type, now.type, names)
        return
    if any(rule.direction.allows(module.crm) for rule in rules):
        yield from _of_target(module, before, now, names)
    yield from _of_words(module, before, now, rules)


def _of_target(module: Module, before: FieldSchema, now: FieldSchema, names: tuple[str, ...]) -> Iterator[Drift]:
    if before.is_writable and not now.is_writable:
        yield Drift(Kind.READ_ONLY, module, now.name, "writable", "read-only", names)
    if now.length is not None and (before.length is None or now.length < before.length):
        was = "any length" if before.length is None else str(before.length)
        yield Drift(Kind.SHORTER, module, now.name, was, str(now.length), names)


def _of_words(module: Module, before: FieldSchema, now: FieldSchema, rules: Sequence[FieldRule]) -> Iterator[Drift]:
    if before.choices is None or now.choices is None:
        return
    names = tuple(rule.name for rule in rules)
    is_written = any(rule.direction.allows(module.crm) for rule in rules)
    for word in before.choices:
        if word not in now.choices:
            yield Drift(Kind.WORD_GONE, module, now.name, word, "nothing", names, pauses=is_written, word=word)
    for word in now.choices:
        if word not in before.choices:
            yield Drift(Kind.WORD_NEW, module, now.name, "nothing", word, names, pauses=False, word=word)


def whole_field_paused(drifts: Sequence[Drift], rule: FieldRule, modules: Sequence[Module]) -> str | None:
    """Why nothing at all may be decided about the field between records of these modules."""
    for drift in drifts:
        is_there = drift.module in modules and drift.module is not None and rule.places.get(drift.module) == drift.place
        if drift.kind in WHOLE_FIELD and is_there:
            return f"{PUT_OFF}{drift.text}"
    return None


def value_paused(
    drifts: Sequence[Drift], rule: FieldRule, module: Module, wanted: object, *, is_withheld: bool
) -> str | None:
    """Why this one value waits: its word is gone there, or it no longer fits a field that it fitted before."""
    for drift in drifts:
        if drift.module != module or rule.places.get(module) != drift.place:
            continue
        is_narrower = drift.kind in (Kind.READ_ONLY, Kind.SHORTER) and is_withheld
        if is_narrower or (drift.kind is Kind.WORD_GONE and wanted is not None and wanted == drift.word):
            return f"{PUT_OFF}{drift.text}"
    return None


def accepted(drift: Drift, before: FieldSchema, now: FieldSchema) -> FieldSchema:
    """What is agreed on of the field once this one change is accepted; others of the same field stay open."""
    words = before.choices or ()
    match drift.kind:
        case Kind.WORD_GONE:
            return replace(before, choices=tuple(word for word in words if word != drift.word))
        case Kind.WORD_NEW:
            return replace(before, choices=(*words, drift.word or ""))
        case Kind.READ_ONLY:
            return replace(before, is_writable=now.is_writable)
        case Kind.SHORTER:
            return replace(before, length=now.length)
    return now


def advice(drift: Drift) -> str:
    return _ADVICE[drift.kind]


_ADVICE: Mapping[Kind, str] = {
    Kind.GONE: "Restore the field at the vendor, or take it out of contract.yaml.",
    Kind.RENAMED: "Give the field its API name back, or write the new name into contract.yaml and run a backfill.",
    Kind.REPLACED: "Its values are gone. Fill it again, then accept: the records meet as for the first time.",
    Kind.TYPE: "Change it back, or give the field the fitting type in contract.yaml, then accept.",
    Kind.READ_ONLY: "Let the integration user edit it again, or narrow its direction in contract.yaml, then accept.",
    Kind.SHORTER: "Make it as long as before, or accept: longer values are then left out, and said so.",
    Kind.WORD_GONE: "Put the word back, or map it to another in contract.yaml, then accept.",
    Kind.WORD_NEW: "Map it in contract.yaml where it needs another word, then accept.",
    Kind.USER: "Activate the user, or name somebody else in handoff.yaml or sla.yaml.",
}

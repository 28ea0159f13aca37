"""Who might be whom: proposals for a person to judge. Likeness never links anybody by itself."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from baton.domain.contract import Contract, FieldType
from baton.domain.imprint import forms
from baton.domain.records import RecordRef, Seen, Value
from baton.domain.values.spelling import Spelling

Alike = Callable[[str, str], float]
"""How alike two texts are, from 0 to 100."""

ENOUGH = 50
_NAME, _ADDRESS, _COMPANY = 85, 90, 90


@dataclass(frozen=True, slots=True)
class Traits:
    """What a record says of who it is; None: nothing."""

    ref: RecordRef
    email: str | None
    name: str | None
    phone: str | None
    company: str | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """`score` is from 50 (two weak signs) to 100; `reasons` are sentences for a person."""

    ref: RecordRef
    score: int
    reasons: tuple[str, ...]


def traits_of(seen: Seen, contract: Contract, spelling: Spelling) -> Traits:
    said = forms(seen, contract, spelling)
    by_type = {rule.type: said.get(rule.name) for rule in contract.rules if rule.name in said}
    names = (by_type.get(FieldType.FIRST_NAME), by_type.get(FieldType.LAST_NAME))
    return Traits(
        seen.ref,
        _text(by_type.get(FieldType.EMAIL)),
        " ".join(str(each) for each in names if each) or None,
        _text(by_type.get(FieldType.PHONE)),
        _text(said.get("company")),
    )


def propose(one: Traits, others: Iterable[Traits], alike: Alike) -> tuple[Proposal, ...]:
    """The likeliest first. One sign alone is none: half of all Millers have a namesake."""
    found = (_proposal(one, other, alike) for other in others if other.ref != one.ref)
    return tuple(sorted((each for each in found if each is not None), key=lambda each: (-each.score, str(each.ref))))


def _proposal(one: Traits, other: Traits, alike: Alike) -> Proposal | None:
    signs = dict(_signs(one, other, alike))
    score = min(sum(signs.values()), 100)
    return Proposal(other.ref, score, tuple(signs)) if len(signs) > 1 and score >= ENOUGH else None


def _signs(one: Traits, other: Traits, alike: Alike) -> Iterable[tuple[str, int]]:
    if one.email and one.email == other.email:
        yield "the same address", 60
    elif (likeness := _likeness(one.email, other.email, alike)) >= _ADDRESS:
        yield f"addresses {likeness:.0f} % alike", 30
    if one.phone and one.phone == other.phone:
        yield "the same phone", 35
    if (likeness := _likeness(one.name, other.name, alike)) >= _NAME:
        yield ("the same name" if likeness > 99 else f"names {likeness:.0f} % alike"), 30
    if (likeness := _likeness(one.company, other.company, alike)) >= _COMPANY:
        yield "the same company", 20


def _likeness(one: str | None, other: str | None, alike: Alike) -> float:
    return alike(one.casefold(), other.casefold()) if one and other else 0


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def completeness(said: Mapping[str, Value]) -> int:
    """How many of the contract's fields a record fills."""
    return sum(value not in (None, "") for value in said.values())

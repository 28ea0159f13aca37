"""Who is there more than once, and which of the records should stay. A report: merging is a person's command."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from baton.domain.contract import Contract
from baton.domain.imprint import counterpart_of, forms
from baton.domain.proposing import Traits, completeness, traits_of
from baton.domain.records import CONTACTS, Crm, RecordRef, Seen
from baton.domain.values.spelling import Spelling


class Winning(StrEnum):
    """By what the record that should stay is chosen; asked in the contract's order."""

    CONTACTS_FIRST = "contacts_first"
    LINKED = "linked"
    MOST_COMPLETE = "most_complete"
    NEWEST = "newest"
    OLDEST = "oldest"


BY_DEFAULT = (Winning.CONTACTS_FIRST, Winning.LINKED, Winning.MOST_COMPLETE, Winning.OLDEST)


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one side that share a key: the first one should stay, and says why."""

    key: str
    value: str
    records: tuple[RecordRef, ...]
    why: str

    @property
    def is_across(self) -> bool:
        return len({ref.module for ref in self.records}) > 1


_Scores = tuple[object, ...]


def duplicates(
    found: Iterable[Seen], contract: Contract, spelling: Spelling, order: Sequence[Winning] = BY_DEFAULT
) -> tuple[Group, ...]:
    """Groups inside one side, by the address, and by name and phone together; the largest first."""
    seen = list(found)
    traits = {each.ref: traits_of(each, contract, spelling) for each in seen}
    groups: dict[tuple[Crm, str, str], list[Seen]] = defaultdict(list)
    for each in seen:
        for key, value in _keys(traits[each.ref]):
            groups[each.ref.crm, key, value].append(each)
    told: dict[frozenset[RecordRef], Group] = {}
    for (_, key, value), members in sorted(groups.items(), key=lambda item: item[0]):
        refs = frozenset(member.ref for member in members)
        if len(refs) > 1 and refs not in told:
            told[refs] = _group(key, value, members, contract, spelling, order)
    return tuple(sorted(told.values(), key=lambda group: (-len(group.records), group.key, group.value)))


def _keys(traits: Traits) -> Iterable[tuple[str, str]]:
    if traits.email:
        yield "address", traits.email
    if traits.name and traits.phone:
        yield "name and phone", f"{traits.name.casefold()} {traits.phone}"


def _group(
    key: str, value: str, members: Sequence[Seen], contract: Contract, spelling: Spelling, order: Sequence[Winning]
) -> Group:
    ranked = sorted(members, key=lambda each: _scores(each, contract, spelling, order))
    first, second = (_scores(each, contract, spelling, order) for each in ranked[:2])
    why = next((rule for rule, ours, theirs in zip(order, first, second, strict=False) if ours != theirs), None)
    return Group(key, value, tuple(each.ref for each in ranked), _REASONS[why] if why else "its id is the smaller one")


def _scores(seen: Seen, contract: Contract, spelling: Spelling, order: Sequence[Winning]) -> _Scores:
    """The smaller, the better; at the end the id, so that the choice is always the same."""
    return (*(_SCORE[rule](seen, contract, spelling) for rule in order), len(seen.ref.id), seen.ref.id)


def _filled(seen: Seen, contract: Contract, spelling: Spelling) -> int:
    return -completeness(forms(seen, contract, spelling))


def _linked(seen: Seen, contract: Contract, _: Spelling) -> int:
    return 0 if counterpart_of(seen, contract) else 1


def _is_lead(seen: Seen, _: Contract, __: Spelling) -> int:
    return 0 if seen.ref.module == CONTACTS else 1


def _age(seen: Seen, _: Contract, __: Spelling) -> datetime | str:
    return str(seen.row.get("Created_Time") or seen.row.get("cdate") or seen.version.isoformat())


def _lateness(seen: Seen, _: Contract, __: Spelling) -> float:
    return -seen.version.timestamp()


_SCORE: Mapping[Winning, Callable[[Seen, Contract, Spelling], object]] = {
    Winning.CONTACTS_FIRST: _is_lead,
    Winning.LINKED: _linked,
    Winning.MOST_COMPLETE: _filled,
    Winning.NEWEST: _lateness,
    Winning.OLDEST: _age,
}
_REASONS: Mapping[Winning, str] = {
    Winning.CONTACTS_FIRST: "it is a Contact",
    Winning.LINKED: "it is linked to an ActiveCampaign contact",
    Winning.MOST_COMPLETE: "it fills more of the contract's fields",
    Winning.NEWEST: "it was edited last",
    Winning.OLDEST: "it was created first",
}

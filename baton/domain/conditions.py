"""A condition on one field of a record: a list of words and nothing to compute, or YAML would need tests of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from baton.domain.records import Module, Row, Seen
from baton.domain.values.cleaning import cleaned
from baton.domain.values.places import held

BLANK = "blank"
"""How a condition and a reason name a field that holds nothing."""
SEVERAL = ("tags", "lists")
"""Places of an ActiveCampaign contact at which several words stand."""
_ACTIVE = "1"


@dataclass(frozen=True, slots=True)
class Condition:
    """The field holds one of these words; `blank` among them means that it may hold nothing.

    Of `tags` and of `lists` (by their ids, those a contact is active on) there may be several.

    places  the field's name per module; a record of another module is not concerned.
    """

    places: Mapping[Module, str]
    any_of: frozenset[str]

    def concerns(self, record: Seen) -> bool:
        return record.ref.module in self.places

    def holds(self, record: Seen) -> bool:
        said = words(record.row, self.places[record.ref.module])
        return not {each.casefold() for each in said}.isdisjoint(each.casefold() for each in self.any_of)

    def __str__(self) -> str:
        names = dict.fromkeys(self.places.values())
        return f"{'/'.join(names)} is {' or '.join(sorted(self.any_of))}"


def words(row: Row, place: str) -> frozenset[str]:
    """All that stands there, as a person would say it."""
    raw = row.get(place) if place in SEVERAL else None
    if isinstance(raw, Mapping):
        found = frozenset(str(key) for key, status in raw.items() if str(status) == _ACTIVE)
    elif isinstance(raw, list):
        found = frozenset(text for each in raw if (text := cleaned(each)) is not None)
    else:
        return frozenset({word(row, place)})
    return found or frozenset({BLANK})


def word(row: Row, place: str) -> str:
    """What the field holds, as a person would say it."""
    text = cleaned(held(row, place))
    return BLANK if text is None or text == "-None-" else text

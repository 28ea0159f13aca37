"""What people did that is judged later: what was said of which field, who is new, who asked to be called."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.scenarios.sides import Pair

CONTEST = "contest"
"""The role of a field that both sides edit; one that a single side edits has that side's name for its role."""


@dataclass(frozen=True, slots=True)
class Said:
    """`before`: how far each side's journal had come when it was said."""

    side: str
    value: str
    before: Mapping[str, int]


@dataclass(slots=True)
class Saying:
    """All that was said of one field of one pair in its last wave."""

    role: str
    wave: int
    said: list[Said] = field(default_factory=list)

    def last(self, side: str) -> Said | None:
        return next((each for each in reversed(self.said) if each.side == side), None)


@dataclass(slots=True)
class Newcomer:
    """Somebody made on one side, or on both at once. `values` by the names of the fields."""

    address: str
    values: dict[str, str]
    sides: tuple[str, ...]


@dataclass(slots=True)
class Record:
    """Everything people did that is judged later.

    requests   by contact, the address as it was typed at each submission.
    junk       contacts whose lead sales had thrown away before they asked.
    """

    sayings: dict[tuple[Pair, str], Saying] = field(default_factory=dict)
    newcomers: list[Newcomer] = field(default_factory=list)
    requests: dict[str, list[str]] = field(default_factory=dict)
    junk: set[str] = field(default_factory=set)
    deeds: Counter[str] = field(default_factory=Counter)

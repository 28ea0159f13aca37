"""What the pages ask of a CRM: its modules, lines of a list, cards of records, and the deeds behind the buttons.

How any of it looks is the drawing's matter.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Typed = Mapping[str, str]
"""What a form brought, by the names of its inputs; what is missing was not on it."""

Body = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """`kind` is one of text, email, tel, url, number, date, textarea, checkbox, select; choices are (value, words)."""

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_required: bool = False
    is_minor: bool = False
    """Minor ones stand folded away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """One thing to do with a record: the deed it is, and the deed's body made from what was typed."""

    key: str
    label: str
    deed: str
    body: Callable[[Typed], Body]
    inputs: tuple[Input, ...] = ()
    group: str = ""
    is_final: bool = False
    shows_next: Callable[[Typed], str] | None = None
    """The id of the record to look at afterwards; "" is the list, without it the same one again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    id: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    lines: Sequence[Line]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One record; without inputs it cannot be edited."""

    title: str
    facts: Sequence[tuple[str, str]]
    inputs: Sequence[Input] = ()
    buttons: Sequence[Button] = ()
    is_deleted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """`is_made_here`: whether the page offers a form for a new record."""

    name: str
    label: str
    columns: tuple[str, ...]
    is_made_here: bool = True
    has_bin: bool = False


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody who may sit in front of the screen."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which part of a module's list: `words` are searched for; `is_bin` asks for deleted records."""

    words: str = ""
    start: int = 0
    size: int = 50
    is_bin: bool = False


class Screens(Protocol):
    """Raises NoSuchRecordError for what is not there, RefusedEditError for what the vendor would not do."""

    title: str
    hands: Sequence[Hand]
    """Empty where it makes no difference who sits there; the first one does when nobody was chosen."""
    names: Mapping[str, str]
    """Whoever an effect may be by, as one calls them."""

    def modules(self) -> Sequence[Module]: ...

    def find(self, module: str, wanted: Wanted) -> Found: ...

    def card(self, module: str, id_: str) -> Card: ...

    def blank(self, module: str) -> Sequence[Input]: ...

    def values(self, module: str, id_: str | None, typed: Typed) -> Body:
        """What was typed as the deeds `create` and `edit` take it; of a record that is there, only what differs."""

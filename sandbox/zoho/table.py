"""What COQL and search read from: one module's records and the indexes over them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


class Table(Protocol):
    """`kinds` is the data type of every field that can be asked for, `lookups` the module a lookup leads to."""

    module: str
    kinds: Mapping[str, str]
    lookups: Mapping[str, str]

    def get(self, id: str) -> Mapping[str, Any] | None: ...  # noqa: A002 - the name every vendor record gives it

    def ids(self) -> Sequence[str]:
        """All, ascending as numbers."""

    def modified_from(self, moment: datetime) -> Sequence[tuple[datetime, str]]:
        """(Modified_Time, id), ascending, from the moment on."""

    def having(self, field: str, value: str) -> Collection[str] | None:
        """Ids by an indexed field; None when the field has no index."""

    def mentioning(self, text: str) -> Collection[str]:
        """Ids of the records some text of which, folded, holds this folded text."""

    def with_digits(self, digits: str) -> Collection[str]:
        """Ids of the records a telephone number of which holds these digits."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a query is not answered, as the vendor words it."""

    status: int
    code: str
    message: str
    details: dict[str, Any] = field(default_factory=dict)


class RefusedError(Exception):
    def __init__(self, code: str, message: str, **details: Any) -> None:
        super().__init__(code)
        self.refusal = Refusal(400, code, message, details)

"""What a query asks for: columns, conditions, order and bounds. How it is written and carried out is others' matter."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Comparison:
    """`values` are as they were written: text, number or truth."""

    column: str
    operator: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Two conditions joined by `and` or `or`."""

    word: str
    left: "Condition"
    right: "Condition"
    is_bracketed: bool = False


Condition = Comparison | Joined


@dataclass(frozen=True, slots=True)
class Order:
    column: str
    is_down: bool


@dataclass(frozen=True, slots=True)
class Query:
    columns: tuple[str, ...]
    module: str
    condition: Condition
    order: tuple[Order, ...]
    limit: int
    offset: int

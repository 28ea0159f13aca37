"""What a data type means to a query: which operators it knows, and how stored and written values are compared."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sandbox.zoho.stamps import parsed
from sandbox.zoho.table import RefusedError, Table

NUMBERS = frozenset({"integer", "double", "currency"})
LOOKUPS = frozenset({"lookup", "ownerlookup", "multi_module_lookup"})
_SAME = frozenset({"=", "!=", "in", "not in", "is null", "is not null"})
_ALIKE = _SAME | {"like", "not like"}
_ORDERED = _SAME | {">", "<", ">=", "<=", "between", "not between"}


def kind_of(name: str, table: Table) -> str:
    kind = table.kinds.get(name)
    if kind is None:
        raise RefusedError("INVALID_QUERY", "invalid query formed", column_name=name)
    return kind


def is_known_to(operator: str, kind: str) -> bool:
    if kind in LOOKUPS or kind == "boolean":
        return operator in _SAME
    is_ordered = kind in NUMBERS or kind in ("bigint", "date", "datetime")
    return operator in (_ORDERED if is_ordered else _ALIKE)


def reader(kind: str) -> Callable[[Any], Any]:
    """From a stored value to what is compared; None stays None, but a boolean that was never set is false."""
    if kind in LOOKUPS:
        return lambda value: str(value["id"]) if value else None
    if kind in NUMBERS:
        return lambda value: value
    readers: Mapping[str, Callable[[Any], Any]] = {
        "datetime": lambda value: parsed(value) if value else None,
        "bigint": lambda value: int(value) if value else None,
        "boolean": bool,
    }
    return readers.get(kind, _folded)


def written(kind: str, value: Any) -> Any:
    """From a value as the query writes it to what is compared; ValueError when it is none of its kind."""
    if kind in LOOKUPS:
        return str(int(value))
    if kind in NUMBERS:
        return float(value)
    writers: Mapping[str, Callable[[Any], Any]] = {
        "datetime": _moment,
        "date": lambda value: date.fromisoformat(str(value)).isoformat(),
        "bigint": lambda value: int(value),  # noqa: PLW0108 - a bare type is no typed function to mypy
        "boolean": _truth,
    }
    write: Callable[[Any], Any] = writers.get(kind, _folded)
    return write(value)


def _folded(value: Any) -> str | None:
    """Texts are the same whatever their case."""
    return None if value is None else str(value).lower()


def _moment(value: Any) -> datetime:
    moment = parsed(value)
    if moment is None:
        raise ValueError(value)
    return moment


def _truth(value: Any) -> bool:
    text = str(value).lower()
    if text not in ("true", "false"):
        raise ValueError(value)
    return text == "true"

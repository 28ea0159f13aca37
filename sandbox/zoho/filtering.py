"""Filters as bulk reads, the recycle bin and timelines take them: conditions in groups, each with a field and a value.

They read rows as these are stored; what an unknown field means to its caller is the caller's matter.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sandbox.zoho.coql.kinds import LOOKUPS, reader, written

Test = Callable[[Mapping[str, Any]], bool]
Judge = Callable[[Any, list[Any]], bool]


class BadFilterError(Exception):
    """`code` is the vendor's; `details` show the part that is wrong."""

    def __init__(self, code: str, message: str, details: Mapping[str, Any]) -> None:
        super().__init__(code)
        self.code, self.message, self.details = code, message, dict(details)


def _ordered(compares: Callable[[Any, Any], bool]) -> Judge:
    return lambda held, values: held is not None and compares(held, values[0])


def _between(held: Any, values: list[Any]) -> bool:
    return held is not None and bool(values[0] <= held <= values[-1])


def _text(held: Any) -> str:
    return "" if held is None else str(held)


COMPARATORS: Mapping[str, Judge] = {
    "equal": lambda held, values: held == values[0],
    "not_equal": lambda held, values: held != values[0],
    "in": lambda held, values: held in values,
    "not_in": lambda held, values: held not in values,
    "less_than": _ordered(operator.lt),
    "less_equal": _ordered(operator.le),
    "greater_than": _ordered(operator.gt),
    "greater_equal": _ordered(operator.ge),
    "between": _between,
    "not_between": lambda held, values: not _between(held, values),
    "contains": lambda held, values: str(values[0]) in _text(held),
    "not_contains": lambda held, values: str(values[0]) not in _text(held),
    "starts_with": lambda held, values: _text(held).startswith(str(values[0])),
    "ends_with": lambda held, values: _text(held).endswith(str(values[0])),
}
TEXTUAL = frozenset({"contains", "not_contains", "starts_with", "ends_with"})
BLANK = "${EMPTY}"


def test_of(asked: object, kinds: Mapping[str, str]) -> Test:
    """From what was said to a test of one row; `kinds` is the data type of every field that may be named."""
    if not isinstance(asked, Mapping):
        raise BadFilterError("INVALID_CRITERIA", "invalid criteria", {"api_name": "criteria"})
    if "group" in asked:
        return _group(asked, kinds)
    return _condition(asked, kinds)


def _group(asked: Mapping[str, Any], kinds: Mapping[str, str]) -> Test:
    word = str(asked.get("group_operator", "and")).lower()
    if word not in {"and", "or"}:
        raise BadFilterError(
            "GROUP_OPERATOR_NOT_SUPPORTED", "group operator not supported", {"supported": ["and", "or"]}
        )
    if not isinstance(asked["group"], list) or not asked["group"]:
        raise BadFilterError("INVALID_CRITERIA", "invalid criteria", {"api_name": "group"})
    tests = [test_of(part, kinds) for part in asked["group"]]
    meets = all if word == "and" else any
    return lambda row: meets(test(row) for test in tests)


def _condition(asked: Mapping[str, Any], kinds: Mapping[str, str]) -> Test:
    field = asked.get("field")
    name = str(field.get("api_name")) if isinstance(field, Mapping) else str(field)
    comparator = str(asked.get("comparator"))
    kind = kinds.get(name)
    if kind is None:
        raise BadFilterError("FIELD_IN_CRITERIA_NOT_SUPPORTED", "field in criteria not supported", {"api_name": name})
    if comparator not in COMPARATORS:
        raise BadFilterError("COMPARATOR_NOT_SUPPORTED", "comparator not supported", {"comparator": comparator})
    judge, reads = COMPARATORS[comparator], reader(kind)
    values = _values(asked.get("value"), name, kind, comparator)
    return lambda row: judge(reads(row.get(name)), values)


def _values(said: object, name: str, kind: str, comparator: str) -> list[Any]:
    pieces = said if isinstance(said, Sequence) and not isinstance(said, str) else [said]
    try:
        values = [_value(piece, kind, comparator) for piece in pieces]
    except (TypeError, ValueError):
        values = []
    if not values:
        details = {"api_name": name, "comparator": comparator, "value": said}
        raise BadFilterError("INVALID_CRITERIA", "comparator and value in criteria not compatible", details)
    return values


def _value(piece: object, kind: str, comparator: str) -> Any:
    if piece is None or piece == BLANK:
        return None
    named = piece.get("id", piece.get("api_name")) if isinstance(piece, Mapping) else piece
    return str(named).lower() if comparator in TEXTUAL and kind not in LOOKUPS else written(kind, named)

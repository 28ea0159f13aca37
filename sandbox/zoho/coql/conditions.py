"""From a condition to a test of one row, or a refusal when a column, operator or value does not fit."""

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.zoho.coql.kinds import is_known_to, kind_of, reader, written
from sandbox.zoho.coql.query import Comparison, Condition
from sandbox.zoho.table import RefusedError, Table

Row = Mapping[str, Any]
Test = Callable[[Row], bool]

_ORDERED: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}


def test_of(condition: Condition, table: Table) -> Test:
    if isinstance(condition, Comparison):
        return _comparison(condition, table)
    left, right = test_of(condition.left, table), test_of(condition.right, table)
    if condition.word == "and":
        return lambda row: left(row) and right(row)
    return lambda row: left(row) or right(row)


def _comparison(asked: Comparison, table: Table) -> Test:
    name, kind = asked.column, kind_of(asked.column, table)
    if not is_known_to(asked.operator, kind):
        _refuse(asked, f"the operator is not supported for {kind}")
    if asked.operator == "is null":
        return lambda row: row.get(name) in (None, "")
    if asked.operator == "is not null":
        return lambda row: row.get(name) not in (None, "")
    reads, judges = reader(kind), _judge(asked, kind)
    return lambda row: judges(reads(row.get(name)))


def _judge(asked: Comparison, kind: str) -> Callable[[Any], bool]:
    try:
        values = [written(kind, value) for value in asked.values]
    except (TypeError, ValueError):
        _refuse(asked, f"the value is no {kind}")
    judges = _positive(asked.operator.removeprefix("not "), values)
    if asked.operator.startswith("not "):
        return lambda held: not judges(held)
    return judges


def _positive(word: str, values: list[Any]) -> Callable[[Any], bool]:
    first = values[0]
    match word:
        case "=":
            return lambda held: bool(held == first)
        case "!=":
            return lambda held: bool(held != first)
        case "in":
            wanted = frozenset(values)
            return lambda held: held in wanted
        case "between":
            low, high = values
            return lambda held: held is not None and low <= held <= high
        case "like":
            pattern = re.compile(".*".join(re.escape(part) for part in first.split("%")), re.DOTALL)
            return lambda held: held is not None and pattern.fullmatch(held) is not None
    compares = _ORDERED[word]
    return lambda held: held is not None and compares(held, first)


def _refuse(asked: Comparison, reason: str) -> Any:
    details = {"column_name": asked.column, "operator": asked.operator, "reason": reason}
    raise RefusedError("INVALID_QUERY", "invalid query formed", **details)

"""Carries a query out: an index where one helps, then the conditions, the order and the bounds."""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import Any

from sandbox.zoho.coql.query import Comparison, Condition, Query
from sandbox.zoho.stamps import parsed
from sandbox.zoho.table import RefusedError, Table

Row = Mapping[str, Any]
Test = Callable[[Row], bool]

_ORDERED: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}
MOST_IN = 50
BEGINNING = datetime.min.replace(tzinfo=UTC)


def rows_of(query: Query, table: Table) -> tuple[list[Row], bool]:
    """The rows asked for, and whether there are more."""
    for name in (*query.columns, *(name for name, _ in query.order)):
        _kind(table, name)
    assert query.condition is not None  # noqa: S101 - checked when it was parsed
    test = _test(query.condition, table)
    end = query.offset + query.limit
    by_change = [name for name, is_down in query.order if not is_down] == ["Modified_Time", "id"]
    candidates = _candidates(query.condition, table, by_change=by_change)
    if by_change or not query.order:
        found = _first(candidates, test, end + 1)
    else:
        found = _sorted([row for row in candidates if test(row)], query, table)
    return found[query.offset : end], len(found) > end


def _first(candidates: Iterable[Row], test: Test, most: int) -> list[Row]:
    found = []
    for row in candidates:
        if test(row):
            found.append(row)
            if len(found) == most:
                break
    return found


def _candidates(condition: Condition, table: Table, *, by_change: bool) -> Iterable[Row]:
    if by_change:
        start = _earliest(condition)
        return _rows(table, (id_ for _, id_ in table.modified_from(start or BEGINNING)))
    looked_up = _looked_up(condition, table)
    return _rows(table, table.ids()) if looked_up is None else looked_up


def _rows(table: Table, ids: Iterable[str]) -> Iterator[Row]:
    return (row for id_ in ids if (row := table.get(id_)) is not None)


def _looked_up(condition: Condition, table: Table) -> list[Row] | None:
    """The rows an index names, when the whole condition is one equality or `in` on an indexed field."""
    if not isinstance(condition, Comparison) or condition.operator not in ("=", "in"):
        return None
    if condition.column == "id":
        ids = [str(value) for value in condition.values]
    else:
        found = [table.having(condition.column, str(value)) for value in condition.values]
        if any(each is None for each in found):
            return None
        ids = [id_ for each in found for id_ in each or ()]
    return list(_rows(table, sorted(set(ids), key=int)))


def _earliest(condition: Condition) -> datetime | None:
    """A moment before which no row can meet the condition, as far as that is easy to see."""
    if isinstance(condition, Comparison):
        if condition.column == "Modified_Time" and condition.operator in (">", ">=", "="):
            return _moment(condition.values[0])
        return None
    left, right = _earliest(condition.left), _earliest(condition.right)
    if condition.word == "and":
        known = [each for each in (left, right) if each is not None]
        return max(known) if known else None
    return min(left, right) if left is not None and right is not None else None


def _test(condition: Condition, table: Table) -> Test:
    if isinstance(condition, Comparison):
        return _compare(condition, _kind(table, condition.column))
    left, right = _test(condition.left, table), _test(condition.right, table)
    return _both(left, right) if condition.word == "and" else _either(left, right)


def _both(left: Test, right: Test) -> Test:
    return lambda row: left(row) and right(row)


def _either(left: Test, right: Test) -> Test:
    return lambda row: left(row) or right(row)


def _compare(condition: Comparison, kind_of: str) -> Test:
    name, kind = condition.column, condition.operator
    if kind.endswith("null"):
        wants_null = kind == "is null"
        return lambda row: (row.get(name) in (None, "")) == wants_null
    if kind.startswith("not "):
        positive = _compare(Comparison(name, kind.removeprefix("not "), condition.values), kind_of)
        return lambda row: not positive(row)
    if kind == "in" and len(condition.values) > MOST_IN:
        raise RefusedError("LIMIT_EXCEEDED", "limit exceeded", limit=MOST_IN, operator="in")
    reads = _reader(kind_of)
    values = [_value(kind_of, value) for value in condition.values]
    return _meets(kind, lambda row: reads(row.get(name)), values)


def _meets(kind: str, reads: Callable[[Row], Any], values: list[Any]) -> Test:
    match kind:
        case "in":
            wanted = frozenset(values)
            return lambda row: reads(row) in wanted
        case "between":
            low, high = values
            return lambda row: (value := reads(row)) is not None and low <= value <= high
        case "like":
            pattern = str(values[0]).lower().replace("%", "*")
            return lambda row: fnmatchcase(str(reads(row) or "").lower(), pattern)
    compares, wanted_value = _ORDERED[kind], values[0]
    if kind == "!=":
        return lambda row: bool(reads(row) != wanted_value)
    return lambda row: (value := reads(row)) is not None and compares(value, wanted_value)


def _reader(kind_of: str) -> Callable[[Any], Any]:
    match kind_of:
        case "datetime":
            return lambda value: parsed(value) if value else None
        case "bigint":
            return lambda value: int(value) if value else None
        case "lookup" | "ownerlookup":
            return lambda value: str(value["id"]) if value else None
        case "boolean":
            return bool
        case "double" | "currency" | "integer":
            return lambda value: value
    return lambda value: str(value).lower() if value is not None else None


def _value(kind_of: str, value: Any) -> Any:
    match kind_of:
        case "datetime":
            return _moment(value)
        case "bigint":
            return int(value)
        case "lookup" | "ownerlookup":
            return str(value)
        case "boolean":
            return value is True or str(value).lower() == "true"
        case "double" | "currency" | "integer":
            return float(value)
    return str(value).lower()


def _moment(value: Any) -> datetime:
    moment = parsed(str(value))
    if moment is None:
        raise RefusedError("INVALID_QUERY", "invalid query formed", reason="invalid datetime", value=str(value))
    return moment


def _kind(table: Table, name: str) -> str:
    kind = "bigint" if name == "id" else table.kinds.get(name)
    if kind is None:
        raise RefusedError("INVALID_QUERY", "invalid query formed", column_name=name)
    return kind


def _sorted(rows: list[Row], query: Query, table: Table) -> list[Row]:
    for name, is_down in reversed(query.order):
        rows.sort(key=_key(name, _reader(_kind(table, name))), reverse=is_down)
    return rows


def _key(name: str, reads: Callable[[Any], Any]) -> Callable[[Row], tuple[bool, Any]]:
    """Blanks come first, whatever they are compared with."""

    def key(row: Row) -> tuple[bool, Any]:
        value = reads(row.get(name))
        return (value is not None, 0 if value is None else value)

    return key

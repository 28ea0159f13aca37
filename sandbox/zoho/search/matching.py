"""From criteria to a test of one row: near matches on texts, order on numbers and times, exactness on the rest."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.zoho.coql.kinds import LOOKUPS, is_known_to, reader, written
from sandbox.zoho.search.criteria import MOST_VALUES, Criterion, Part
from sandbox.zoho.search.folding import folded
from sandbox.zoho.table import RefusedError, Table

Test = Callable[[Mapping[str, Any]], bool]
Judge = Callable[[Any], bool]

_ORDERED: dict[str, Callable[[Any, Any], bool]] = {
    "greater_than": operator.gt,
    "greater_equal": operator.ge,
    "less_than": operator.lt,
    "less_equal": operator.le,
}
_TEXTS = frozenset({"equals", "not_equal", "starts_with", "in"})
_ANY_ORDERED = frozenset({"equals", "not_equal", "in", "between", *_ORDERED})


def test_of(part: Part, table: Table) -> Test:
    if isinstance(part, Criterion):
        return _criterion(part, table)
    left, right = test_of(part.left, table), test_of(part.right, table)
    if part.word == "and":
        return lambda row: left(row) and right(row)
    return lambda row: left(row) or right(row)


def _criterion(asked: Criterion, table: Table) -> Test:
    name, kind = asked.field, table.kinds.get(asked.field)
    if kind is None:
        raise RefusedError("INVALID_QUERY", "Invalid query formed", api_name=name, reason="the field is not known")
    if len(asked.values) > MOST_VALUES:
        raise RefusedError("INVALID_QUERY", f'Only {MOST_VALUES} values are allowed in "IN" criteria', api_name=name)
    if is_known_to("like", kind):
        _must_be_one_of(_TEXTS, asked)
        judges = _text(asked, is_exact=kind == "picklist")
        return lambda row: judges(folded("" if row.get(name) is None else row[name]))
    _must_be_one_of(_known_to(kind), asked)
    reads, compares = reader(kind), _exact(asked, kind)
    return lambda row: compares(reads(row.get(name)))


def _known_to(kind: str) -> frozenset[str]:
    if kind == "boolean":
        return frozenset({"equals", "not_equal"})
    return _TEXTS - {"starts_with"} if kind in LOOKUPS else _ANY_ORDERED


def _must_be_one_of(known: frozenset[str], asked: Criterion) -> None:
    if asked.operator not in known:
        details = {"api_name": asked.field, "operator": asked.operator}
        raise RefusedError("NOT_SUPPORTED", "operator is not supported", **details)


def _text(asked: Criterion, *, is_exact: bool) -> Judge:
    wanted, words = folded(asked.text), frozenset(folded(value) for value in asked.values)
    match asked.operator:
        case "not_equal":
            return lambda held: bool(held != wanted)
        case "starts_with":
            return lambda held: bool(held.startswith(wanted))
        case "in":
            return lambda held: held in words
    if is_exact:
        return lambda held: bool(held == wanted)
    return lambda held: wanted in held


def _exact(asked: Criterion, kind: str) -> Judge:
    pieces = asked.values if asked.operator in ("in", "between") else (asked.text,)
    try:
        values = [written(kind, piece) for piece in pieces]
        first, last = values[0], values[-1]
    except (IndexError, ValueError):
        details = {"api_name": asked.field, "expected_data_type": kind}
        raise RefusedError("INVALID_QUERY", "Invalid query formed", **details) from None
    match asked.operator:
        case "equals" | "in":
            return lambda held: held in values
        case "not_equal":
            return lambda held: bool(held != first)
        case "between":
            return lambda held: held is not None and first <= held <= last
    compares = _ORDERED[asked.operator]
    return lambda held: held is not None and compares(held, first)

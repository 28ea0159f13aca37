"""Which rows are worth testing: those an index names, those changed since a moment, or all; never too few."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice

from sandbox.zoho.coql.kinds import written
from sandbox.zoho.coql.query import Comparison, Condition, Order, Query
from sandbox.zoho.table import Table

BEGINNING = datetime.min.replace(tzinfo=UTC)
_BY_CHANGE = (Order("Modified_Time", is_down=False), Order("id", is_down=False))
# Below this share of the table it is cheaper to put the changed rows in order than to look at every row.
_FEW = 0.25


def is_by_change(order: Sequence[Order]) -> bool:
    return bool(order) and tuple(order) in (_BY_CHANGE, _BY_CHANGE[:1])


def is_by_id(order: Sequence[Order]) -> bool:
    return not order or order[0] == _BY_CHANGE[1]


def candidates(query: Query, table: Table) -> tuple[Iterable[str], bool]:
    """Ids, and whether they already stand in the order asked for."""
    named = _named(query.condition, table)
    if named is not None:
        return sorted(named, key=int), is_by_id(query.order)
    start = _earliest(query.condition)
    if is_by_change(query.order):
        return (id_ for _, id_ in table.modified_from(start or BEGINNING)), True
    if start is not None:
        changed = table.modified_from(start)
        if len(changed) < _FEW * len(table.ids()):
            return sorted((id_ for _, id_ in changed), key=int), is_by_id(query.order)
    return _from_id(_above(query.condition), table.ids()), is_by_id(query.order)


def _from_id(above: int | None, ids: Sequence[str]) -> Iterable[str]:
    return ids if above is None else islice(ids, bisect_right(ids, above, key=int), None)


def _named(condition: Condition, table: Table) -> set[str] | None:
    """The ids an index names; None when no index narrows the condition down."""
    if isinstance(condition, Comparison):
        return _held(condition, table) if condition.operator in ("=", "in") else None
    left, right = _named(condition.left, table), _named(condition.right, table)
    if condition.word == "and":
        return right if left is None else left
    return None if left is None or right is None else left | right


def _held(asked: Comparison, table: Table) -> set[str] | None:
    if asked.column == "id":
        return {str(int(value)) for value in asked.values}
    found = [table.having(asked.column, str(value)) for value in asked.values]
    if any(each is None for each in found):
        return None
    return {id_ for each in found for id_ in each or ()}


def _earliest(condition: Condition) -> datetime | None:
    """A moment before which no row can meet the condition, as far as that is easy to see."""
    if isinstance(condition, Comparison):
        is_bound = condition.column == "Modified_Time" and condition.operator in (">", ">=", "=", "between")
        return written("datetime", condition.values[0]) if is_bound else None
    left, right = _earliest(condition.left), _earliest(condition.right)
    if condition.word == "or":
        return min(left, right) if left is not None and right is not None else None
    known = [each for each in (left, right) if each is not None]
    return max(known) if known else None


def _above(condition: Condition) -> int | None:
    """An id that every row which meets the condition comes after, when one side of an `and` says so."""
    if isinstance(condition, Comparison):
        return int(condition.values[0]) if (condition.column, condition.operator) == ("id", ">") else None
    if condition.word == "or":
        return None
    known = [each for each in (_above(condition.left), _above(condition.right)) if each is not None]
    return max(known) if known else None

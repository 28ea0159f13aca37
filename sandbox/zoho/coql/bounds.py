"""How much one query may ask for, and that more than two conditions stand in pairs of brackets."""

from sandbox.zoho.coql.query import Comparison, Condition, Joined, Query
from sandbox.zoho.table import RefusedError

MOST_COLUMNS = 50
MOST_CONDITIONS = 25
MOST_ORDERS = 10
MOST_VALUES = 50
MOST_ROWS = 2_000
FURTHEST_OFFSET = 100_000


def check(query: Query) -> None:
    """Raises RefusedError at the first bound that is broken."""
    if query.limit <= 0:
        raise RefusedError("INVALID_DATA", "limit should be greater than 0", limit=query.limit)
    if query.offset < 0:
        raise RefusedError("INVALID_DATA", "offset should not be less than 0", offset=query.offset)
    conditions, comparisons = _parts(query.condition)
    for clause, count, most in (
        ("select", len(query.columns), MOST_COLUMNS),
        ("where", len(comparisons), MOST_CONDITIONS),
        ("in", max(len(each.values) for each in comparisons), MOST_VALUES),
        ("order by", len(query.order), MOST_ORDERS),
        ("limit", query.limit, MOST_ROWS),
        ("offset", query.offset, FURTHEST_OFFSET),
    ):
        if count > most:
            raise RefusedError("LIMIT_EXCEEDED", "limit exceeded", limit=most, clause=clause)
    if any(_stands_bare(side) for each in conditions for side in (each.left, each.right)):
        raise RefusedError("SYNTAX_ERROR", "conditions must be bracketed in pairs", clause="where")


def _stands_bare(condition: Condition) -> bool:
    return isinstance(condition, Joined) and not condition.is_bracketed


def _parts(condition: Condition) -> tuple[list[Joined], list[Comparison]]:
    """Without recursion: a query as deep as a text allows must be refused, not crash."""
    joined, comparisons, open_ = [], [], [condition]
    while open_:
        each = open_.pop()
        if isinstance(each, Joined):
            joined.append(each)
            open_ += (each.left, each.right)
        else:
            comparisons.append(each)
    return joined, comparisons

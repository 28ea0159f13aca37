"""Carries a query out: the rows worth testing, the test, the order and the bounds."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from sandbox.zoho.coql.conditions import Row, test_of
from sandbox.zoho.coql.kinds import kind_of, reader
from sandbox.zoho.coql.planning import candidates
from sandbox.zoho.coql.query import Query
from sandbox.zoho.table import Table


def rows_of(query: Query, table: Table) -> tuple[list[Row], bool]:
    """The rows asked for, and whether there are more."""
    for name in (*query.columns, *(each.column for each in query.order)):
        kind_of(name, table)
    meets = test_of(query.condition, table)
    ids, is_ordered = candidates(query, table)
    found: Iterable[Row] = (row for id_ in ids if (row := table.get(id_)) is not None and meets(row))
    if not is_ordered:
        found = _sorted(list(found), query, table)
    page = list(islice(found, query.offset, query.offset + query.limit + 1))
    return page[: query.limit], len(page) > query.limit


def _sorted(rows: list[Row], query: Query, table: Table) -> list[Row]:
    for each in reversed(query.order):
        rows.sort(key=_key(each.column, reader(kind_of(each.column, table))), reverse=each.is_down)
    return rows


def _key(name: str, reads: Callable[[Any], Any]) -> Callable[[Row], tuple[bool, Any]]:
    """Blanks come first, whatever they are compared with."""

    def key(row: Row) -> tuple[bool, Any]:
        value = reads(row.get(name))
        return (value is not None, 0 if value is None else value)

    return key

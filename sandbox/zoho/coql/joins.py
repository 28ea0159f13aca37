"""Columns of the record a lookup points to (`Account_Name.Industry`), seen as columns of the row itself."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sandbox.zoho.coql.query import Comparison, Condition, Query
from sandbox.zoho.table import RefusedError, Table


class JoinedTable:
    """A table with some columns of others beside its own; what it asks of the indexes, they answer as before."""

    def __init__(self, table: Table, tables: Mapping[str, Table], names: Iterable[str]) -> None:
        self._table = table
        self._reached = {name: _reach(table, tables, name) for name in names}
        self.module = table.module
        self.lookups = table.lookups
        self.kinds: Mapping[str, str] = {
            **table.kinds,
            **{name: kind for name, (_, _, _, kind) in self._reached.items()},
        }

    def ids(self) -> Sequence[str]:
        return self._table.ids()

    def modified_from(self, moment: datetime) -> Sequence[tuple[datetime, str]]:
        return self._table.modified_from(moment)

    def having(self, field: str, value: str) -> Collection[str] | None:
        return self._table.having(field, value)

    def mentioning(self, text: str) -> Collection[str]:
        return self._table.mentioning(text)

    def with_digits(self, digits: str) -> Collection[str]:
        return self._table.with_digits(digits)

    def get(self, id: str) -> Mapping[str, Any] | None:  # noqa: A002 - the name every vendor record gives it
        row = self._table.get(id)
        if row is None:
            return None
        return {**row, **{name: _read(row, *path[:3]) for name, path in self._reached.items()}}


def with_joins(query: Query, tables: Mapping[str, Table], table: Table) -> Table:
    names = {*query.columns, *_columns(query.condition), *(each.column for each in query.order)}
    dotted = sorted(name for name in names if "." in name)
    return JoinedTable(table, tables, dotted) if dotted else table


def _columns(condition: Condition) -> list[str]:
    if isinstance(condition, Comparison):
        return [condition.column]
    return [*_columns(condition.left), *_columns(condition.right)]


def _reach(table: Table, tables: Mapping[str, Table], name: str) -> tuple[str, Table, str, str]:
    lookup, _, column = name.partition(".")
    other = tables.get(table.lookups.get(lookup, ""))
    kind = other.kinds.get(column) if other else None
    if other is None or kind is None:
        raise RefusedError("INVALID_QUERY", "invalid query formed", column_name=name)
    return lookup, other, column, kind


def _read(row: Mapping[str, Any], lookup: str, other: Table, column: str) -> Any:
    named = row.get(lookup)
    found = other.get(named["id"]) if named else None
    return found.get(column) if found else None

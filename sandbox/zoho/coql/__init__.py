"""Zoho's query language: a grammar, what a query means, and how it is carried out on a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.zoho.coql.joins import with_joins
from sandbox.zoho.coql.parsing import parsed
from sandbox.zoho.coql.running import rows_of
from sandbox.zoho.table import Refusal, RefusedError, Table

__all__ = ["Refusal", "Rows", "run"]


@dataclass(frozen=True, slots=True)
class Rows:
    data: list[dict[str, Any]]
    more_records: bool


def run(query: str, tables: Mapping[str, Table]) -> Rows | Refusal:
    """The selected fields of the rows asked for, and always their id."""
    try:
        asked = parsed(query)
        rows, more = rows_of(asked, with_joins(asked, tables, _table(asked.module, tables)))
    except RefusedError as refused:
        return refused.refusal
    return Rows([{**{name: row.get(name) for name in asked.columns}, "id": row["id"]} for row in rows], more)


def _table(module: str, tables: Mapping[str, Table]) -> Table:
    table = tables.get(module)
    if table is None:
        raise RefusedError("INVALID_MODULE", "the given module is not supported in api", module=module)
    return table

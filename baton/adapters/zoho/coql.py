"""Queries in COQL: what to select, from where in the order of (Modified_Time, id), with values quoted safely."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from baton.adapters.zoho.stamps import written
from baton.domain.failures import Rejected

FIRST_PAGE = 200
PAGE = 2000
VALUES = 50
_THE_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)?")


@dataclass(frozen=True, slots=True)
class Position:
    """The last row that was read; written `2025-01-28T15:31:23+00:00|4876…`."""

    modified: datetime
    id: str

    def __str__(self) -> str:
        return f"{written(self.modified)}|{self.id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        modified, _, id_ = text.partition("|")
        return cls(datetime.fromisoformat(modified), id_)


def cost(limit: int) -> int:
    """Zoho's credits for a query go by its LIMIT and not by what it finds."""
    return 1 if limit <= 200 else 2 if limit <= 1000 else 3


def changes(
    module: str,
    fields: Sequence[str],
    *,
    since: datetime | None,
    after: Position | None,
    limit: int,
    until: datetime | None = None,
) -> str:
    if after is None:
        where = f"(Modified_Time >= {quoted(written(since or _THE_BEGINNING))})"
    else:
        moment, id_ = quoted(written(after.modified)), quoted(after.id)
        where = f"((Modified_Time > {moment}) or ((Modified_Time = {moment}) and (id > {id_})))"
    if until is not None:
        where = f"({where} and (Modified_Time < {quoted(written(until))}))"
    return f"{_select(module, fields)} where {where} order by Modified_Time asc, id asc limit {limit}"


def holding(module: str, fields: Sequence[str], *, field: str, values: Sequence[str]) -> str:
    if not _NAME.fullmatch(field):
        raise Rejected("that is no name of a Zoho field", code="not_findable", field=field)
    listed = ", ".join(quoted(value) for value in values)
    return f"{_select(module, fields)} where ({field} in ({listed})) order by id asc limit {FIRST_PAGE}"


def listed(module: str, *, after: str | None) -> str:
    where = f"(id > {quoted(after or '0')})"
    return f"{_select(module, ('id', 'Modified_Time'))} where {where} order by id asc limit {PAGE}"


def touched_since(module: str, moment: datetime, *, id_: str | None = None) -> str:
    window = f"(Modified_Time >= {quoted(written(moment))})"
    where = window if id_ is None else f"((id = {quoted(id_)}) and {window})"
    return f"{_select(module, ('id', 'Modified_Time'))} where {where} limit 1"


def quoted(value: str) -> str:
    """A text in single quotes that cannot end before its end."""
    safe = "".join(" " if ord(letter) < 32 else letter for letter in value)
    return "'" + safe.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _select(module: str, fields: Sequence[str]) -> str:
    return f"select {', '.join(fields)} from {module}"  # noqa: S608 -- COQL reads only, and the names are the contract's

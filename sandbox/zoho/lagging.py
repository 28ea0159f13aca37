"""A module as a query sees it that lags behind: whatever changed a moment ago is not there yet."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sandbox.store import Row
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.table import Table
from sandbox.zoho.world import World


def seen_by_queries(world: World) -> Mapping[str, Table]:
    lag = timedelta(seconds=world.ground.settings["coql_lag_seconds"])
    if not lag:
        return world.tables
    latest = world.ground.clock.now() - lag
    return {name: Lagging(table, latest) for name, table in world.tables.items()}


class Lagging:
    """Every way to find a record ends in `get`, which knows none that changed after `latest`."""

    def __init__(self, table: RecordTable, latest: datetime) -> None:
        self._table = table
        self._latest = latest
        self.module = table.module
        self.kinds = table.kinds
        self.lookups = table.lookups

    def get(self, id: str) -> Row | None:  # noqa: A002 - the name every vendor record gives it
        row = self._table.get(id)
        return row if row is not None and self._table.modified(id) <= self._latest else None

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

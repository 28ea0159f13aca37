"""What each vendor last said about its fields."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from baton.adapters.database.connecting import Desk, packed, sql
from baton.domain.contract import FieldSchema, Schema
from baton.domain.records import Module

_READ = sql("SELECT module, fields FROM schemas WHERE connection = :connection")
_KEEP = sql("""
    INSERT INTO schemas (connection, module, fields, read_at)
    VALUES (:connection, :module, CAST(:fields AS jsonb), :now)
    ON CONFLICT (connection, module) DO UPDATE SET fields = excluded.fields, read_at = excluded.read_at
""")


@dataclass(frozen=True, slots=True)
class PostgresSchemas:
    desk: Desk

    def read(self) -> Mapping[Module, Schema]:
        with self.desk.engine.connect() as tx:
            rows = self.desk.rows(tx, _READ)
        return {Module.parse(row["module"]): _schema(row["fields"]) for row in rows}

    def keep(self, module: Module, schema: Schema, *, now: datetime) -> None:
        fields = packed([asdict(field) for field in schema.values()])
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _KEEP, module=str(module), fields=fields, now=now)


def _schema(fields: list[dict[str, object]]) -> Schema:
    read = [FieldSchema(**{**field, "choices": _choices(field["choices"])}) for field in fields]  # type: ignore[arg-type]  # JSON we wrote ourselves
    return {field.name: field for field in read}


def _choices(stored: object) -> tuple[str, ...] | None:
    return tuple(stored) if isinstance(stored, list) else None

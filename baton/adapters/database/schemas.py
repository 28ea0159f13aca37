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
_AGREED = sql("SELECT module, agreed FROM schemas WHERE connection = :connection")
_AGREE = sql("""
    UPDATE schemas SET agreed = CAST(:fields AS jsonb) WHERE connection = :connection AND module = :module
      AND agreed IS DISTINCT FROM CAST(:fields AS jsonb)
""")
_OLDEST = sql("SELECT min(read_at) AS read_at FROM schemas WHERE connection = :connection")


@dataclass(frozen=True, slots=True)
class PostgresSchemas:
    desk: Desk

    def read(self) -> Mapping[Module, Schema]:
        with self.desk.engine.connect() as tx:
            rows = self.desk.rows(tx, _READ)
        return {Module.parse(row["module"]): _schema(row["fields"]) for row in rows}

    def keep(self, module: Module, schema: Schema, *, now: datetime) -> None:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _KEEP, module=str(module), fields=_packed(schema), now=now)

    def agreed(self) -> Mapping[Module, Schema]:
        with self.desk.engine.connect() as tx:
            rows = self.desk.rows(tx, _AGREED)
        return {Module.parse(row["module"]): _schema(row["agreed"] or []) for row in rows}

    def agree(self, schemas: Mapping[Module, Schema]) -> None:
        with self.desk.engine.begin() as tx:
            for module, schema in schemas.items():
                self.desk.run(tx, _AGREE, module=str(module), fields=_packed(schema))

    def are_older_than(self, moment: datetime) -> bool:
        with self.desk.engine.connect() as tx:
            oldest = self.desk.rows(tx, _OLDEST)[0]["read_at"]
        return oldest is None or oldest < moment


def _packed(schema: Schema) -> str:
    return packed([asdict(field) for field in schema.values()])


def _schema(fields: list[dict[str, object]]) -> Schema:
    read = [FieldSchema(**{**field, "choices": _choices(field["choices"])}) for field in fields]  # type: ignore[arg-type]  # JSON we wrote ourselves
    return {field.name: field for field in read}


def _choices(stored: object) -> tuple[str, ...] | None:
    return tuple(stored) if isinstance(stored, list) else None

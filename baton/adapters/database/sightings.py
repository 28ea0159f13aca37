"""Records that we hold and that were not there when somebody looked: gone only after a second look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from baton.adapters.database.connecting import Desk, again_after_a_collision, sql
from baton.domain.records import Module, RecordRef

_HELD = sql("""
    SELECT ref FROM mirror WHERE connection = :connection AND module = :module AND gone_at IS NULL
      AND (CAST(:after AS text) IS NULL OR ref > :after)
    ORDER BY ref LIMIT :limit
""")
_MISS = sql("""
    INSERT INTO sightings (connection, ref, module, missed_at)
    SELECT m.connection, m.ref, m.module, :now FROM mirror m
    WHERE m.connection = :connection AND m.ref = ANY(:refs) AND m.gone_at IS NULL ORDER BY m.ref
    ON CONFLICT (connection, ref) DO NOTHING
""")
_SEEN = sql("DELETE FROM sightings WHERE connection = :connection AND ref = ANY(:refs)")
_MISSED = sql("""
    SELECT ref FROM sightings WHERE connection = :connection AND module = :module AND missed_at <= :before
    ORDER BY ref LIMIT :limit
""")
_COUNTS = sql("""
    SELECT (SELECT count(*) FROM sightings WHERE connection = :connection AND module = :module) AS missed,
           (SELECT count(*) FROM mirror WHERE connection = :connection AND module = :module AND gone_at IS NULL) AS held
""")


@dataclass(frozen=True, slots=True)
class PostgresSightings:
    desk: Desk

    def held(self, module: Module, *, after: str | None, limit: int) -> tuple[RecordRef, ...]:
        with self.desk.engine.connect() as tx:
            rows = self.desk.rows(tx, _HELD, module=str(module), after=after, limit=limit)
        return tuple(RecordRef.parse(row["ref"]) for row in rows)

    @again_after_a_collision
    def miss(self, refs: Sequence[RecordRef], *, now: datetime) -> None:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _MISS, refs=[str(ref) for ref in refs], now=now)

    @again_after_a_collision
    def seen(self, refs: Sequence[RecordRef]) -> None:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _SEEN, refs=[str(ref) for ref in refs])

    def missed(self, module: Module, *, before: datetime, limit: int) -> tuple[RecordRef, ...]:
        with self.desk.engine.connect() as tx:
            rows = self.desk.rows(tx, _MISSED, module=str(module), before=before, limit=limit)
        return tuple(RecordRef.parse(row["ref"]) for row in rows)

    def counts(self, module: Module) -> tuple[int, int]:
        with self.desk.engine.connect() as tx:
            row = self.desk.rows(tx, _COUNTS, module=str(module))[0]
        return int(row["missed"]), int(row["held"])

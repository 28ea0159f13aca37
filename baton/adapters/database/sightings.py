"""Records that we hold and that were not there when somebody looked: gone only after a second look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import RowMapping

from baton.adapters.database.connecting import Desk, again_after_a_collision, packed, sql
from baton.domain.records import Module, RecordRef

# The ids are numbers, and among texts the shorter number is the smaller one.
_UNSEEN = sql("""
    INSERT INTO sightings (connection, ref, module)
    SELECT m.connection, m.ref, m.module FROM mirror m
    WHERE m.connection = :connection AND m.module = :module AND (length(m.ref), m.ref) > (:after_length, :after)
      AND (length(m.ref), m.ref) <= (:until_length, :until) AND m.gone_at IS NULL
      AND NOT (m.ref = ANY(:refs))
    ON CONFLICT (connection, ref) DO NOTHING
""")
_STALE = sql("""
    SELECT s.ref FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS s(ref text, version timestamptz)
    LEFT JOIN mirror m ON m.connection = :connection AND m.ref = s.ref
    WHERE m.ref IS NULL OR m.gone_at IS NOT NULL OR s.version > m.version
    ORDER BY length(s.ref), s.ref LIMIT :limit
""")
_NOT_LOOKED_FOR = sql("""
    SELECT ref FROM sightings WHERE connection = :connection AND module = :module AND missed_at IS NULL
    ORDER BY ref LIMIT :limit
""")
_MISS = sql("""
    INSERT INTO sightings AS s (connection, ref, module, missed_at)
    SELECT m.connection, m.ref, m.module, :now FROM mirror m
    WHERE m.connection = :connection AND m.ref = ANY(:refs) AND m.gone_at IS NULL ORDER BY m.ref
    ON CONFLICT (connection, ref) DO UPDATE SET missed_at = coalesce(s.missed_at, excluded.missed_at)
""")
_SEEN = sql("DELETE FROM sightings WHERE connection = :connection AND ref = ANY(:refs)")
_MISSED = sql("""
    SELECT ref FROM sightings WHERE connection = :connection AND module = :module AND missed_at <= :before
    ORDER BY ref LIMIT :limit
""")
_ENDLESS = 1_000_000
_COUNTS = sql("""
    SELECT (SELECT count(*) FROM sightings
            WHERE connection = :connection AND module = :module AND missed_at IS NOT NULL) AS missed,
           (SELECT count(*) FROM mirror WHERE connection = :connection AND module = :module AND gone_at IS NULL) AS held
""")


@dataclass(frozen=True, slots=True)
class PostgresSightings:
    desk: Desk

    def stale(self, stamps: Mapping[RecordRef, datetime], *, limit: int) -> tuple[RecordRef, ...]:
        rows = packed([{"ref": str(ref), "version": stamp} for ref, stamp in stamps.items()])
        with self.desk.engine.connect() as tx:
            return _refs(self.desk.rows(tx, _STALE, rows=rows, limit=limit))

    @again_after_a_collision
    def compare(self, module: Module, shown: Sequence[RecordRef], *, after: str | None, until: str | None) -> None:
        refs = [str(ref) for ref in shown]
        bounds = {**_bound("after", module, after, 0), **_bound("until", module, until, _ENDLESS)}
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _SEEN, refs=refs)
            self.desk.run(tx, _UNSEEN, module=str(module), refs=refs, **bounds)

    def unseen(self, module: Module, *, limit: int) -> tuple[RecordRef, ...]:
        with self.desk.engine.connect() as tx:
            return _refs(self.desk.rows(tx, _NOT_LOOKED_FOR, module=str(module), limit=limit))

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
            return _refs(self.desk.rows(tx, _MISSED, module=str(module), before=before, limit=limit))

    def counts(self, module: Module) -> tuple[int, int]:
        with self.desk.engine.connect() as tx:
            row = self.desk.rows(tx, _COUNTS, module=str(module))[0]
        return int(row["missed"]), int(row["held"])


def _bound(name: str, module: Module, id_: str | None, open_end: int) -> dict[str, object]:
    ref = "" if id_ is None else f"{module}:{id_}"
    return {name: ref, f"{name}_length": len(ref) or open_end}


def _refs(rows: Sequence[RowMapping]) -> tuple[RecordRef, ...]:
    return tuple(RecordRef.parse(row["ref"]) for row in rows)

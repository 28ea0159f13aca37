"""Hints that wait to be followed, counts of deliveries, and what was set up at the vendors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from baton.adapters.database.connecting import Desk, again_after_a_collision, packed, sql
from baton.domain.hooks import Hint
from baton.domain.records import Crm, Module, RecordRef
from baton.domain.webhooks import secret_for
from baton.ports.hooks import DeliveryCount, Doors, Installation, TakenHint

# A worker that dies with hints in its hands gives them back after this.
LEASE = timedelta(minutes=1)
# Vendors' stamps have whole seconds.
A_SECOND = timedelta(seconds=1)

_KEEP = sql("""
    INSERT INTO hints AS h (connection, ref, kind, source, happened_at, hinted_at, created_at, not_before)
    SELECT :connection, n.ref, n.kind, :source, n.happened_at, :now, :now, :now
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS n(ref text, kind text, happened_at timestamptz) ORDER BY n.ref
    ON CONFLICT (connection, ref) DO UPDATE SET generation = h.generation + 1, kind = excluded.kind,
        source = excluded.source, happened_at = greatest(h.happened_at, excluded.happened_at),
        hinted_at = excluded.hinted_at, not_before = excluded.not_before, misses = 0
""")
# Both clocks must say that the read began after the edit: ours when the hint came, the vendor's when it happened.
_READ_SINCE = sql("""
    DELETE FROM hints WHERE connection = :connection AND ref IN (
        SELECT h.ref FROM hints h JOIN mirror m ON m.connection = h.connection AND m.ref = h.ref
        WHERE h.connection = :connection AND h.not_before <= :now AND starts_with(h.ref, :module)
          AND h.kind <> 'deleted' AND m.gone_at IS NULL
          AND m.read_began > greatest(h.hinted_at, coalesce(h.happened_at, h.hinted_at)) + :a_second
        ORDER BY h.ref FOR UPDATE OF h SKIP LOCKED)
""")
_TAKE = sql("""
    UPDATE hints SET not_before = :later WHERE connection = :connection AND ref IN (
        SELECT ref FROM hints WHERE connection = :connection AND not_before <= :now AND starts_with(ref, :module)
        ORDER BY not_before, ref LIMIT :limit FOR UPDATE SKIP LOCKED)
    RETURNING ref, generation, (kind = 'deleted' OR misses > 0) AS is_sure
""")
_DONE = sql("""
    DELETE FROM hints h USING jsonb_to_recordset(CAST(:rows AS jsonb)) AS t(ref text, generation int)
    WHERE h.connection = :connection AND h.ref = t.ref AND h.generation = t.generation
""")
_PUT_BACK = sql("""
    UPDATE hints h SET not_before = :not_before, misses = h.misses + :miss
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS t(ref text, generation int)
    WHERE h.connection = :connection AND h.ref = t.ref AND h.generation = t.generation
""")
_WAITING = sql("""
    SELECT w.module FROM unnest(CAST(:modules AS text[])) AS w(module) WHERE EXISTS (
        SELECT 1 FROM hints h WHERE h.connection = :connection AND h.not_before <= :now
          AND starts_with(h.ref, w.module || ':'))
""")
_ADD = sql("""
    INSERT INTO hook_counts AS c (connection, crm, outcome, count, last_at)
    SELECT n.connection, n.crm, n.outcome, n.count, :now
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS n(connection text, crm text, outcome text, count bigint)
    ORDER BY n.connection, n.crm, n.outcome
    ON CONFLICT (connection, crm, outcome) DO UPDATE SET count = c.count + excluded.count, last_at = excluded.last_at
""")
_COUNTS = sql("""
    SELECT crm, outcome, count, last_at FROM hook_counts WHERE connection = :connection ORDER BY crm, outcome
""")
_INSTALLATIONS = sql("SELECT * FROM hook_installations WHERE connection = :connection")
_WANT = sql("""
    INSERT INTO hook_installations (connection, crm, address, installed_at)
    VALUES (:connection, :crm, :address, :now)
    ON CONFLICT (connection, crm) DO UPDATE SET address = excluded.address, installed_at = excluded.installed_at
""")
_CHECKED = sql("""
    UPDATE hook_installations SET fingerprint = coalesce(:fingerprint, fingerprint), expires_at = :expires_at,
           trouble = :trouble, checked_at = :now
    WHERE connection = :connection AND crm = :crm
""")
_FORGET = sql("DELETE FROM hook_installations WHERE connection = :connection AND crm = :crm")


def doors(desk: Desk, key: str) -> Doors:
    secrets = {crm: secret_for(key, desk.connection, crm) for crm in Crm}
    return Doors(PostgresHints(desk), PostgresDeliveryCounts(desk), PostgresInstallations(desk), secrets)


@dataclass(frozen=True, slots=True)
class PostgresHints:
    desk: Desk

    @again_after_a_collision
    def keep(self, hints: Sequence[Hint], *, source: str, now: datetime) -> None:
        newest = {str(hint.ref): hint for hint in hints}
        rows = [{"ref": ref, "kind": hint.kind, "happened_at": hint.happened_at} for ref, hint in newest.items()]
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _KEEP, rows=packed(rows), source=source, now=now)

    @again_after_a_collision
    def take(self, module: Module, *, limit: int, now: datetime) -> tuple[TakenHint, ...]:
        named = f"{module}:"
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _READ_SINCE, module=named, now=now, a_second=A_SECOND)
            rows = self.desk.rows(tx, _TAKE, module=named, limit=limit, now=now, later=now + LEASE)
        return tuple(TakenHint(RecordRef.parse(row["ref"]), row["generation"], row["is_sure"]) for row in rows)

    @again_after_a_collision
    def done(self, taken: Sequence[TakenHint]) -> None:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _DONE, rows=_packed(taken))

    @again_after_a_collision
    def put_back(self, taken: Sequence[TakenHint], *, not_before: datetime, is_miss: bool = False) -> None:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _PUT_BACK, rows=_packed(taken), not_before=not_before, miss=int(is_miss))

    def waiting(self, modules: Sequence[Module], *, now: datetime) -> tuple[Module, ...]:
        with self.desk.engine.connect() as tx:
            found = self.desk.rows(tx, _WAITING, modules=[str(module) for module in modules], now=now)
        return tuple(Module.parse(row["module"]) for row in found)


@dataclass(frozen=True, slots=True)
class PostgresDeliveryCounts:
    desk: Desk

    @again_after_a_collision
    def add(self, counts: Mapping[tuple[str, str, str], int], *, now: datetime) -> None:
        rows = [
            {"connection": connection, "crm": crm, "outcome": outcome, "count": count}
            for (connection, crm, outcome), count in counts.items()
        ]
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _ADD, rows=packed(rows), now=now)

    def read(self) -> tuple[DeliveryCount, ...]:
        with self.desk.engine.connect() as tx:
            return tuple(DeliveryCount(**row) for row in self.desk.rows(tx, _COUNTS))


@dataclass(frozen=True, slots=True)
class PostgresInstallations:
    desk: Desk

    def read(self) -> Mapping[Crm, Installation]:
        with self.desk.engine.connect() as tx:
            rows = self.desk.rows(tx, _INSTALLATIONS)
        return {
            Crm(row["crm"]): Installation(
                crm=Crm(row["crm"]),
                address=row["address"],
                fingerprint=row["fingerprint"],
                installed_at=row["installed_at"],
                checked_at=row["checked_at"],
                expires_at=row["expires_at"],
                trouble=row["trouble"],
            )
            for row in rows
        }

    def want(self, crm: Crm, address: str, *, now: datetime) -> None:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _WANT, crm=crm, address=address, now=now)

    def checked(
        self, crm: Crm, *, fingerprint: str | None, expires_at: datetime | None, trouble: str | None, now: datetime
    ) -> None:
        with self.desk.engine.begin() as tx:
            self.desk.run(
                tx, _CHECKED, crm=crm, fingerprint=fingerprint, expires_at=expires_at, trouble=trouble, now=now
            )

    def forget(self, crm: Crm) -> None:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _FORGET, crm=crm)


def _packed(taken: Sequence[TakenHint]) -> str:
    return packed([{"ref": str(hint.ref), "generation": hint.generation} for hint in taken])

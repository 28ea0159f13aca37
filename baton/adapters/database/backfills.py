"""Backfills in rows: one slice at a time, found again after any crash."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy.engine import RowMapping

from baton.adapters.database.connecting import Desk, again_after_a_collision, packed, sql
from baton.domain.backfill import Kind, Scope, State
from baton.ports.backfills import Backfill, Progress

_RUN = sql("""
    INSERT INTO runs (connection, kind, started_at) VALUES (:connection, :kind, :now) RETURNING id
""")
_START = sql("""
    INSERT INTO backfills (connection, run_id, kind, scope, expected, not_before, started_at)
    VALUES (:connection, :run, :kind, CAST(:scope AS jsonb), :expected, :now, :now) RETURNING id
""")
# They take turns: whoever waited longest comes next.
_CLAIM = sql("""
    UPDATE backfills SET lease = :lease, leased_until = :until WHERE id = (
        SELECT id FROM backfills WHERE connection = :connection AND state = 'running' AND not_before <= :now
          AND (leased_until IS NULL OR leased_until < :now)
        ORDER BY not_before, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, run_id, kind, scope, leg, position, lease
""")
_ADVANCE = sql("""
    UPDATE backfills SET lease = NULL, leased_until = NULL, not_before = :now, read = read + :read,
           changed = changed + :changed, gone = gone + :gone, position = :position, leg = :leg, note = NULL,
           state = CASE WHEN :is_over AND state = 'running' THEN 'done' ELSE state END,
           finished_at = CASE WHEN :is_over AND state = 'running' THEN CAST(:now AS timestamptz) ELSE finished_at END
    WHERE id = :id AND lease = :lease
""")
_COUNT = sql("""
    UPDATE runs r SET finished_at = b.finished_at, note = b.note,
           counts = jsonb_build_object('rows', b.read, 'changed', b.changed, 'gone', b.gone)
    FROM backfills b WHERE b.id = :id AND r.id = b.run_id
""")
_PUT_OFF = sql("""
    UPDATE backfills SET lease = NULL, leased_until = NULL, not_before = :until, note = coalesce(:why, note)
    WHERE id = :id AND lease = :lease
""")
_FAIL = sql("""
    UPDATE backfills SET lease = NULL, leased_until = NULL, note = :why,
           state = CASE WHEN state = 'cancelled' THEN state ELSE 'failed' END, finished_at = :now
    WHERE id = :id AND lease = :lease
""")
_STEER = sql("""
    UPDATE backfills SET state = :state, not_before = :now,
           finished_at = CASE WHEN :state = 'cancelled' THEN CAST(:now AS timestamptz) END
    WHERE connection = :connection AND id = :id AND state IN ('running', 'paused') RETURNING id
""")
_HAS_WORK = sql("""
    SELECT EXISTS (SELECT 1 FROM backfills WHERE connection = :connection AND state = 'running' AND not_before <= :now
                   AND (leased_until IS NULL OR leased_until < :now)) AS it_has
""")
_LATELY = sql("""
    SELECT EXISTS (SELECT 1 FROM backfills WHERE connection = :connection AND kind = :kind
                   AND (started_at > :moment OR state IN ('running', 'paused'))) AS it_did
""")
_CROWD = sql("""
    SELECT count(*) AS n FROM (SELECT 1 FROM inbox WHERE connection = :connection AND lane = 'bulk' LIMIT :limit) i
""")
_PROGRESS = """
    SELECT b.*, o.to_write, o.written, o.buried,
           (SELECT count(*) FROM inbox i WHERE i.connection = b.connection AND i.run_id = b.run_id) AS to_decide
    FROM backfills b
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE o.state IN ('waiting', 'sending', 'uncertain')) AS to_write,
               count(*) FILTER (WHERE o.state = 'done') AS written, count(*) FILTER (WHERE o.state = 'dead') AS buried
        FROM outbox o WHERE o.run_id = b.run_id) o
    WHERE b.connection = :connection
"""
_SHOWN = sql(f"{_PROGRESS} AND b.id = :id")
_LISTED = sql(f"{_PROGRESS} ORDER BY b.id DESC LIMIT :limit")


@dataclass(frozen=True, slots=True)
class PostgresBackfills:
    """`lease`: longer than a slice takes with its calls."""

    desk: Desk
    lease: timedelta

    @again_after_a_collision
    def start(self, kind: Kind, scope: Scope, *, now: datetime, expected: int | None = None) -> int:
        with self.desk.engine.begin() as tx:
            run = self.desk.rows(tx, _RUN, kind=kind, now=now)[0]["id"]
            plain = packed([scope.plain()])[1:-1]
            values = {"run": run, "kind": kind, "scope": plain, "expected": expected, "now": now}
            return int(self.desk.rows(tx, _START, **values)[0]["id"])

    @again_after_a_collision
    def claim(self, *, now: datetime) -> Backfill | None:
        with self.desk.engine.begin() as tx:
            found = self.desk.rows(tx, _CLAIM, lease=str(uuid4()), until=now + self.lease, now=now)
        return _backfill(found[0]) if found else None

    @again_after_a_collision
    def advance(
        self, ours: Backfill, position: str | None, *, read: int, changed: int, gone: int, now: datetime
    ) -> None:
        leg = ours.leg if position is not None else ours.leg + 1
        is_over = leg >= len(ours.scope.legs(ours.kind))
        counts = {"read": read, "changed": changed, "gone": gone}
        values = {"id": ours.id, "lease": ours.lease, "position": position, "leg": leg, "is_over": is_over, "now": now}
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _ADVANCE, **counts, **values)
            self.desk.run(tx, _COUNT, id=ours.id)

    @again_after_a_collision
    def put_off(self, ours: Backfill, *, until: datetime, why: str | None = None) -> None:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _PUT_OFF, id=ours.id, lease=ours.lease, until=until, why=why)

    @again_after_a_collision
    def fail(self, ours: Backfill, why: str, *, now: datetime) -> None:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _FAIL, id=ours.id, lease=ours.lease, why=why, now=now)
            self.desk.run(tx, _COUNT, id=ours.id)

    @again_after_a_collision
    def steer(self, id_: int, state: State, *, now: datetime) -> bool:
        with self.desk.engine.begin() as tx:
            is_steered = bool(self.desk.rows(tx, _STEER, id=id_, state=state, now=now))
            self.desk.run(tx, _COUNT, id=id_)
        return is_steered

    def has_work(self, *, now: datetime) -> bool:
        with self.desk.engine.connect() as tx:
            return bool(self.desk.rows(tx, _HAS_WORK, now=now)[0]["it_has"])

    def ended_since(self, kind: Kind, moment: datetime) -> bool:
        with self.desk.engine.connect() as tx:
            return bool(self.desk.rows(tx, _LATELY, kind=kind, moment=moment)[0]["it_did"])

    def crowd(self, *, limit: int) -> int:
        with self.desk.engine.connect() as tx:
            return int(self.desk.rows(tx, _CROWD, limit=limit)[0]["n"])

    def progress(self, id_: int) -> Progress | None:
        with self.desk.engine.connect() as tx:
            found = self.desk.rows(tx, _SHOWN, id=id_)
        return _progress(found[0]) if found else None

    def listed(self, *, limit: int) -> Sequence[Progress]:
        with self.desk.engine.connect() as tx:
            return tuple(_progress(row) for row in self.desk.rows(tx, _LISTED, limit=limit))


def _backfill(row: RowMapping) -> Backfill:
    return Backfill(
        id=row["id"],
        run=row["run_id"],
        kind=Kind(row["kind"]),
        scope=Scope.of(row["scope"]),
        leg=row["leg"],
        position=row["position"],
        lease=str(row["lease"]),
    )


def _progress(row: RowMapping) -> Progress:
    return Progress(
        id=row["id"],
        run=row["run_id"],
        kind=Kind(row["kind"]),
        state=State(row["state"]),
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        note=row["note"],
        expected=row["expected"],
        read=row["read"],
        changed=row["changed"],
        gone=row["gone"],
        to_decide=row["to_decide"],
        to_write=row["to_write"],
        written=row["written"],
        buried=row["buried"],
    )

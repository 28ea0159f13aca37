"""Held waves as an operator sees and settles them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from baton.adapters.database.connecting import Desk, again_after_a_collision, packed, sql
from baton.domain.records import RecordRef
from baton.ports.guards import Held

_HELD = sql("""
    SELECT g.risk, g.most, g.tripped_at, count(o.id) AS waiting,
           (array_agg(DISTINCT p.email) FILTER (WHERE p.email IS NOT NULL))[1:5] AS people
    FROM guard_trips g
    LEFT JOIN outbox o ON o.connection = g.connection AND o.risk = g.risk AND o.state = 'waiting'
    LEFT JOIN people p ON p.id = o.person_id
    WHERE g.connection = :connection AND g.settled_at IS NULL GROUP BY g.id ORDER BY g.tripped_at
""")
_SETTLE = sql("""
    UPDATE guard_trips SET settled_at = :now, settled_how = :how
    WHERE connection = :connection AND risk = :risk AND settled_at IS NULL RETURNING id
""")
_DROP = sql("""
    UPDATE outbox SET state = 'withdrawn', settled_at = :now, last_failure = :how
    WHERE connection = :connection AND risk = :risk AND state = 'waiting' RETURNING ref, person_id
""")
# Nothing is on its way to them any more; what they stand for is told by the ledger.
_STAND = sql("""
    UPDATE mirror SET standing = 'held', reason = :how
    WHERE connection = :connection AND person_id = ANY(:people) AND standing = 'writing'
""")
_NUDGE = sql("""
    UPDATE outbox SET nudged_at = '2000-01-01' WHERE connection = :connection AND risk = :risk AND state = 'waiting'
""")
_LEDGER = sql("""
    INSERT INTO ledger (connection, at, kind, facts) VALUES (:connection, :now, 'guard', CAST(:facts AS jsonb))
""")


@dataclass(frozen=True, slots=True)
class PostgresGuards:
    desk: Desk

    def held(self) -> Sequence[Held]:
        with self.desk.engine.connect() as tx:
            rows = self.desk.rows(tx, _HELD)
        return tuple(
            Held(row["risk"], row["most"], row["tripped_at"], row["waiting"], tuple(row["people"] or ()))
            for row in rows
        )

    @again_after_a_collision
    def release(self, risk: str, *, by: str, now: datetime) -> bool:
        how = f"released by {by}"
        with self.desk.engine.begin() as tx:
            if not self.desk.rows(tx, _SETTLE, risk=risk, how=how, now=now):
                return False
            self.desk.run(tx, _NUDGE, risk=risk)
            self.desk.run(tx, _LEDGER, facts=packed([{"risk": risk, "why": how}])[1:-1], now=now)
        return True

    @again_after_a_collision
    def drop(self, risk: str, *, by: str, now: datetime) -> tuple[RecordRef, ...] | None:
        how = f"a wave of the kind {risk} was dropped by {by}"
        with self.desk.engine.begin() as tx:
            if not self.desk.rows(tx, _SETTLE, risk=risk, how=how, now=now):
                return None
            dropped = self.desk.rows(tx, _DROP, risk=risk, how=how, now=now)
            self.desk.run(tx, _STAND, people=[row["person_id"] for row in dropped], how=how)
            self.desk.run(tx, _LEDGER, facts=packed([{"risk": risk, "why": how}])[1:-1], now=now)
        return tuple(RecordRef.parse(row["ref"]) for row in dropped if row["ref"])

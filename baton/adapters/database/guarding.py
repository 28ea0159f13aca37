"""Counts risky writes as they are decided, and trips the guard when there are too many within its window."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from baton.adapters.database.connecting import Desk, packed, sql
from baton.domain.guard import WINDOW, Guard

# Since somebody last looked; what was decided again or taken back counts no more.
_COUNT = sql("""
    SELECT o.risk, count(*) AS n FROM outbox o
    WHERE o.connection = :connection AND o.risk = ANY(:risks) AND o.created_at > greatest(:since, coalesce((
          SELECT max(g.settled_at) FROM guard_trips g WHERE g.connection = :connection AND g.risk = o.risk), :since))
      AND o.state NOT IN ('superseded', 'withdrawn')
    GROUP BY o.risk
""")
_TRIP = sql("""
    INSERT INTO guard_trips (connection, risk, most, tripped_at) VALUES (:connection, :risk, :most, :now)
    ON CONFLICT (connection, risk) WHERE settled_at IS NULL DO NOTHING RETURNING id
""")
_TELL = sql("""
    INSERT INTO notices (connection, key, channel, kind, facts, not_before, created_at)
    SELECT :connection, :key, channel, 'held', CAST(:facts AS jsonb), :now, :now
    FROM unnest(CAST(:channels AS text[])) channel
    ON CONFLICT (connection, key, channel) DO NOTHING
""")


def watch_over(
    desk: Desk, tx: Connection, guard: Guard, risks: Sequence[str], channels: Sequence[str], now: datetime
) -> None:
    """`risks` are those of the writes that were just decided."""
    asked = {risk: most for risk, most in guard.most.items() if risk in risks}
    if not asked:
        return
    counts = {row["risk"]: row["n"] for row in desk.rows(tx, _COUNT, risks=list(asked), since=now - WINDOW)}
    for risk, most in asked.items():
        if counts.get(risk, 0) > most:
            _trip(desk, tx, risk, most, channels, now)


def _trip(desk: Desk, tx: Connection, risk: str, most: int, channels: Sequence[str], now: datetime) -> None:
    for row in desk.rows(tx, _TRIP, risk=risk, most=most, now=now):
        why = f"more than {most} writes of the kind {risk} within an hour are held: baton guard list"
        facts = packed([{"reason": why, "risk": risk}])[1:-1]
        desk.run(tx, _TELL, key=f"guard:{row['id']}", facts=facts, channels=list(channels), now=now)

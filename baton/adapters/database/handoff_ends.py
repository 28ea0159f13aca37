"""Ends a handoff when its writes are over: done, to be decided again, or dead."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from baton.adapters.database.connecting import Desk, sql
from baton.adapters.database.handoff_outcomes import record_step
from baton.adapters.database.noticing import put_notices
from baton.domain.handoff import State

ROUNDS = 5
"""How often a handoff whose record vanished under its hands is decided again."""

# Rows of earlier rounds were made before the handoff was acted on last.
_OVER = sql("""
    SELECT h.id, h.person_id, h.play, h.attempts,
           bool_or(o.state = 'done' AND o.module = 'zoho:Tasks') AS has_task,
           bool_or(o.state = 'dead') AS has_dead,
           max(o.last_failure) FILTER (WHERE o.state <> 'done') AS failure
    FROM handoffs h JOIN outbox o ON o.handoff_id = h.id AND o.created_at >= h.acted_at
    WHERE h.connection = :connection AND h.state = 'acting'
    GROUP BY h.id HAVING NOT bool_or(o.state IN ('waiting', 'sending', 'uncertain'))
    ORDER BY h.id LIMIT :limit
""")
_END = sql("""
    UPDATE handoffs SET state = :state, reason = :reason, settled_at = :now WHERE id = :id AND state = 'acting'
    RETURNING id
""")
_AGAIN = sql("""
    UPDATE handoffs SET state = 'waiting', reason = :reason, not_before = :now WHERE id = :id AND state = 'acting'
""")


def conclude_handoffs(desk: Desk, tx: Connection, channels: Sequence[str], limit: int, now: datetime) -> int:
    over = desk.rows(tx, _OVER, limit=limit)
    for row in over:
        _conclude(desk, tx, row, channels, now)
    return len(over)


def _conclude(desk: Desk, tx: Connection, row: RowMapping, channels: Sequence[str], now: datetime) -> None:
    why = row["failure"] or ""
    if row["has_task"]:
        reason = f"the owner could not be written: {why}" if row["has_dead"] else ""
        _end(desk, tx, row, State.DONE, reason, "handed over", channels, now)
    elif row["has_dead"] or row["attempts"] >= ROUNDS:
        _end(desk, tx, row, State.DEAD, f"the task could not be made: {why}", "failed", channels, now)
    else:
        desk.run(tx, _AGAIN, id=row["id"], reason=f"decided again: {why}", now=now)


def _end(
    desk: Desk,
    tx: Connection,
    row: RowMapping,
    state: State,
    reason: str,
    kind: str,
    channels: Sequence[str],
    now: datetime,
) -> None:
    if not desk.rows(tx, _END, id=row["id"], state=state, reason=reason, now=now):
        return
    put_notices(desk, tx, row["id"], f"{state}:{row['attempts']}", kind, channels, {}, now)
    record_step(desk, tx, row["person_id"], row["id"], row["play"], state, reason, now)

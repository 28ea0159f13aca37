"""Reads handoffs as they are told: each with its steps, clocks, writes and notices."""

from collections.abc import Sequence

from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from baton.adapters.database.connecting import Desk, sql
from baton.domain.routing import Step
from baton.ports.handoffs import Told

_HANDOFFS = sql("""
    SELECT h.*, coalesce(s.name, h.owner) AS owner_name FROM handoffs h
    LEFT JOIN salespeople s ON s.connection = h.connection AND s.id = h.owner
    WHERE h.connection = :connection AND h.id = ANY(:ids) ORDER BY h.id DESC
""")
_CLOCKS = sql("""
    SELECT handoff_id, name, state, started_at, due_at, touched_at, touched_how, breached_at FROM clocks
    WHERE handoff_id = ANY(:ids) ORDER BY id
""")
_WRITES = sql("""
    SELECT handoff_id, target, ref, state, attempts, request_id, last_failure FROM outbox
    WHERE handoff_id = ANY(:ids) ORDER BY id
""")
_NOTICES = sql("""
    SELECT handoff_id, channel, kind, state, attempts, uncertain, sent_at, last_failure FROM notices
    WHERE handoff_id = ANY(:ids) ORDER BY id
""")


def tell(desk: Desk, tx: Connection, ids: Sequence[int]) -> tuple[Told, ...]:
    """Newest first."""
    if not ids:
        return ()
    clocks, writes, notices = (desk.rows(tx, each, ids=list(ids)) for each in (_CLOCKS, _WRITES, _NOTICES))
    return tuple(
        _told(row, _of(row["id"], clocks), _of(row["id"], writes), _of(row["id"], notices))
        for row in desk.rows(tx, _HANDOFFS, ids=list(ids))
    )


def _of(handoff: int, rows: Sequence[RowMapping]) -> tuple[dict[str, object], ...]:
    return tuple(
        {name: value for name, value in row.items() if name != "handoff_id"}
        for row in rows
        if row["handoff_id"] == handoff
    )


def _told(
    row: RowMapping,
    clocks: tuple[dict[str, object], ...],
    writes: tuple[dict[str, object], ...],
    notices: tuple[dict[str, object], ...],
) -> Told:
    return Told(
        id=row["id"],
        play=row["play"],
        person=row["person_id"],
        contact=row["contact"],
        trigger_value=row["trigger_value"],
        happened_at=row["happened_at"],
        learnt_at=row["created_at"],
        state=row["state"],
        reason=row["reason"],
        record=row["record"],
        owner=row["owner_name"],
        steps=tuple(Step(step["looked_at"], step["outcome"]) for step in row["steps"]),
        clocks=clocks,
        writes=writes,
        notices=notices,
    )

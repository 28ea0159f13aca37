"""Conflicts of a plan: opened, kept up to date, and closed when both sides have come to agree by themselves."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from baton.adapters.database.connecting import Desk, packed, sql
from baton.adapters.database.noticing import put_alert
from baton.domain.person import Conflict, Person, Plan, Spoken

REVIEW, PING_PONG = "review", "ping-pong"

_OPEN = sql("""
    INSERT INTO conflicts AS c (connection, person_id, field, kind, sides, opened_at)
    SELECT :connection, r.person_id, r.field, r.kind, r.sides, :now
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(person_id bigint, field text, kind text, sides jsonb)
    ON CONFLICT (connection, person_id, field) WHERE state = 'open' DO UPDATE SET sides = excluded.sides,
        kind = excluded.kind
    WHERE c.sides IS DISTINCT FROM excluded.sides OR c.kind <> excluded.kind
    RETURNING id, person_id, field, kind
""")
_CLOSE = sql("""
    UPDATE conflicts c SET state = 'closed', settled_at = :now, settled_how = 'both sides agree by now'
    WHERE c.connection = :connection AND c.state = 'open' AND c.person_id = ANY(:people)
      AND NOT EXISTS (SELECT 1 FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(person_id bigint, field text)
                      WHERE r.person_id = c.person_id AND r.field = c.field)
""")


def keep_conflicts(
    desk: Desk, tx: Connection, plans: Sequence[tuple[Person, Plan]], channels: Sequence[str], now: datetime
) -> None:
    rows = packed([_row(person, conflict) for person, plan in plans for conflict in plan.conflicts])
    desk.run(tx, _CLOSE, people=[person.id for person, _ in plans], rows=rows, now=now)
    for row in desk.rows(tx, _OPEN, rows=rows, now=now):
        if row["kind"] == PING_PONG:
            why = f"{row['field']} of person {row['person_id']} swings and is frozen: baton conflicts show {row['id']}"
            put_alert(desk, tx, f"ping-pong:{row['id']}", "frozen", channels, {"reason": why}, now)


def _row(person: Person, conflict: Conflict) -> dict[str, object]:
    sides = {crm: _said(spoken) for crm, spoken in conflict.sides.items()}
    kind = PING_PONG if conflict.is_swinging else REVIEW
    return {"person_id": person.id, "field": conflict.field, "kind": kind, "sides": sides}


def _said(spoken: Spoken) -> dict[str, object]:
    return {"base": spoken.base, "value": spoken.value, "actor": spoken.actor, "at": spoken.at.isoformat()}

"""What a plan saw happen becomes handoffs, in the transaction of the plan."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from baton.adapters.database.connecting import LONG_AGO, Desk, packed, sql
from baton.domain.person import Person, Plan

_ARM = sql("""
    INSERT INTO plays (connection, name, armed_at)
    SELECT DISTINCT CAST(:connection AS text), r.play, CAST(:now AS timestamptz)
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(play text) ORDER BY 2
    ON CONFLICT DO NOTHING
""")
# What happened before the play was armed is history, however fresh it looks to us. Stamps have whole seconds.
_MAKE = sql("""
    INSERT INTO handoffs (connection, person_id, play, contact, trigger_value, happened_at, created_at, not_before,
                          nudged_at)
    SELECT :connection, r.person_id, r.play, r.contact, r.value, coalesce(r.at, :now), :now, :now, :never
    FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS r(person_id bigint, play text, contact text, value text, at timestamptz)
    JOIN plays p ON p.connection = :connection AND p.name = r.play
    WHERE coalesce(r.at, :now) >= date_trunc('second', p.armed_at)
    ORDER BY r.person_id, r.play
    ON CONFLICT (connection, play, person_id, trigger_value) DO NOTHING
""")


def insert_events(desk: Desk, tx: Connection, plans: Sequence[tuple[Person, Plan]], now: datetime) -> int:
    """How many handoffs were made: an event seen twice, or from before its play was armed, makes none."""
    rows = [
        {
            "person_id": person.id,
            "play": event.play,
            "contact": str(event.contact),
            "value": event.value,
            "at": event.at,
        }
        for person, plan in plans
        for event in plan.events
    ]
    if not rows:
        return 0
    desk.run(tx, _ARM, rows=packed(rows), now=now)
    return desk.run(tx, _MAKE, rows=packed(rows), now=now, never=LONG_AGO)

"""Asks for a person to be decided anew: every record of theirs goes back to the inbox, for the very next sweep."""

from datetime import datetime

from sqlalchemy import Connection

from baton.adapters.database.connecting import LONG_AGO, Desk, sql
from baton.domain.records import RecordRef

# The revision moves on, so that nothing decided on the old state is committed or sent.
_RAISE = sql("UPDATE people SET revision = revision + 1, lease = NULL, leased_until = NULL WHERE id = :person")
_ASK = sql("""
    INSERT INTO inbox AS i (connection, ref, person_id, lane, not_before, nudged_at, created_at)
    SELECT :connection, m.ref, m.person_id, 'live', :now, :never, :now FROM mirror m
    WHERE m.connection = :connection AND m.person_id = :person AND m.gone_at IS NULL ORDER BY m.ref
    ON CONFLICT (connection, ref) DO UPDATE SET generation = i.generation + 1, not_before = excluded.not_before,
        nudged_at = excluded.nudged_at, lane = 'live'
    RETURNING ref
""")


def ask_for(desk: Desk, tx: Connection, person: int, now: datetime) -> tuple[RecordRef, ...]:
    desk.run(tx, _RAISE, person=person)
    return tuple(RecordRef.parse(row["ref"]) for row in desk.rows(tx, _ASK, person=person, now=now, never=LONG_AGO))

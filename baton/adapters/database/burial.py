"""Dead letters: a row that keeps why, and leaves the box it came from."""

from datetime import datetime

from sqlalchemy import Connection

from baton.adapters.database.connecting import Desk, sql
from baton.domain.failures import Failure

_FROM_INBOX = sql("""
    WITH taken AS (
        DELETE FROM inbox WHERE person_id = :person AND taken_generation IS NOT NULL
        RETURNING ref, person_id, lane)
    INSERT INTO dead_letters (connection, queue, ref, person_id, code, field, reason, traceback, buried_at)
    SELECT :connection, CASE lane WHEN 'bulk' THEN 'sync.bulk' ELSE 'sync' END, ref, person_id, :code, :field,
           :reason, :traceback, :now
    FROM taken RETURNING ref
""")
_FROM_OUTBOX = sql("""
    WITH dead AS (
        UPDATE outbox SET state = 'dead', settled_at = :now, lease = NULL, leased_until = NULL, last_failure = :reason
        WHERE id = :row RETURNING id, ref, person_id, lane, agreed)
    INSERT INTO dead_letters (connection, queue, ref, person_id, outbox_id, code, field, reason, traceback, buried_at)
    SELECT :connection, CASE lane WHEN 'bulk' THEN 'write.bulk' ELSE 'write' END, ref, person_id, id, :code, :field,
           :reason, :traceback, :now
    FROM dead RETURNING person_id
""")
_STAND_DEAD = sql("""
    UPDATE mirror SET standing = 'dead', reason = :reason
    WHERE connection = :connection AND person_id = :person AND gone_at IS NULL AND standing <> 'alias'
""")
_LOOSE = sql("""
    INSERT INTO dead_letters (connection, queue, code, reason, traceback, buried_at)
    VALUES (:connection, :queue, :code, :reason, :traceback, :now) RETURNING id
""")


def bury_inbox(desk: Desk, tx: Connection, person: int, failure: Failure, traceback: str | None, now: datetime) -> None:
    """The person's taken rows; what came meanwhile is buried with them and decided anew by a replay."""
    why = {"code": failure.code, "field": failure.field, "reason": failure.reason}
    desk.run(tx, _FROM_INBOX, person=person, traceback=traceback, now=now, **why)
    desk.run(tx, _STAND_DEAD, person=person, reason=failure.reason)


def bury_outbox(desk: Desk, tx: Connection, row: int, failure: Failure, traceback: str | None, now: datetime) -> None:
    why = {"code": failure.code, "field": failure.field, "reason": failure.reason}
    for dead in desk.rows(tx, _FROM_OUTBOX, row=row, traceback=traceback, now=now, **why):
        desk.run(tx, _STAND_DEAD, person=dead["person_id"], reason=failure.reason)


def bury_loose(
    desk: Desk, tx: Connection, queue: str, code: str, reason: str, traceback: str | None, now: datetime
) -> int:
    """Work that has no row of its own."""
    values = {"queue": queue, "code": code, "reason": reason, "traceback": traceback, "now": now}
    return int(desk.rows(tx, _LOOSE, **values)[0]["id"])

"""The case of somebody as if a play were set off for them now: read, never written."""

from datetime import datetime

from sqlalchemy import Connection

from baton.adapters.database.connecting import Desk, sql
from baton.domain.handoff import Case
from baton.domain.records import RecordRef, Seen

_IMAGINED = sql("""
    SELECT p.id, p.email, c.ref AS contact, c.row AS contact_row, c.version AS contact_version, c.standing, c.reason,
           z.ref AS record, z.row AS record_row, z.version AS record_version, z.editor AS record_editor,
           (SELECT max(l.acted_at) FROM handoffs l WHERE l.connection = p.connection AND l.person_id = p.id
            AND l.play = :play AND l.state IN ('acting', 'done')) AS last_at
    FROM people p
    JOIN mirror c ON c.connection = p.connection AND c.person_id = p.id AND starts_with(c.ref, 'activecampaign:')
         AND c.gone_at IS NULL
    LEFT JOIN LATERAL (
        SELECT m.ref, m.row, m.version, m.editor FROM memberships s
        JOIN mirror m ON m.connection = s.connection AND m.ref = s.ref
        WHERE s.connection = p.connection AND s.person_id = p.id AND s.role = 'primary' AND starts_with(s.ref, 'zoho:')
          AND m.gone_at IS NULL AND m.row->>'Converted__s' IS DISTINCT FROM 'true'
        ORDER BY m.module LIMIT 1) z ON true
    WHERE p.connection = :connection AND (p.email = :email OR c.email = :email) ORDER BY c.ref LIMIT 1
""")


def imagine(desk: Desk, tx: Connection, play: str, email: str, now: datetime) -> Case | None:
    found = desk.rows(tx, _IMAGINED, play=play, email=email)
    if not found:
        return None
    row = found[0]
    record = None
    if row["record"] is not None:
        ref = RecordRef.parse(row["record"])
        record = Seen(ref, row["record_row"], row["record_version"], row["record_editor"])
    return Case(
        id=0,
        play=play,
        person=row["id"],
        email=row["email"],
        happened_at=now,
        learnt_at=now,
        lease="",
        contact=Seen(RecordRef.parse(row["contact"]), row["contact_row"], row["contact_version"]),
        standing=row["standing"] or "",
        reason=row["reason"] or "",
        record=record,
        last=row["last_at"],
    )

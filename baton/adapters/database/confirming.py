"""On confirmation base, mirror and version move together; whoever was deciding meanwhile must decide again.

A write that carries out a handoff moves none of them: what it changed comes back through the doors like anybody's edit.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from baton.adapters.database.connecting import Desk, packed, sql
from baton.domain.own_writes import remembered
from baton.domain.person import Role
from baton.domain.records import CONTACT, RecordRef
from baton.ports import Confirmation

_DONE = sql("""
    UPDATE outbox o SET state = 'done', settled_at = :now, ref = r.ref, request_id = r.request_id, lease = NULL,
           leased_until = NULL, last_failure = NULL
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(id bigint, ref text, request_id text)
    WHERE o.id = r.id AND o.state IN ('sending', 'uncertain')
    RETURNING o.id, o.person_id, o.ref, o.key, o.agreed, o.request_id, o.run_id, o.handoff_id
""")
_BREAK_LEASES = sql("""
    UPDATE people SET lease = NULL WHERE id IN (
        SELECT id FROM people WHERE id = ANY(:people) ORDER BY id FOR NO KEY UPDATE)
""")
_MIRROR = sql("""
    INSERT INTO mirror AS m (connection, ref, module, person_id, row, version, editor, read_began, fingerprint, email,
                             counterpart, standing, decided_at)
    SELECT :connection, r.*, 'in step', :now FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(
        ref text, module text, person_id bigint, row jsonb, version timestamptz, editor text, read_began timestamptz,
        fingerprint text, email text, counterpart text)
    ON CONFLICT (connection, ref) DO UPDATE SET row = excluded.row, version = excluded.version,
        editor = excluded.editor, fingerprint = excluded.fingerprint, email = excluded.email,
        counterpart = excluded.counterpart, person_id = excluded.person_id, overwritten = m.fingerprint,
        overwritten_at = :now
    WHERE excluded.version >= m.version
""")
_AGREE = sql("""
    INSERT INTO memberships AS m (connection, ref, person_id, role, base, written)
    SELECT :connection, r.* FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS r(ref text, person_id bigint, role text, base jsonb, written text)
    ON CONFLICT (connection, ref) DO UPDATE SET base = m.base || excluded.base,
        written = coalesce(excluded.written, m.written)
""")
# Where the other side is still to be told, the person is not in step yet.
_STAND = sql("""
    UPDATE mirror m SET standing = 'in step', reason = '' WHERE m.connection = :connection
      AND m.person_id = ANY(:people) AND m.standing = 'writing'
      AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.person_id = m.person_id AND o.handoff_id IS NULL
                      AND o.state IN ('waiting', 'sending', 'uncertain'))
""")
# Zoho is told the id of a new contact: a batch of a hundred costs it one call.
_DECIDE_AGAIN = sql("""
    INSERT INTO inbox AS i (connection, ref, person_id, lane, not_before, nudged_at, created_at)
    SELECT :connection, m.ref, m.person_id, r.lane, :now, :now, :now
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(ref text, lane text)
    JOIN mirror m ON m.connection = :connection AND m.ref = r.ref ORDER BY m.ref
    ON CONFLICT (connection, ref) DO UPDATE SET generation = i.generation + 1, not_before = excluded.not_before,
        nudged_at = excluded.nudged_at
""")
_LEDGER = sql("""
    INSERT INTO ledger (connection, at, person_id, kind, ref, run_id, facts)
    SELECT :connection, :now, r.* FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS r(person_id bigint, kind text, ref text, run_id bigint, facts jsonb)
""")
# What waited for this person's record in Zoho can go on at once.
_WAKE_HANDOFFS = sql("""
    UPDATE handoffs SET not_before = :now WHERE connection = :connection AND person_id = ANY(:people)
      AND state = 'waiting' AND not_before > :now
""")
_INBOX_DUE = sql("""
    UPDATE inbox SET not_before = :now, nudged_at = :now WHERE person_id = ANY(:people) AND NOT needs_read RETURNING ref
""")


def confirm_writes(
    desk: Desk, tx: Connection, confirmations: Sequence[Confirmation], now: datetime
) -> tuple[RecordRef, ...]:
    by_id = {c.row.id: c for c in confirmations}
    people = sorted({c.row.person for c in confirmations})
    desk.run(tx, _BREAK_LEASES, people=people)
    done = desk.rows(tx, _DONE, rows=packed([_done(c) for c in confirmations]), now=now)
    settled = [(row, by_id[row["id"]]) for row in done]
    ours = [(row, c) for row, c in settled if row["handoff_id"] is None]
    desk.run(tx, _MIRROR, rows=packed([_mirrored(c, now) for _, c in ours]), now=now)
    desk.run(tx, _AGREE, rows=packed([half for row, c in ours for half in _halves(row["agreed"], c)]))
    desk.run(tx, _STAND, people=people)
    entries = [
        {
            "person_id": row["person_id"],
            "kind": "written",
            "ref": row["ref"],
            "run_id": row["run_id"],
            "facts": {"key": row["key"], "request": row["request_id"], "fields": sorted(c.row.values)},
        }
        for row, c in settled
    ]
    desk.run(tx, _LEDGER, rows=packed(entries), now=now)
    desk.run(tx, _WAKE_HANDOFFS, people=people, now=now)
    desk.run(tx, _DECIDE_AGAIN, rows=packed([_new_contact(c) for _, c in ours if _is_new_contact(c)]), now=now)
    return due_inbox(desk, tx, people, now)


def _is_new_contact(confirmation: Confirmation) -> bool:
    return confirmation.row.ref is None and confirmation.row.module == CONTACT


def _new_contact(confirmation: Confirmation) -> dict[str, object]:
    return {"ref": str(confirmation.after.seen.ref), "lane": confirmation.row.lane}


def due_inbox(desk: Desk, tx: Connection, people: Sequence[int], now: datetime) -> tuple[RecordRef, ...]:
    """What waited for these persons' writes to be over."""
    rows = desk.rows(tx, _INBOX_DUE, people=list(people), now=now)
    return tuple(RecordRef.parse(row["ref"]) for row in rows)


def _done(confirmation: Confirmation) -> dict[str, object]:
    after = confirmation.after.seen
    return {"id": confirmation.row.id, "ref": str(after.ref), "request_id": confirmation.request_id}


def _mirrored(confirmation: Confirmation, now: datetime) -> dict[str, object]:
    seen, print_ = confirmation.after.seen, confirmation.after.imprint
    return {
        "ref": str(seen.ref),
        "module": str(seen.ref.module),
        "person_id": confirmation.row.person,
        "row": seen.row,
        "version": seen.version,
        "editor": seen.editor,
        "read_began": now,
        "fingerprint": print_.fingerprint,
        "email": print_.email,
        "counterpart": print_.counterpart,
    }


def _halves(agreed: dict[str, dict[str, object]], confirmation: Confirmation) -> list[dict[str, object]]:
    """Both halves of the base; the new record of a create stands under the empty name."""
    written = confirmation.after.seen
    names = {text or str(written.ref): half for text, half in agreed.items()}
    return [
        {
            "ref": text,
            "person_id": confirmation.row.person,
            "role": Role.PRIMARY,
            "base": half,
            "written": remembered(written.version, half) if text == str(written.ref) else None,
        }
        for text, half in sorted({str(written.ref): {}, **names}.items())
    ]

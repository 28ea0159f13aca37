"""Keeps deals that were read, and says which contacts are to be decided because of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from baton.adapters.database.connecting import Desk, packed, sql
from baton.domain.records import CONTACTS, Page, RecordRef, Seen
from baton.domain.values.places import id_in

_KNOWN = sql("SELECT ref, contact, row, gone_at FROM deals WHERE connection = :connection AND ref = ANY(:refs)")
_KEEP = sql("""
    INSERT INTO deals AS d (connection, ref, contact, row, version)
    SELECT :connection, r.* FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS r(ref text, contact text, row jsonb, version timestamptz) ORDER BY r.ref
    ON CONFLICT (connection, ref) DO UPDATE SET contact = excluded.contact, row = excluded.row,
        version = excluded.version, gone_at = NULL
    WHERE excluded.version >= d.version
""")
_GONE = sql("""
    UPDATE deals SET gone_at = :now WHERE connection = :connection AND ref = ANY(:refs) AND gone_at IS NULL
    RETURNING contact
""")
_CONCERNED = sql("""
    SELECT ref, person_id FROM mirror WHERE connection = :connection AND ref = ANY(:refs) AND gone_at IS NULL
""")


def keep_deals(desk: Desk, tx: Connection, page: Page, shown: Sequence[str], now: datetime) -> Sequence[RowMapping]:
    """`shown`: the fields that the contract shows; a deal that changed in none of them concerns nobody."""
    refs = [str(seen.ref) for seen in page.rows]
    known = {row["ref"]: row for row in desk.rows(tx, _KNOWN, refs=refs)}
    kept = [_row(seen) for seen in sorted(page.rows, key=lambda seen: str(seen.ref))]
    desk.run(tx, _KEEP, rows=packed(kept))
    concerned: set[object] = set()
    for row in kept:
        before = known.get(str(row["ref"]))
        if before is None or before["gone_at"] is not None or _says_something(before, row, shown):
            concerned |= {row["contact"], before["contact"] if before else None}
    if page.gone:
        concerned |= {row["contact"] for row in desk.rows(tx, _GONE, refs=[str(ref) for ref in page.gone], now=now)}
    contacts = sorted(str(contact) for contact in concerned if contact)
    return desk.rows(tx, _CONCERNED, refs=contacts) if contacts else ()


def _row(seen: Seen) -> dict[str, object]:
    contact = id_in(seen.row.get("Contact_Name"))
    return {
        "ref": str(seen.ref),
        "contact": str(RecordRef(CONTACTS, contact)) if contact else None,
        "row": seen.row,
        "version": seen.version,
    }


def _says_something(before: RowMapping, row: dict[str, object], shown: Sequence[str]) -> bool:
    now = row["row"] if isinstance(row["row"], dict) else {}
    is_another = before["contact"] != row["contact"]
    return is_another or any(before["row"].get(name) != now.get(name) for name in shown)

"""Which person row a record seen for the first time belongs to, before anything is decided about it.

Only what cannot be wrong is joined here: the stored id of the other side, then the address. The person row is what
is leased; whether its records really are one human being is for the decision.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from baton.adapters.database.connecting import Desk, packed, sql
from baton.domain.records import CONTACT, Crm, RecordRef

# A record that carries the id of a contact we know, or a contact whose id a known record carries.
_BY_STORED_ID = sql("""
    SELECT n.ref, m.person_id FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS n(ref text, other text)
    JOIN mirror m ON m.connection = :connection AND m.ref = n.other
    UNION
    SELECT n.ref, m.person_id FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS n(ref text, own text)
    JOIN mirror m ON m.connection = :connection AND m.counterpart = n.own AND n.own IS NOT NULL
""")
_MEET = sql("""
    INSERT INTO people (connection, email)
    SELECT DISTINCT CAST(:connection AS text), e.email FROM unnest(CAST(:emails AS text[])) AS e(email) ORDER BY 2
    ON CONFLICT (connection, email) DO NOTHING
""")
_BY_ADDRESS = sql("SELECT id, email FROM people WHERE connection = :connection AND email = ANY(:emails)")
_NAMELESS = sql("""
    INSERT INTO people (connection) SELECT :connection FROM generate_series(1, :count) RETURNING id
""")


@dataclass(frozen=True, slots=True)
class Newcomer:
    ref: RecordRef
    email: str | None
    counterpart: str | None


def persons_for(desk: Desk, tx: Connection, newcomers: Sequence[Newcomer]) -> dict[str, int]:
    """The person of each newcomer, by ref; people who are new too are made."""
    if not newcomers:
        return {}
    by_id = {row["ref"]: row["person_id"] for row in desk.rows(tx, _BY_STORED_ID, rows=packed(_keys(newcomers)))}
    rest = [n for n in newcomers if str(n.ref) not in by_id]
    emails = sorted({n.email for n in rest if n.email})
    if emails:
        desk.run(tx, _MEET, emails=emails)
    by_email = {row["email"]: row["id"] for row in desk.rows(tx, _BY_ADDRESS, emails=emails)}
    nameless = [n for n in rest if not n.email]
    made = [row["id"] for row in desk.rows(tx, _NAMELESS, count=len(nameless))] if nameless else []
    return (
        by_id
        | {str(n.ref): by_email[n.email] for n in rest if n.email}
        | {str(n.ref): id_ for n, id_ in zip(nameless, made, strict=True)}
    )


def _keys(newcomers: Sequence[Newcomer]) -> list[dict[str, str | None]]:
    return [
        {
            "ref": str(n.ref),
            "other": str(RecordRef(CONTACT, n.counterpart)) if n.counterpart else None,
            "own": n.ref.id if n.ref.crm is Crm.ACTIVECAMPAIGN else None,
        }
        for n in newcomers
    ]

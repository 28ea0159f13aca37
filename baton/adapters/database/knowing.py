"""All that is known of some persons, as a decision sees them: candidates, swings, what is kept of consent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from baton.adapters.database.connecting import Desk, sql
from baton.adapters.database.restrictions import kept_consents
from baton.adapters.database.swings import lately
from baton.domain.person import Candidate, Lane, Membership, Person, Role
from baton.domain.records import RecordRef, Seen

# Members, and whatever shares an address or a stored id with one of the person's records.
_CANDIDATES = sql("""
    WITH own AS (
        SELECT person_id, ref, email, counterpart FROM mirror WHERE person_id = ANY(:people)),
    asked AS (
        SELECT person_id, ref FROM own
        UNION SELECT own.person_id, m.ref FROM own
              JOIN mirror m ON m.connection = :connection AND m.email = own.email
        UNION SELECT own.person_id, m.ref FROM own
              JOIN mirror m ON m.connection = :connection AND m.counterpart = split_part(own.ref, ':', 3)
              WHERE starts_with(own.ref, 'activecampaign:')
        UNION SELECT own.person_id, 'activecampaign:contact:' || own.counterpart FROM own
              WHERE own.counterpart IS NOT NULL
        UNION SELECT own.person_id, r.record FROM own JOIN identity_rulings r
              ON r.connection = :connection AND r.contact = own.ref AND r.verdict = 'same'
        UNION SELECT own.person_id, r.contact FROM own JOIN identity_rulings r
              ON r.connection = :connection AND r.record = own.ref AND r.verdict = 'same')
    SELECT asked.person_id, m.ref, m.row, m.version, m.editor, m.email, m.gone_at,
           s.person_id AS member_of, s.role, s.base, s.written,
           (SELECT d.row FROM deals d WHERE d.connection = :connection AND d.contact = m.ref AND d.gone_at IS NULL
            ORDER BY d.version DESC, d.ref DESC LIMIT 1) AS deal
    FROM asked JOIN mirror m ON m.connection = :connection AND m.ref = asked.ref
    LEFT JOIN memberships s ON s.connection = :connection AND s.ref = asked.ref
    ORDER BY asked.person_id, m.ref
""")

_RULINGS = sql("""
    SELECT contact, record, verdict FROM identity_rulings
    WHERE connection = :connection AND (contact = ANY(:refs) OR record = ANY(:refs))
""")


def known_people(
    desk: Desk, tx: Connection, people: Sequence[RowMapping], rows: Sequence[RowMapping], now: datetime
) -> tuple[Person, ...]:
    """`people` have id, revision and email; `rows` name the records whose change asked for a decision."""
    ids = [row["id"] for row in people]
    if not ids:
        return ()
    candidates = desk.rows(tx, _CANDIDATES, people=ids)
    refs = sorted({row["ref"] for row in candidates})
    rulings = desk.rows(tx, _RULINGS, refs=refs)
    swings, frozen = lately(desk, tx, ids, now)
    restrictions, proofs = kept_consents(desk, tx, ids)
    return tuple(
        replace(
            _person(row, rows, candidates),
            same=_ruled(rulings, "same"),
            apart=_ruled(rulings, "apart"),
            swings=swings.get(row["id"], ()),
            frozen=frozen.get(row["id"], frozenset()),
            restriction=restrictions.get(row["id"]),
            evidence=proofs.get(row["id"], ()),
        )
        for row in people
    )


def _ruled(rulings: Sequence[RowMapping], verdict: str) -> frozenset[tuple[RecordRef, RecordRef]]:
    """Pairs of others do no harm: a decision asks for the pairs of its own records."""
    return frozenset(
        (RecordRef.parse(row["contact"]), RecordRef.parse(row["record"]))
        for row in rulings
        if row["verdict"] == verdict
    )


def _person(leased: RowMapping, rows: Sequence[RowMapping], candidates: Sequence[RowMapping]) -> Person:
    own = [row for row in rows if row["person_id"] == leased["id"]]
    return Person(
        id=leased["id"],
        revision=leased["revision"],
        email=leased["email"],
        refs=tuple(RecordRef.parse(row["ref"]) for row in own),
        candidates=tuple(_candidate(row, leased["id"]) for row in candidates if row["person_id"] == leased["id"]),
        lane=Lane.LIVE if any(row["lane"] == Lane.LIVE for row in own) else Lane.BULK,
    )


def _candidate(row: RowMapping, person: int) -> Candidate:
    shown = {**row["row"], "deal": row["deal"]} if row["deal"] is not None else row["row"]
    seen = Seen(RecordRef.parse(row["ref"]), shown, row["version"], row["editor"])
    is_ours = row["member_of"] == person
    membership = Membership(seen.ref, Role(row["role"]), row["base"], row["written"]) if is_ours else None
    elsewhere = row["member_of"] if row["member_of"] is not None and not is_ours else None
    return Candidate(seen, membership, row["email"], row["gone_at"] is not None, elsewhere)

"""Opt-outs and evidence as an operator sees and settles them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from baton.adapters.database.asking import ask_for
from baton.adapters.database.connecting import Desk, again_after_a_collision, packed, sql
from baton.domain.consent import Evidence
from baton.domain.contract import Contract
from baton.domain.opting import SAID, word_of
from baton.domain.records import RecordRef, Seen
from baton.ports.consents import KeptConsent

_ONE = sql("""
    SELECT p.id AS person_id, p.email, c.state, c.since, c.said_by FROM people p
    LEFT JOIN consents c ON c.person_id = p.id
    WHERE p.connection = :connection AND (p.email = :email OR p.id IN (
        SELECT person_id FROM mirror WHERE connection = :connection AND email = :email))
    ORDER BY c.person_id IS NULL, p.id LIMIT 1
""")
_DOUBTFUL = sql("""
    SELECT c.person_id, p.email, c.state, c.since, c.said_by FROM consents c JOIN people p ON p.id = c.person_id
    WHERE c.connection = :connection AND c.state = 'doubtful' ORDER BY c.changed_at, c.person_id LIMIT :limit
""")
_RECORDS = sql("""
    SELECT person_id, ref, row, version, editor FROM mirror
    WHERE connection = :connection AND person_id = ANY(:people) AND gone_at IS NULL ORDER BY ref
""")
_EVIDENCE = sql("""
    SELECT person_id, at, source, form, list_id FROM consent_evidence WHERE person_id = ANY(:people) ORDER BY at
""")
_KEEP = sql("""
    INSERT INTO consent_evidence (connection, person_id, at, source, form, list_id, kept_by, kept_at)
    VALUES (:connection, :person, :at, :source, :form, :list_id, :by, :now)
""")
# A contact that lifted its own opt-out is left alone while its base remembers it; forgetting it is what restricts.
_FORGET = sql("""
    UPDATE memberships SET base = base - :said
    WHERE connection = :connection AND person_id = :person AND starts_with(ref, 'activecampaign:')
""")
_HOLD = sql("SELECT 1 FROM people WHERE id = :person FOR NO KEY UPDATE")
_LEDGER = sql("""
    INSERT INTO ledger (connection, at, person_id, kind, facts)
    VALUES (:connection, :now, :person, :kind, CAST(:facts AS jsonb))
""")


@dataclass(frozen=True, slots=True)
class PostgresConsents:
    desk: Desk
    contract: Contract

    def of(self, email: str) -> KeptConsent | None:
        with self.desk.engine.connect() as tx:
            found = self._told(tx, self.desk.rows(tx, _ONE, email=email))
        return found[0] if found else None

    def doubtful(self, *, limit: int) -> Sequence[KeptConsent]:
        with self.desk.engine.connect() as tx:
            return self._told(tx, self.desk.rows(tx, _DOUBTFUL, limit=limit))

    @again_after_a_collision
    def record(self, person: int, evidence: Evidence, *, by: str, now: datetime) -> tuple[RecordRef, ...]:
        with self.desk.engine.begin() as tx:
            self.desk.rows(tx, _HOLD, person=person)
            values = {"at": evidence.at, "source": evidence.source, "form": evidence.form, "list_id": evidence.list_id}
            self.desk.run(tx, _KEEP, person=person, by=by, now=now, **values)
            why = f"opt-in by {evidence.source} of {evidence.at:%Y-%m-%d %H:%M}, says {by}"
            return self._noted(tx, person, "evidence", why, now)

    @again_after_a_collision
    def restrict(self, person: int, *, by: str, now: datetime) -> tuple[RecordRef, ...]:
        with self.desk.engine.begin() as tx:
            self.desk.rows(tx, _HOLD, person=person)
            self.desk.run(tx, _FORGET, person=person, said=SAID)
            return self._noted(tx, person, "restricted", f"the opt-out holds, says {by}", now)

    def _noted(self, tx: Connection, person: int, kind: str, why: str, now: datetime) -> tuple[RecordRef, ...]:
        self.desk.run(tx, _LEDGER, person=person, kind=kind, facts=packed([{"why": why}])[1:-1], now=now)
        return ask_for(self.desk, tx, person, now)

    def _told(self, tx: Connection, rows: Sequence[RowMapping]) -> Sequence[KeptConsent]:
        people = [row["person_id"] for row in rows]
        records = self.desk.rows(tx, _RECORDS, people=people)
        evidence = self.desk.rows(tx, _EVIDENCE, people=people)
        return tuple(
            KeptConsent(
                person=row["person_id"],
                email=row["email"],
                state=row["state"] or "none",
                since=row["since"],
                said_by=row["said_by"],
                words=tuple(self._word(each) for each in records if each["person_id"] == row["person_id"]),
                evidence=tuple(evidence_of(each) for each in evidence if each["person_id"] == row["person_id"]),
            )
            for row in rows
        )

    def _word(self, row: RowMapping) -> tuple[RecordRef, str]:
        seen = Seen(RecordRef.parse(row["ref"]), row["row"], row["version"], row["editor"])
        return seen.ref, word_of(seen, self.contract).value


def evidence_of(row: RowMapping) -> Evidence:
    return Evidence(row["at"], row["source"], row["form"], row["list_id"])

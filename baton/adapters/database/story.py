"""Reads what the ledger and the boxes know of one person."""

from dataclasses import dataclass

from sqlalchemy import Connection

from baton.adapters.database.connecting import Desk, sql
from baton.domain.story import Happening, Story, ToldRecord, Waiting

_BY_EMAIL = sql("""
    SELECT person_id FROM mirror WHERE connection = :connection AND email = :email
    UNION SELECT id FROM people WHERE connection = :connection AND email = :email
""")
# Somebody may be looked for by an address that no normal form was made of.
_BY_TEXT = sql("""
    SELECT DISTINCT person_id FROM mirror WHERE connection = :connection
      AND lower(trim(coalesce(row->>'email', row->>'Email'))) = lower(trim(:email))
""")
_BY_REF = sql("SELECT person_id FROM mirror WHERE connection = :connection AND ref = :ref")
_PERSON = sql("SELECT id, email, revision FROM people WHERE connection = :connection AND id = :person")
_RECORDS = sql("""
    SELECT m.ref, m.row, m.standing, m.reason, m.version, coalesce(s.role, '') AS role,
           coalesce(s.base, '{}'::jsonb) AS base
    FROM mirror m LEFT JOIN memberships s ON s.connection = m.connection AND s.ref = m.ref
    WHERE m.connection = :connection AND m.person_id = :person ORDER BY m.ref
""")
_LEDGER = sql("""
    SELECT l.at, l.kind, l.ref, l.run_id, l.facts, coalesce(v.data, '{}'::jsonb) AS data
    FROM ledger l LEFT JOIN personal_values v ON v.id = l.values_id
    WHERE l.person_id = :person ORDER BY l.id
""")
_INBOX = sql("SELECT * FROM inbox WHERE person_id = :person ORDER BY id")
_OUTBOX = sql("""
    SELECT * FROM outbox WHERE person_id = :person AND state IN ('waiting', 'sending', 'uncertain', 'dead') ORDER BY id
""")
_HANDOFFS = sql("""
    SELECT id, play, state, reason, created_at, not_before, attempts FROM handoffs
    WHERE person_id = :person AND state IN ('waiting', 'acting', 'dead') ORDER BY id
""")


@dataclass(frozen=True, slots=True)
class PostgresStory:
    desk: Desk

    def of(self, name: str, *, email: str | None) -> tuple[Story, ...]:
        """The persons with this address (as written, and in its normal form) or this ref."""
        with self.desk.engine.connect() as tx:
            found = [
                *self.desk.rows(tx, _BY_REF, ref=name),
                *self.desk.rows(tx, _BY_EMAIL, email=email),
                *self.desk.rows(tx, _BY_TEXT, email=name),
            ]
            return tuple(self._told(tx, person) for person in sorted({row["person_id"] for row in found}))

    def _told(self, tx: Connection, person: int) -> Story:
        row = self.desk.rows(tx, _PERSON, person=person)[0]
        records = self.desk.rows(tx, _RECORDS, person=person)
        names = ("ref", "role", "standing", "reason", "version", "row", "base")
        return Story(
            person=person,
            email=row["email"],
            revision=row["revision"],
            records=tuple(ToldRecord(**{name: each[name] for name in names}) for each in records),
            happenings=tuple(
                Happening(each["at"], each["kind"], each["ref"], each["run_id"], each["facts"], each["data"])
                for each in self.desk.rows(tx, _LEDGER, person=person)
            ),
            waiting=self._waiting(tx, person),
        )

    def _waiting(self, tx: Connection, person: int) -> tuple[Waiting, ...]:
        inbox = (
            Waiting(
                "inbox",
                each["ref"],
                "to be read again" if each["needs_read"] else "to be decided",
                each["created_at"],
                each["not_before"],
                each["attempts"],
                each["last_failure"],
            )
            for each in self.desk.rows(tx, _INBOX, person=person)
        )
        outbox = (
            Waiting(
                "outbox",
                each["target"],
                each["state"],
                each["created_at"],
                each["not_before"],
                each["attempts"],
                each["last_failure"],
            )
            for each in self.desk.rows(tx, _OUTBOX, person=person)
        )
        handoffs = (
            Waiting(
                "handoff",
                f"{each['id']} ({each['play']})",
                each["state"],
                each["created_at"],
                each["not_before"],
                each["attempts"],
                each["reason"] or None,
            )
            for each in self.desk.rows(tx, _HANDOFFS, person=person)
        )
        return (*inbox, *outbox, *handoffs)

"""The review queue: who waits, who might be whom, and what a person says. A ruling moves records between persons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from baton.adapters.database.asking import ask_for
from baton.adapters.database.connecting import Desk, again_after_a_collision, packed, sql
from baton.domain.records import RecordRef, Seen
from baton.ports.reviews import Review, Ruled, UnknownRecordError

_WAITING = sql("""
    SELECT m.person_id, p.email, min(m.reason) AS reason, min(m.decided_at) AS since FROM mirror m
    JOIN people p ON p.id = m.person_id
    WHERE m.connection = :connection AND m.standing = 'review' AND m.gone_at IS NULL
    GROUP BY m.person_id, p.email ORDER BY min(m.decided_at), m.person_id LIMIT :limit
""")
_PERSON = sql("""
    SELECT m.person_id, p.email, m.reason, m.decided_at AS since FROM mirror m JOIN people p ON p.id = m.person_id
    WHERE m.connection = :connection AND m.ref = :ref
""")
_RECORDS = sql("""
    SELECT person_id, ref, row, version, editor, standing FROM mirror
    WHERE connection = :connection AND person_id = ANY(:people) AND gone_at IS NULL ORDER BY ref
""")
# A person's command may read a module whole; there is no index on what people are called.
_ALIKE = sql("""
    SELECT ref, row, version, editor FROM mirror
    WHERE connection = :connection AND starts_with(ref, :side) AND gone_at IS NULL AND (
        lower(coalesce(row->>'Last_Name', row->>'lastName')) = :last_name
        OR regexp_replace(coalesce(row->>'Phone', row->>'phone', ''), '\\D', '', 'g') = :phone
        OR split_part(email, '@', 2) = :domain)
    ORDER BY ref LIMIT :limit
""")
_PAGE = sql("""
    SELECT ref, row, version, editor FROM mirror
    WHERE connection = :connection AND gone_at IS NULL AND ref > :after
      AND coalesce(row->>'Converted__s', 'false') <> 'true' ORDER BY ref LIMIT 1000
""")
_RULINGS = sql("""
    SELECT r.contact, r.record, r.verdict, r.ruled_by, r.ruled_at FROM identity_rulings r
    WHERE r.connection = :connection AND (
        r.contact IN (SELECT ref FROM mirror WHERE person_id = :person)
        OR r.record IN (SELECT ref FROM mirror WHERE person_id = :person))
    ORDER BY r.ruled_at
""")
_WHO = sql("SELECT person_id FROM mirror WHERE connection = :connection AND ref = :ref")
_HOLD = sql("SELECT 1 FROM people WHERE id = ANY(:people) ORDER BY id FOR NO KEY UPDATE")
_RULE = sql("""
    INSERT INTO identity_rulings (connection, contact, record, verdict, ruled_by, ruled_at)
    VALUES (:connection, :contact, :record, :verdict, :by, :now)
    ON CONFLICT (connection, contact, record) DO UPDATE SET verdict = excluded.verdict, ruled_by = excluded.ruled_by,
        ruled_at = excluded.ruled_at
""")
_LEAVE = sql("DELETE FROM memberships WHERE connection = :connection AND ref = :ref")
_NEW_PERSON = sql("INSERT INTO people (connection) VALUES (:connection) RETURNING id")
_MOVE = sql("UPDATE mirror SET person_id = :person WHERE connection = :connection AND ref = :ref")
# What waits about a record goes where the record goes; its own decision is asked for right after.
_DROP_INBOX = sql("DELETE FROM inbox WHERE connection = :connection AND ref = :ref")
_LEDGER = sql("""
    INSERT INTO ledger (connection, at, person_id, kind, ref, facts)
    VALUES (:connection, :now, :person, 'identified', :ref, CAST(:facts AS jsonb))
""")


@dataclass(frozen=True, slots=True)
class PostgresReviews:
    desk: Desk

    def listed(self, *, limit: int) -> Sequence[Review]:
        with self.desk.engine.connect() as tx:
            return self._told(tx, self.desk.rows(tx, _WAITING, limit=limit))

    def of(self, ref: RecordRef) -> Review | None:
        with self.desk.engine.connect() as tx:
            found = self._told(tx, self.desk.rows(tx, _PERSON, ref=str(ref)))
        return found[0] if found else None

    def alike(self, seen: Seen, *, limit: int) -> Sequence[Seen]:
        last = str(seen.row.get("Last_Name") or seen.row.get("lastName") or "").strip().casefold()
        phone = "".join(each for each in str(seen.row.get("Phone") or seen.row.get("phone") or "") if each.isdigit())
        domain = str(seen.row.get("Email") or seen.row.get("email") or "").rpartition("@")[2].strip().casefold()
        values = {"last_name": last or None, "phone": phone or None, "domain": domain or None}
        with self.desk.engine.connect() as tx:
            rows = self.desk.rows(tx, _ALIKE, side=f"{seen.ref.crm.other}:", limit=limit, **values)
        return tuple(_seen(row) for row in rows)

    def everything(self) -> Iterator[Seen]:
        after = ""
        while True:
            with self.desk.engine.connect() as tx:
                rows = self.desk.rows(tx, _PAGE, after=after)
            yield from (_seen(row) for row in rows)
            if not rows:
                return
            after = rows[-1]["ref"]

    def rulings(self, person: int) -> Sequence[Ruled]:
        with self.desk.engine.connect() as tx:
            return tuple(_ruled(row) for row in self.desk.rows(tx, _RULINGS, person=person))

    @again_after_a_collision
    def link(self, contact: RecordRef, record: RecordRef, *, by: str, now: datetime) -> tuple[RecordRef, ...]:
        with self.desk.engine.begin() as tx:
            ours, theirs = self._held(tx, contact, record)
            self._rule(tx, contact, record, "same", by, now)
            if theirs != ours:
                self._move(tx, record, ours)
            return self._noted(tx, {ours, theirs}, record, f"{contact} and {record} are one, says {by}", now)

    @again_after_a_collision
    def separate(self, contact: RecordRef, record: RecordRef, *, by: str, now: datetime) -> tuple[RecordRef, ...]:
        with self.desk.engine.begin() as tx:
            ours, theirs = self._held(tx, contact, record)
            self._rule(tx, contact, record, "apart", by, now)
            if theirs == ours:
                theirs = int(self.desk.rows(tx, _NEW_PERSON)[0]["id"])
                self._move(tx, record, theirs)
            return self._noted(tx, {ours, theirs}, record, f"{contact} and {record} are two, says {by}", now)

    def _held(self, tx: Connection, contact: RecordRef, record: RecordRef) -> tuple[int, int]:
        people = [self._who(tx, ref) for ref in (contact, record)]
        self.desk.rows(tx, _HOLD, people=people)
        return people[0], people[1]

    def _who(self, tx: Connection, ref: RecordRef) -> int:
        rows = self.desk.rows(tx, _WHO, ref=str(ref))
        if not rows:
            raise UnknownRecordError(str(ref))
        return int(rows[0]["person_id"])

    def _rule(
        self, tx: Connection, contact: RecordRef, record: RecordRef, verdict: str, by: str, now: datetime
    ) -> None:
        values = {"contact": str(contact), "record": str(record), "verdict": verdict, "by": by}
        self.desk.run(tx, _RULE, now=now, **values)

    def _move(self, tx: Connection, record: RecordRef, person: int) -> None:
        """Its base belonged to another pair, so it goes; the next pair begins as two that never agreed."""
        for statement in (_LEAVE, _DROP_INBOX):
            self.desk.run(tx, statement, ref=str(record))
        self.desk.run(tx, _MOVE, ref=str(record), person=person)

    def _noted(
        self, tx: Connection, people: set[int], record: RecordRef, why: str, now: datetime
    ) -> tuple[RecordRef, ...]:
        due: tuple[RecordRef, ...] = ()
        for person in sorted(people):
            self.desk.run(tx, _LEDGER, person=person, ref=str(record), facts=packed([{"why": why}])[1:-1], now=now)
            due += ask_for(self.desk, tx, person, now)
        return due

    def _told(self, tx: Connection, rows: Sequence[RowMapping]) -> Sequence[Review]:
        records = self.desk.rows(tx, _RECORDS, people=[row["person_id"] for row in rows])
        return tuple(
            Review(
                row["person_id"],
                row["email"],
                row["reason"],
                row["since"],
                tuple((_seen(each), each["standing"]) for each in records if each["person_id"] == row["person_id"]),
            )
            for row in rows
        )


def _seen(row: RowMapping) -> Seen:
    return Seen(RecordRef.parse(row["ref"]), row["row"], row["version"], row["editor"])


def _ruled(row: RowMapping) -> Ruled:
    contact, record = RecordRef.parse(row["contact"]), RecordRef.parse(row["record"])
    return Ruled(contact, record, row["verdict"] == "same", row["ruled_by"], row["ruled_at"])

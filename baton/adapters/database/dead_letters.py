"""Dead letters as a person works them off: listed, shown, replayed, discarded."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import RowMapping

from baton.adapters.database import burial
from baton.adapters.database.connecting import Desk, again_after_a_collision, sql
from baton.domain.records import RecordRef
from baton.ports import DeadLetter

_LISTED = sql("""
    SELECT * FROM dead_letters WHERE connection = :connection AND (CAST(:state AS text) = 'all' OR state = :state)
    ORDER BY id DESC LIMIT :limit
""")
_SHOWN = sql("SELECT * FROM dead_letters WHERE connection = :connection AND id = :id")
_SETTLE = sql("""
    UPDATE dead_letters SET state = :state, settled_at = :now, settled_why = :why
    WHERE connection = :connection AND id = :id AND state = 'open' RETURNING person_id
""")
_BACK_TO_INBOX = sql("""
    INSERT INTO inbox AS i (connection, ref, person_id, lane, needs_read, not_before, nudged_at, created_at)
    SELECT :connection, m.ref, m.person_id, 'live', true, CAST(:now AS timestamptz), CAST(:now AS timestamptz),
           CAST(:now AS timestamptz)
    FROM mirror m WHERE m.connection = :connection AND m.person_id = :person AND m.gone_at IS NULL
    ON CONFLICT (connection, ref) DO UPDATE SET generation = i.generation + 1, needs_read = true, attempts = 0,
        takes = 0, not_before = excluded.not_before
    RETURNING ref
""")
_WAITS = sql("UPDATE mirror SET standing = 'waiting', reason = '' WHERE person_id = :person AND standing = 'dead'")
_OPEN = sql("SELECT id, queue FROM dead_letters WHERE state = 'open' ORDER BY id DESC LIMIT :limit")


@dataclass(frozen=True, slots=True)
class PostgresDeadLetters:
    desk: Desk

    def bury(self, queue: str, *, code: str, reason: str, traceback: str | None, now: datetime) -> int:
        with self.desk.engine.begin() as tx:
            return burial.bury_loose(self.desk, tx, queue, code, reason, traceback, now)

    def listed(self, *, state: str = "open", limit: int = 100) -> tuple[DeadLetter, ...]:
        with self.desk.engine.connect() as tx:
            return tuple(_letter(row) for row in self.desk.rows(tx, _LISTED, state=state, limit=limit))

    def shown(self, id_: int) -> DeadLetter | None:
        with self.desk.engine.connect() as tx:
            found = self.desk.rows(tx, _SHOWN, id=id_)
        return _letter(found[0]) if found else None

    @again_after_a_collision
    def replay(self, id_: int, *, now: datetime) -> tuple[RecordRef, ...]:
        with self.desk.engine.begin() as tx:
            settled = self.desk.rows(tx, _SETTLE, id=id_, state="replayed", now=now, why=None)
            if not settled or settled[0]["person_id"] is None:
                return ()
            person = settled[0]["person_id"]
            self.desk.run(tx, _WAITS, person=person)
            rows = self.desk.rows(tx, _BACK_TO_INBOX, person=person, now=now)
        return tuple(RecordRef.parse(row["ref"]) for row in rows)

    def discard(self, id_: int, why: str, *, now: datetime) -> bool:
        with self.desk.engine.begin() as tx:
            return bool(self.desk.rows(tx, _SETTLE, id=id_, state="discarded", now=now, why=why))

    def by_queue(self, *, limit: int) -> dict[str, list[int]]:
        """Open dead letters of every connection, newest first, by the queue they came from."""
        queues: dict[str, list[int]] = {}
        with self.desk.engine.connect() as tx:
            for row in self.desk.rows(tx, _OPEN, limit=limit):
                queues.setdefault(row["queue"], []).append(row["id"])
        return queues


def _letter(row: RowMapping) -> DeadLetter:
    names = ("id", "queue", "ref", "code", "field", "reason", "traceback", "buried_at", "state")
    return DeadLetter(**{name: row[name] for name in names})

"""Persons are taken by one worker at a time, decided outside, and committed in one short transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection

from baton.adapters.database import burial
from baton.adapters.database.connecting import LONG_AGO, Desk, again_after_a_collision, sql
from baton.adapters.database.knowing import known_people
from baton.adapters.database.plans import Watch, write_plans
from baton.domain.failures import Bury, DecideAgain, Failure, Verdict, Wait
from baton.domain.person import Lane, Person, Plan
from baton.domain.records import Module, RecordRef
from baton.ports import Taken

# A person in somebody's short transaction is waited for; one that is leased is left to whoever decides it.
_LEASE = sql("""
    UPDATE people SET lease = :token, leased_until = :until WHERE id IN (
        SELECT p.id FROM people p
        WHERE p.id IN (SELECT person_id FROM inbox WHERE connection = :connection AND ref = ANY(:refs)
                       AND not_before <= :now AND NOT needs_read)
          AND (p.leased_until IS NULL OR p.leased_until < :now)
          AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.person_id = p.id AND o.state IN ('sending', 'uncertain'))
        ORDER BY p.id FOR NO KEY UPDATE)
    RETURNING id, revision, email
""")
# The message is spent, so whoever could not be had now is left for the very next sweep.
_LEAVE = sql("""
    UPDATE inbox SET nudged_at = :never WHERE connection = :connection AND ref = ANY(:refs)
      AND NOT (person_id = ANY(:people)) AND not_before <= :now
""")
_TAKE = sql("""
    UPDATE inbox SET taken_generation = generation, takes = takes + 1, attempts = attempts + 1
    WHERE person_id = ANY(:people) AND NOT needs_read AND not_before <= :now
    RETURNING ref, person_id, lane, takes
""")
_UNLEASE = sql("UPDATE people SET lease = NULL, leased_until = NULL WHERE id = :person AND lease = :token")
_WAIT = sql("""
    UPDATE inbox SET taken_generation = NULL, takes = 0, not_before = :due, last_failure = :why,
           attempts = CASE WHEN :costs THEN attempts ELSE greatest(attempts - 1, 0) END, needs_read = :needs_read
    WHERE person_id = :person AND taken_generation IS NOT NULL
""")
_ATTEMPTS = sql("SELECT max(attempts) AS attempts FROM inbox WHERE person_id = :person")
_DUE = sql("""
    UPDATE inbox SET nudged_at = :now WHERE id IN (
        SELECT id FROM inbox WHERE connection = :connection AND not_before <= :now AND nudged_at <= :quiet_since
          AND NOT needs_read
        ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED)
    RETURNING ref, lane
""")
_BACKLOG = sql("""
    SELECT count(*) AS n FROM (SELECT 1 FROM inbox WHERE connection = :connection AND not_before <= :now LIMIT 1000) i
""")


@dataclass(frozen=True, slots=True)
class PostgresPeople:
    """
    lease       longer than any decision takes, short enough that a killed worker's persons come back soon.
    nudge_again how long a nudge may take through a long queue before the row is nudged once more.
    takes       how often a row may be taken without a verdict: more means it kills its worker.
    """

    desk: Desk
    lease: timedelta
    nudge_again: timedelta
    takes: int
    watch: Watch

    @again_after_a_collision
    def take(self, refs: Sequence[RecordRef], *, now: datetime) -> Taken:
        token = str(uuid4())
        with self.desk.engine.begin() as tx:
            leased = {
                row["id"]: row
                for row in self.desk.rows(
                    tx, _LEASE, refs=[str(ref) for ref in refs], token=token, now=now, until=now + self.lease
                )
            }
            rows = self.desk.rows(tx, _TAKE, people=list(leased), now=now) if leased else []
            names = [str(ref) for ref in refs]
            self.desk.run(tx, _LEAVE, refs=names, people=list(leased), now=now, never=LONG_AGO)
            deadly = {row["person_id"] for row in rows if row["takes"] > self.takes}
            for person in sorted(deadly):
                burial.bury_inbox(self.desk, tx, person, _Deadly(self.takes), None, now)
                self.desk.run(tx, _UNLEASE, person=person, token=token)
            alive = [id_ for id_ in leased if id_ not in deadly]
            known = known_people(self.desk, tx, [leased[id_] for id_ in alive], rows, now)
        return Taken(token, known)

    @again_after_a_collision
    def commit(self, taken: Taken, plans: Sequence[tuple[Person, Plan]], *, now: datetime) -> Sequence[Module]:
        with self.desk.engine.begin() as tx:
            return write_plans(self.desk, tx, taken.token, plans, self.watch, now).modules

    def attempts(self, person: Person) -> int:
        with self.desk.engine.connect() as tx:
            return self.desk.rows(tx, _ATTEMPTS, person=person.id)[0]["attempts"] or 0

    @again_after_a_collision
    def settle(
        self,
        taken: Taken,
        person: Person,
        verdict: Verdict,
        failure: Failure,
        *,
        now: datetime,
        traceback: str | None = None,
    ) -> None:
        with self.desk.engine.begin() as tx:
            match verdict:
                case Wait(wait, costs_a_try):
                    self._wait(tx, person, failure, now + wait, costs=costs_a_try)
                case DecideAgain():
                    self._wait(tx, person, failure, now, costs=True, needs_read=True)
                case Bury():
                    burial.bury_inbox(self.desk, tx, person.id, failure, traceback, now)
                case _:
                    self._wait(tx, person, failure, now + self.lease, costs=False)
            self.desk.run(tx, _UNLEASE, person=person.id, token=taken.token)

    def _wait(
        self, tx: Connection, person: Person, why: Failure, due: datetime, *, costs: bool, needs_read: bool = False
    ) -> None:
        values = {"person": person.id, "due": due, "why": why.reason, "costs": costs, "needs_read": needs_read}
        self.desk.run(tx, _WAIT, **values)

    @again_after_a_collision
    def due(self, *, limit: int, now: datetime) -> Mapping[Lane, tuple[RecordRef, ...]]:
        with self.desk.engine.begin() as tx:
            rows = self.desk.rows(tx, _DUE, limit=limit, now=now, quiet_since=now - self.nudge_again)
        return {lane: tuple(RecordRef.parse(row["ref"]) for row in rows if row["lane"] == lane) for lane in Lane}

    def backlog(self, *, now: datetime) -> int:
        with self.desk.engine.connect() as tx:
            return int(self.desk.rows(tx, _BACKLOG, now=now)[0]["n"])


class _Deadly(Failure):
    code = "deadly"

    def __init__(self, takes: int) -> None:
        super().__init__(f"taken {takes} times without a verdict: it seems to end the worker that takes it")

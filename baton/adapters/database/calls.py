"""Accounts for API calls, in one statement per call: counted by hour and by run, kept where they wrote or failed.

It stands between a vendor's answer and its settling, so it must neither take long nor fail. A worker killed in between
leaves no call: its outbox row stays in `sending` and is looked up like any other whose outcome is unknown.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.fernet import Fernet
from sqlalchemy.exc import SQLAlchemyError

from baton.adapters.database import call_story
from baton.adapters.database.connecting import Desk, sql
from baton.adapters.database.exchanges import sealed
from baton.domain.calls import Call, CallStory
from baton.domain.records import Crm

log = logging.getLogger("baton.calls")

_OBSERVE = sql("""
    WITH by_hour AS (
        INSERT INTO call_counts AS c (connection, hour, crm, endpoint, outcome, calls, cost, took)
        VALUES (:connection, date_trunc('hour', CAST(:at AS timestamptz), 'UTC'), :crm, :endpoint, :outcome, 1, :cost,
                :took)
        ON CONFLICT (connection, hour, crm, endpoint, outcome) DO UPDATE
            SET calls = c.calls + 1, cost = c.cost + excluded.cost, took = c.took + excluded.took),
    by_run AS (
        INSERT INTO run_calls AS r (run_id, crm, endpoint, outcome, calls, took, longest)
        SELECT id, :crm, :endpoint, :outcome, 1, :took, :took FROM runs
        WHERE id = CAST(:run AS bigint) AND connection = :connection
        ON CONFLICT (run_id, crm, endpoint, outcome) DO UPDATE
            SET calls = r.calls + 1, took = r.took + excluded.took, longest = greatest(r.longest, excluded.longest))
    INSERT INTO calls (connection, at, crm, endpoint, status, outcome, code, took, request_id, run_id, outbox_ids, refs,
                       sealed)
    SELECT :connection, :at, :crm, :endpoint, CAST(:status AS int), :outcome, CAST(:code AS text), :took,
           CAST(:request_id AS text), CAST(:run AS bigint), CAST(:writes AS bigint[]), CAST(:refs AS text[]),
           CAST(:sealed AS bytea)
    WHERE :is_kept
""")
_FORGET = sql("""
    DELETE FROM calls WHERE id IN (
        SELECT id FROM calls WHERE connection = :connection AND at < :before ORDER BY at LIMIT :limit)
""")
# Whole hours: the one that is half over a day ago counts, so it is never too little.
_SPENT = sql("""
    SELECT coalesce(sum(cost), 0) AS spent FROM call_counts
    WHERE connection = :connection AND crm = :crm AND hour > :since - interval '1 hour'
""")
_FORGET_COUNTS = sql("DELETE FROM call_counts WHERE connection = :connection AND hour < :before")

REST = timedelta(seconds=10)
AT_ONCE = 10_000


@dataclass(slots=True)
class _Trouble:
    """Since when, and until when, the database is not asked to note anything."""

    until: datetime | None = None
    missed: int = 0


@dataclass(frozen=True, slots=True)
class PostgresCalls:
    """
    keep         how long requests and answers are kept.
    keep_counts  how long the counts by hour are.
    """

    desk: Desk
    seal: Fernet
    keep: timedelta
    keep_counts: timedelta
    _trouble: _Trouble = field(default_factory=_Trouble)

    def observe(self, call: Call) -> None:
        trouble = self._trouble
        if trouble.until is not None and call.at < trouble.until:
            trouble.missed += 1
            return
        try:
            self._note(call)
        except SQLAlchemyError as error:
            # A call must not wait for a database that is away, and each again.
            trouble.until, trouble.missed = call.at + REST, trouble.missed + 1
            log.warning("calls are not noted for %s s: %s", REST.seconds, type(error).__name__)
        else:
            self._say_what_was_missed()

    def _note(self, call: Call) -> None:
        with self.desk.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as tx:
            self.desk.run(
                tx,
                _OBSERVE,
                at=call.at,
                crm=call.crm,
                endpoint=call.endpoint,
                status=call.status,
                outcome=call.outcome,
                cost=call.cost,
                code=call.code,
                took=call.took,
                request_id=call.request_id,
                run=call.cause.run,
                writes=list(call.cause.writes),
                refs=[str(ref) for ref in call.cause.refs],
                sealed=None if call.exchange is None else sealed(call.exchange, self.seal),
                is_kept=call.is_kept,
            )

    def _say_what_was_missed(self) -> None:
        if self._trouble.missed:
            log.warning("%s calls were made and not noted while the database was away", self._trouble.missed)
            self._trouble.until, self._trouble.missed = None, 0

    def of_person(self, person: int, *, now: datetime) -> CallStory:
        with self.desk.engine.connect() as tx:
            return call_story.of_person(self.desk, tx, person, self.seal, kept_since=now - self.keep)

    def spent(self, crm: Crm, *, since: datetime) -> int:
        with self.desk.engine.connect() as tx:
            return int(self.desk.rows(tx, _SPENT, crm=crm, since=since)[0]["spent"])

    def forget(self, *, now: datetime) -> int:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _FORGET_COUNTS, before=now - self.keep_counts)
            return self.desk.run(tx, _FORGET, before=now - self.keep, limit=AT_ONCE)

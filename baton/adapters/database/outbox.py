"""Writes in order per target: claimed and committed as `sending` before the call, settled one by one after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from uuid import uuid4

from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from baton.adapters.database import burial
from baton.adapters.database.confirming import confirm_writes, due_inbox
from baton.adapters.database.connecting import Desk, again_after_a_collision, sql
from baton.domain.batching import BATCH
from baton.domain.failures import Bury, DecideAgain, Failure, LookFirst, Verdict, Wait
from baton.domain.person import Lane
from baton.domain.records import CONTACT, Crm, Module, RecordRef, Seen
from baton.ports import Confirmation, Crowd, Operation, OutboxRow

# The next rows in line, the most urgent lane first, found by index alone: a claim must not cost more in a long queue.
_LINE = """
    WITH line AS MATERIALIZED (
        SELECT id FROM outbox WHERE connection = :connection AND module = :module AND state = 'waiting'
          AND not_before <= :now AND NOT EXISTS (
              SELECT 1 FROM guard_trips g
              WHERE g.connection = :connection AND g.settled_at IS NULL AND g.risk = outbox.risk)
          AND (CAST(:is_create AS boolean) IS NULL OR (ref IS NULL) = :is_create)
        ORDER BY lane DESC, id LIMIT :look)
"""
# A record of which something new is known goes nowhere before that is decided: the last look would compare the record
# with what the decision never saw, find them alike, and overwrite an edit that had been read in time.
_CLAIMABLE = """
    SELECT o.id, o.ref FROM line JOIN outbox o ON o.id = line.id JOIN people p ON p.id = o.person_id
    WHERE o.state = 'waiting' AND (o.handoff_id IS NOT NULL OR o.revision = p.revision
          AND o.contract IN ('', :contract) AND NOT EXISTS (
          SELECT 1 FROM inbox i WHERE i.connection = o.connection AND i.ref = o.ref AND NOT i.needs_read))
      AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.connection = o.connection AND e.target = o.target
                      AND e.id < o.id AND e.state IN ('waiting', 'sending', 'uncertain'))
"""
_WAITS = sql(f"{_LINE} SELECT EXISTS ({_CLAIMABLE}) AS it_does")
_COLUMNS = """
    o.id, o.module, o.person_id, o.key, o.ref, o.values, o.agreed, o.attempts, o.lease, o.lane, o.handoff_id,
    m.row, m.version, m.editor
"""
# The person row is locked with the write, so that a decision being committed and a claim cannot pass each other.
# The record is returned by the statement that found nothing undecided of it: a second one might see a newer record.
_CLAIM = sql(f"""
    {_LINE}, chosen AS (
        {_CLAIMABLE} ORDER BY o.lane DESC, o.id LIMIT :limit FOR NO KEY UPDATE OF o, p SKIP LOCKED)
    UPDATE outbox o SET state = 'sending', lease = :lease, leased_until = :until, attempts = attempts + 1
    FROM chosen LEFT JOIN mirror m ON m.connection = :connection AND m.ref = chosen.ref
    WHERE o.id = chosen.id
    RETURNING {_COLUMNS}
""")  # noqa: S608 - the texts above, no value in them
_CROWD = sql("""
    SELECT count(*) AS waiting, min(created_at) AS oldest, coalesce(bool_or(lane = 'urgent'), false) AS is_urgent FROM (
        SELECT created_at, lane FROM outbox WHERE connection = :connection AND module = :module AND state = 'waiting'
          AND not_before <= :now ORDER BY lane DESC, id LIMIT :limit) first
""")
_DOUBT = sql("""
    UPDATE outbox SET state = 'uncertain', lease = :lease, leased_until = :until WHERE id IN (
        SELECT id FROM outbox WHERE connection = :connection AND module = :module
          AND ((state = 'sending' AND leased_until < :long_dead)
               OR (state = 'uncertain' AND not_before <= :now AND (leased_until IS NULL OR leased_until < :now)))
        ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED)
    RETURNING id
""")
_LOADED = sql(f"""
    SELECT {_COLUMNS} FROM outbox o LEFT JOIN mirror m ON m.connection = o.connection AND m.ref = o.ref
    WHERE o.id = ANY(:ids) ORDER BY o.id
""")  # noqa: S608 - the columns above, no value in them
_WAIT = sql("""
    UPDATE outbox SET state = 'waiting', lease = NULL, leased_until = NULL, not_before = :due, nudged_at = :now,
           last_failure = :why, attempts = CASE WHEN :costs THEN attempts ELSE greatest(attempts - 1, 0) END
    WHERE id = ANY(:ids) AND state IN ('sending', 'uncertain')
""")
_IN_DOUBT = sql("""
    UPDATE outbox SET state = 'uncertain', lease = NULL, leased_until = NULL, not_before = :due, last_failure = :why
    WHERE id = ANY(:ids) AND state IN ('sending', 'uncertain')
""")
_WITHDRAW = sql("""
    UPDATE outbox SET state = 'withdrawn', lease = NULL, leased_until = NULL, settled_at = :now, last_failure = :why
    WHERE id = ANY(:ids) AND state IN ('sending', 'uncertain', 'waiting') RETURNING person_id
""")
# The person is decided again from its contact; a record that may have vanished is read first.
_ASK_AGAIN = sql("""
    INSERT INTO inbox AS i (connection, ref, person_id, lane, needs_read, not_before, nudged_at, created_at)
    SELECT DISTINCT CAST(:connection AS text), m.ref, m.person_id, 'live', :needs_read, CAST(:now AS timestamptz),
           CAST(:now AS timestamptz), CAST(:now AS timestamptz)
    FROM mirror m WHERE m.connection = :connection AND m.person_id = ANY(:people) AND m.gone_at IS NULL
    ON CONFLICT (connection, ref) DO UPDATE SET generation = i.generation + 1,
        needs_read = i.needs_read OR excluded.needs_read, not_before = excluded.not_before,
        nudged_at = excluded.nudged_at
    RETURNING ref, needs_read
""")
_ROUNDS = sql("""
    SELECT count(*) AS n FROM outbox WHERE connection = :connection AND person_id = :person AND state = 'withdrawn'
      AND settled_at > :since
""")
_OVERTAKEN = sql("""
    WITH ours AS MATERIALIZED (
        SELECT o.id, o.person_id, c.email, split_part(c.ref, ':', 3) AS key FROM outbox o
        JOIN mirror c ON c.connection = :connection AND c.person_id = o.person_id
             AND starts_with(c.ref, 'activecampaign:')
        WHERE o.id = ANY(:ids))
    SELECT o.id FROM ours o JOIN mirror z ON z.person_id = o.person_id
    WHERE starts_with(z.ref, 'zoho:') AND z.gone_at IS NULL
    UNION
    SELECT o.id FROM ours o JOIN mirror z ON z.connection = :connection AND z.email = o.email
    WHERE starts_with(z.ref, 'zoho:') AND z.gone_at IS NULL
    UNION
    SELECT o.id FROM ours o JOIN mirror z ON z.connection = :connection AND z.counterpart = o.key
    WHERE starts_with(z.ref, 'zoho:') AND z.gone_at IS NULL
""")
_OVERTAKEN_CONTACTS = sql("""
    SELECT DISTINCT o.id FROM outbox o
    JOIN mirror z ON z.connection = :connection AND z.person_id = o.person_id AND starts_with(z.ref, 'zoho:')
    JOIN mirror c ON c.connection = :connection AND starts_with(c.ref, 'activecampaign:') AND c.gone_at IS NULL
         AND (c.person_id = o.person_id OR c.email = z.email)
    WHERE o.id = ANY(:ids)
""")
_DUE = sql("""
    UPDATE outbox SET nudged_at = :now WHERE id IN (
        SELECT id FROM outbox WHERE connection = :connection AND state = 'waiting' AND not_before <= :now
          AND nudged_at <= :quiet_since ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED)
    RETURNING module, lane
""")
_STALE = sql("""
    SELECT o.id FROM outbox o JOIN people p ON p.id = o.person_id
    WHERE o.connection = :connection AND o.state = 'waiting' AND o.handoff_id IS NULL
      AND (o.revision <> p.revision OR o.contract NOT IN ('', :contract)) LIMIT :limit
""")
_DOUBTFUL = sql("""
    SELECT DISTINCT module FROM outbox WHERE connection = :connection
      AND ((state = 'sending' AND leased_until < :long_dead) OR (state = 'uncertain' AND not_before <= :now))
""")


CIRCLES = 5
CIRCLES_WITHIN = timedelta(hours=1)
# Several flushes walk the line side by side, each past what the others have locked.
LOOK = BATCH * 10


@dataclass(frozen=True, slots=True)
class PostgresOutbox:
    """
    lease  longer than a call's overall deadline, so that a row in `sending` past it belongs to a dead worker.
    grace  what is added before a look-up: a request may still be on its way into the vendor's books.
    """

    desk: Desk
    lease: timedelta
    grace: timedelta
    nudge_again: timedelta

    @again_after_a_collision
    def claim(self, module: Module, operation: Operation, *, limit: int, now: datetime) -> tuple[OutboxRow, ...]:
        lease, is_create = str(uuid4()), operation is Operation.CREATE
        values = {
            "module": str(module),
            "is_create": is_create,
            "limit": limit,
            "look": LOOK,
            "lease": lease,
            "now": now,
        }
        with self.desk.engine.begin() as tx:
            claimed = self.desk.rows(tx, _CLAIM, until=now + self.lease, **values)
        return tuple(sorted(map(_row, claimed), key=attrgetter("id")))

    def crowd(self, module: Module, *, now: datetime) -> Crowd:
        with self.desk.engine.connect() as tx:
            row = self.desk.rows(tx, _CROWD, module=str(module), limit=BATCH, now=now)[0]
        return Crowd(row["waiting"], now - row["oldest"] if row["oldest"] else timedelta(0), row["is_urgent"])

    def waits(self, module: Module, *, now: datetime) -> bool:
        with self.desk.engine.connect() as tx:
            rows = self.desk.rows(tx, _WAITS, module=str(module), is_create=None, look=LOOK, now=now)
        return bool(rows[0]["it_does"])

    @again_after_a_collision
    def claim_uncertain(self, module: Module, *, limit: int, now: datetime) -> tuple[OutboxRow, ...]:
        values = {"module": str(module), "limit": limit, "lease": str(uuid4()), "now": now}
        with self.desk.engine.begin() as tx:
            long_dead = now - self.grace
            rows = self.desk.rows(tx, _DOUBT, until=now + self.lease, long_dead=long_dead, **values)
            return self._loaded(tx, [row["id"] for row in rows])

    def _loaded(self, tx: Connection, ids: Sequence[int]) -> tuple[OutboxRow, ...]:
        return tuple(_row(row) for row in self.desk.rows(tx, _LOADED, ids=list(ids))) if ids else ()

    @again_after_a_collision
    def confirm(self, confirmations: Sequence[Confirmation], *, now: datetime) -> tuple[RecordRef, ...]:
        if not confirmations:
            return ()
        with self.desk.engine.begin() as tx:
            return confirm_writes(self.desk, tx, confirmations, now)

    @again_after_a_collision
    def settle(
        self, row: OutboxRow, verdict: Verdict, failure: Failure, *, now: datetime, traceback: str | None = None
    ) -> tuple[RecordRef, ...]:
        values = {"ids": [row.id], "why": failure.reason}
        with self.desk.engine.begin() as tx:
            match verdict:
                case Wait(wait, costs_a_try):
                    self.desk.run(tx, _WAIT, due=now + wait, now=now, costs=costs_a_try, **values)
                case LookFirst():
                    self.desk.run(tx, _IN_DOUBT, due=now + self.grace, **values)
                case DecideAgain() if row.handoff is not None:
                    # Its handoff decides again; the person's fields are not concerned.
                    self.desk.run(tx, _WITHDRAW, now=now, **values)
                case DecideAgain() if not self._is_going_in_circles(tx, row, now):
                    return self._withdraw(tx, [row], failure.reason, now, needs_read=True)
                case Bury() | DecideAgain():
                    burial.bury_outbox(self.desk, tx, row.id, failure, traceback, now)
                    return due_inbox(self.desk, tx, [row.person], now)
                case _:
                    self.desk.run(tx, _WAIT, due=now + self.lease, now=now, costs=False, **values)
        return ()

    def _is_going_in_circles(self, tx: Connection, row: OutboxRow, now: datetime) -> bool:
        """Decided anew again and again to the same end: the next round would only spend calls."""
        rounds = self.desk.rows(tx, _ROUNDS, person=row.person, since=now - CIRCLES_WITHIN)[0]["n"]
        return int(rounds) >= CIRCLES

    @again_after_a_collision
    def release(self, rows: Sequence[OutboxRow], *, not_before: datetime, why: str, now: datetime) -> None:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _WAIT, ids=[row.id for row in rows], due=not_before, now=now, costs=False, why=why)

    @again_after_a_collision
    def withdraw(self, rows: Sequence[OutboxRow], why: str, *, now: datetime) -> tuple[RecordRef, ...]:
        with self.desk.engine.begin() as tx:
            return self._withdraw(tx, rows, why, now, needs_read=False)

    def _withdraw(
        self, tx: Connection, rows: Sequence[OutboxRow], why: str, now: datetime, *, needs_read: bool
    ) -> tuple[RecordRef, ...]:
        withdrawn = self.desk.rows(tx, _WITHDRAW, ids=[row.id for row in rows], now=now, why=why)
        people = [row["person_id"] for row in withdrawn]
        asked = self.desk.rows(tx, _ASK_AGAIN, people=people, now=now, needs_read=needs_read)
        return tuple(RecordRef.parse(row["ref"]) for row in asked if not row["needs_read"])

    def overtaken(self, rows: Sequence[OutboxRow]) -> tuple[OutboxRow, ...]:
        ids = {crm: [row.id for row in rows if row.module.crm is crm] for crm in Crm}
        with self.desk.engine.connect() as tx:
            records = self.desk.rows(tx, _OVERTAKEN, ids=ids[Crm.ZOHO])
            contacts = self.desk.rows(tx, _OVERTAKEN_CONTACTS, ids=ids[Crm.ACTIVECAMPAIGN])
        found = {row["id"] for row in (*records, *contacts)}
        return tuple(row for row in rows if row.id in found)

    @again_after_a_collision
    def due(self, *, limit: int, now: datetime) -> Mapping[tuple[Module, Lane], int]:
        counts: dict[tuple[Module, Lane], int] = {}
        with self.desk.engine.begin() as tx:
            for row in self.desk.rows(tx, _DUE, limit=limit, now=now, quiet_since=now - self.nudge_again):
                key = (Module.parse(row["module"]), Lane(row["lane"]))
                counts[key] = counts.get(key, 0) + 1
        return counts

    @again_after_a_collision
    def stale(self, *, limit: int, now: datetime) -> tuple[RecordRef, ...]:
        with self.desk.engine.begin() as tx:
            ids = [row["id"] for row in self.desk.rows(tx, _STALE, limit=limit)]
            why = "the person moved on before this was sent"
            return self._withdraw(tx, self._loaded(tx, ids), why, now, needs_read=False)

    def in_doubt(self, *, now: datetime) -> Sequence[Module]:
        with self.desk.engine.connect() as tx:
            rows = self.desk.rows(tx, _DOUBTFUL, now=now, long_dead=now - self.grace)
        return tuple(Module.parse(row["module"]) for row in rows)


def _row(row: RowMapping) -> OutboxRow:
    ref = RecordRef.parse(row["ref"]) if row["ref"] else None
    named = (RecordRef.parse(text) for text in row["agreed"] if text)
    contact = next((r for r in named if r.crm is Crm.ACTIVECAMPAIGN), None)
    return OutboxRow(
        id=row["id"],
        module=Module.parse(row["module"]),
        person=row["person_id"],
        key=row["key"],
        ref=ref,
        contact=contact or RecordRef(CONTACT, "?"),
        values=row["values"],
        target=Seen(ref, row["row"], row["version"], row["editor"]) if ref and row["row"] is not None else None,
        attempts=row["attempts"],
        lease=str(row["lease"]),
        lane=Lane(row["lane"]),
        handoff=row["handoff_id"],
    )

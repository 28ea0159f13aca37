"""Notices waiting to be sent: leased, sent at least once, and counted where the outcome is unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy.engine import RowMapping

from baton.adapters.database.connecting import Desk, again_after_a_collision, sql
from baton.domain.failures import Failure, Uncertain
from baton.domain.handoff import name_in
from baton.domain.records import Crm
from baton.ports.handoffs import Notice

# A lease that ran out belongs to a dead worker: it may have sent, so that counts as uncertain too.
_TAKE = sql("""
    UPDATE notices SET lease = :lease, leased_until = :until, attempts = attempts + 1,
           uncertain = uncertain + CASE WHEN lease IS NULL THEN 0 ELSE 1 END
    WHERE id IN (
        SELECT id FROM notices WHERE connection = :connection AND state = 'waiting' AND not_before <= :now
          AND (leased_until IS NULL OR leased_until < :now) ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED)
    RETURNING id
""")
_LOADED = sql("""
    SELECT n.id, n.key, n.channel, n.kind, n.handoff_id, n.attempts, n.lease, n.facts, h.play, h.record, h.contact,
           h.happened_at, h.reason, coalesce(s.name, '') AS owner_name, coalesce(s.email, '') AS owner_email,
           m.row, p.email,
           (SELECT o.ref FROM outbox o WHERE o.handoff_id = h.id AND o.module = 'zoho:Tasks' AND o.state = 'done'
            ORDER BY o.id DESC LIMIT 1) AS task
    FROM notices n LEFT JOIN handoffs h ON h.id = n.handoff_id LEFT JOIN people p ON p.id = h.person_id
    LEFT JOIN salespeople s ON s.connection = h.connection AND s.id = h.owner
    LEFT JOIN mirror m ON m.connection = h.connection AND m.ref = h.contact
    WHERE n.id = ANY(:ids) ORDER BY n.id
""")
_SENT = sql("""
    UPDATE notices SET state = 'sent', sent_at = :now, lease = NULL, leased_until = NULL, last_failure = NULL
    WHERE id = :id AND lease = :lease
""")
_AGAIN = sql("""
    UPDATE notices SET not_before = :due, lease = NULL, leased_until = NULL, last_failure = :why,
           uncertain = uncertain + :uncertain
    WHERE id = :id AND lease = :lease
""")
_DEAD = sql("""
    UPDATE notices SET state = 'dead', lease = NULL, leased_until = NULL, last_failure = :why,
           uncertain = uncertain + :uncertain
    WHERE id = :id AND lease = :lease
""")
_WAIT = sql("""
    SELECT EXISTS (
        SELECT 1 FROM notices WHERE connection = :connection AND state = 'waiting' AND not_before <= :now
          AND (leased_until IS NULL OR leased_until < :now)) AS they_do
""")


@dataclass(frozen=True, slots=True)
class PostgresNotices:
    """`lease` is longer than a channel's deadline."""

    desk: Desk
    lease: timedelta

    @again_after_a_collision
    def take(self, *, limit: int, now: datetime) -> tuple[Notice, ...]:
        lease = str(uuid4())
        with self.desk.engine.begin() as tx:
            taken = self.desk.rows(tx, _TAKE, lease=lease, until=now + self.lease, now=now, limit=limit)
            rows = self.desk.rows(tx, _LOADED, ids=[row["id"] for row in taken])
        return tuple(_notice(row) for row in rows)

    def sent(self, notice: Notice, *, now: datetime) -> None:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _SENT, id=notice.id, lease=notice.lease, now=now)

    def failed(self, notice: Notice, failure: Failure, *, not_before: datetime | None) -> None:
        values = {
            "id": notice.id,
            "lease": notice.lease,
            "why": failure.reason,
            "uncertain": 1 if isinstance(failure, Uncertain) else 0,
        }
        with self.desk.engine.begin() as tx:
            if not_before is None:
                self.desk.run(tx, _DEAD, **values)
            else:
                self.desk.run(tx, _AGAIN, due=not_before, **values)

    def wait(self, *, now: datetime) -> bool:
        with self.desk.engine.connect() as tx:
            return bool(self.desk.rows(tx, _WAIT, now=now)[0]["they_do"])


def _notice(row: RowMapping) -> Notice:
    return Notice(
        id=row["id"],
        key=row["key"],
        channel=row["channel"],
        kind=row["kind"],
        handoff=row["handoff_id"],
        play=row["play"],
        attempts=row["attempts"],
        lease=str(row["lease"]),
        facts=_facts(row),
        person=_person(row) if row["handoff_id"] else {},
    )


def _facts(row: RowMapping) -> dict[str, object]:
    if row["handoff_id"] is None:
        return dict(row["facts"])
    return {
        **row["facts"],
        "happened_at": row["happened_at"].isoformat(),
        "contact": row["contact"],
        "record": row["record"],
        "task": row["task"],
        "reason": row["reason"],
    }


def _person(row: RowMapping) -> Mapping[str, object]:
    shown = row["row"] if isinstance(row["row"], dict) else {}
    owner = {"name": row["owner_name"], "email": row["owner_email"]} if row["owner_name"] else None
    return {"name": name_in(shown, Crm.ACTIVECAMPAIGN), "email": row["email"], "owner": owner}

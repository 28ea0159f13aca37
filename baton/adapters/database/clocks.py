"""Clocks: rows that are looked at when their time comes, and moved with the notices their move gives cause for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import RowMapping

from baton.adapters.database.connecting import Desk, again_after_a_collision, packed, sql
from baton.adapters.database.noticing import put_notices
from baton.domain.records import RecordRef, Seen
from baton.domain.sla import LOOK_EVERY, Clock, ClockRule, ClockState, Tick
from baton.ports.handoffs import DueClock

_TAKE = sql("""
    UPDATE clocks SET look_at = :next WHERE id IN (
        SELECT id FROM clocks WHERE connection = :connection AND touched_at IS NULL AND state <> 'stopped'
          AND look_at <= :now AND name = ANY(:names) ORDER BY look_at LIMIT :limit FOR UPDATE SKIP LOCKED)
    RETURNING id
""")
# The person's record now, which for a converted lead is the contact; the lead itself tells that it was converted.
_LOADED = sql("""
    SELECT c.*, h.record, m.row, m.version, m.editor,
           (SELECT o.ref FROM outbox o WHERE o.handoff_id = c.handoff_id AND o.module = 'zoho:Tasks'
            AND o.state = 'done' ORDER BY o.id DESC LIMIT 1) AS task
    FROM clocks c JOIN handoffs h ON h.id = c.handoff_id
    LEFT JOIN mirror m ON m.connection = c.connection AND m.ref = h.record
    WHERE c.id = ANY(:ids) ORDER BY c.id
""")
_MOVE = sql("""
    UPDATE clocks c SET state = r.state, look_at = coalesce(r.look_at, 'infinity'), touched_at = r.touched_at,
           touched_how = r.touched_how,
           breached_at = CASE WHEN r.state = 'breached' OR r.touched_at > c.due_at
                              THEN coalesce(c.breached_at, c.due_at) ELSE c.breached_at END
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(
        id bigint, state text, look_at timestamptz, touched_at timestamptz, touched_how text)
    WHERE c.id = r.id AND c.touched_at IS NULL AND c.state <> 'stopped'
    RETURNING c.id, c.name, c.due_at
""")
_RUNNING = sql("SELECT state, count(*) AS n FROM clocks WHERE connection = :connection GROUP BY state")


@dataclass(frozen=True, slots=True)
class PostgresClocks:
    desk: Desk
    channels: tuple[str, ...]

    @again_after_a_collision
    def take(self, rules: Sequence[ClockRule], *, limit: int, now: datetime) -> tuple[DueClock, ...]:
        by_name = {rule.name: rule for rule in rules}
        with self.desk.engine.begin() as tx:
            taken = self.desk.rows(tx, _TAKE, names=list(by_name), limit=limit, now=now, next=now + LOOK_EVERY)
            rows = self.desk.rows(tx, _LOADED, ids=[row["id"] for row in taken])
        return tuple(DueClock(_clock(row, by_name[row["name"]]), _ref(row["task"])) for row in rows)

    @again_after_a_collision
    def apply(self, ticks: Sequence[Tick], *, now: datetime) -> None:
        rows = [
            {
                "id": tick.clock,
                "state": tick.state,
                "look_at": tick.look_at,
                "touched_at": tick.touch.at if tick.touch else None,
                "touched_how": tick.touch.how if tick.touch else None,
            }
            for tick in ticks
        ]
        with self.desk.engine.begin() as tx:
            moved = {row["id"]: row for row in self.desk.rows(tx, _MOVE, rows=packed(rows))}
            for tick in ticks:
                for kind in tick.tells if tick.clock in moved else ():
                    row = moved[tick.clock]
                    facts = {"clock": row["name"], "due": row["due_at"].isoformat(), "escalate_to": tick.escalate_to}
                    about = f"{row['name']}:{kind}"
                    put_notices(self.desk, tx, tick.handoff, about, kind, self.channels, facts, now)

    def running(self) -> Mapping[ClockState, int]:
        with self.desk.engine.connect() as tx:
            return {ClockState(row["state"]): row["n"] for row in self.desk.rows(tx, _RUNNING)}


def _clock(row: RowMapping, rule: ClockRule) -> Clock:
    ref = _ref(row["record"])
    record = Seen(ref, row["row"], row["version"], row["editor"]) if ref and row["row"] is not None else None
    return Clock(
        id=row["id"],
        handoff=row["handoff_id"],
        rule=rule,
        state=ClockState(row["state"]),
        started_at=row["started_at"],
        at_risk_at=row["at_risk_at"],
        due_at=row["due_at"],
        record=record,
        baseline=row["baseline"],
    )


def _ref(text: str | None) -> RecordRef | None:
    return RecordRef.parse(text) if text else None

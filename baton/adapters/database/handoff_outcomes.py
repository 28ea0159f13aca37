"""What a decision about a handoff leaves: state and steps, clocks, the writes that carry it out, notices, ledger."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from baton.adapters.database.connecting import Desk, packed, sql
from baton.adapters.database.noticing import put_notices
from baton.domain.handoff import Assign, Case, Forsake, Outcome, State, Suppress, WaitForRecord
from baton.domain.person import Lane
from baton.domain.records import Module, RecordRef
from baton.domain.routing import Step
from baton.domain.tasking import TASKS
from baton.ports.handoffs import Running

_HOLD_PERSON = sql("SELECT revision FROM people WHERE id = :person FOR NO KEY UPDATE")
_WAIT = sql("""
    UPDATE handoffs SET lease = NULL, leased_until = NULL, not_before = :due, reason = :reason
    WHERE id = :id AND lease = :lease AND state = 'waiting' RETURNING id
""")
_END = sql("""
    UPDATE handoffs SET lease = NULL, leased_until = NULL, state = :state, reason = :reason, settled_at = :now,
           steps = CAST(:steps AS jsonb)
    WHERE id = :id AND lease = :lease AND state = 'waiting' RETURNING id
""")
_ACT = sql("""
    UPDATE handoffs SET lease = NULL, leased_until = NULL, state = 'acting', reason = '', acted_at = :now,
           attempts = attempts + 1, record = :record, owner = :owner, steps = CAST(:steps AS jsonb)
    WHERE id = :id AND lease = :lease AND state = 'waiting' RETURNING id
""")
_ENQUEUE = sql("""
    INSERT INTO outbox (connection, person_id, revision, key, module, target, ref, values, lane, handoff_id,
                        not_before, nudged_at, created_at)
    SELECT :connection, :person, :revision, r.*, :handoff, :now, :now, :now
    FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS r(key text, module text, target text, ref text, values jsonb, lane text)
    ON CONFLICT (connection, key) DO NOTHING
""")
_START = sql("""
    INSERT INTO clocks AS c (connection, name, handoff_id, person_id, started_at, at_risk_at, due_at, baseline, look_at)
    SELECT :connection, r.name, :handoff, :person, r.started_at, r.at_risk_at, r.due_at, r.baseline, r.at_risk_at
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(
        name text, started_at timestamptz, at_risk_at timestamptz, due_at timestamptz, baseline jsonb)
    ON CONFLICT (connection, name, handoff_id) DO UPDATE SET baseline = coalesce(c.baseline, excluded.baseline),
        look_at = least(c.look_at, CAST(:now AS timestamptz))
""")
_STOP = sql("""
    UPDATE clocks SET state = 'stopped', look_at = 'infinity' WHERE handoff_id = :handoff AND touched_at IS NULL
""")
_LEDGER = sql("""
    INSERT INTO ledger (connection, at, person_id, kind, ref, facts)
    VALUES (:connection, :now, :person, 'handoff', :ref, CAST(:facts AS jsonb))
""")


def settle_handoff(
    desk: Desk,
    tx: Connection,
    case: Case,
    outcome: Outcome,
    clocks: Sequence[Running],
    channels: Sequence[str],
    now: datetime,
) -> Sequence[Module]:
    """Nothing at all when the lease was lost meanwhile: somebody else decides it."""
    held = desk.rows(tx, _HOLD_PERSON, person=case.person)
    if not held or not _moved(desk, tx, case, outcome, now):
        return ()
    match outcome:
        case WaitForRecord():
            _start(desk, tx, case, clocks, now)
        case Suppress():
            desk.run(tx, _STOP, handoff=case.id)
            record_step(desk, tx, case.person, case.id, case.play, State.SUPPRESSED, outcome.reason, now)
        case Forsake():
            _start(desk, tx, case, clocks, now)
            put_notices(desk, tx, case.id, f"forsaken:{case.round}", "nobody eligible", channels, {}, now)
            record_step(desk, tx, case.person, case.id, case.play, State.DEAD, outcome.reason, now)
        case Assign():
            _start(desk, tx, case, clocks, now)
            return _act(desk, tx, case, outcome, held[0]["revision"], now)
    return ()


def _moved(desk: Desk, tx: Connection, case: Case, outcome: Outcome, now: datetime) -> bool:
    ours: dict[str, object] = {"id": case.id, "lease": case.lease}
    match outcome:
        case WaitForRecord(reason, wait):
            return bool(desk.rows(tx, _WAIT, due=now + wait, reason=reason, **ours))
        case Suppress(reason, steps):
            values = {"state": State.SUPPRESSED, "reason": reason, "steps": _written(steps), "now": now}
            return bool(desk.rows(tx, _END, **values, **ours))
        case Forsake(reason, steps):
            values = {"state": State.DEAD, "reason": reason, "steps": _written(steps), "now": now}
            return bool(desk.rows(tx, _END, **values, **ours))
        case Assign(record, owner, _, _, steps):
            values = {"record": str(record.ref), "owner": owner.id, "steps": _written(steps), "now": now}
            return bool(desk.rows(tx, _ACT, **values, **ours))


def _written(steps: Sequence[Step]) -> str:
    return packed([{"looked_at": step.looked_at, "outcome": step.outcome} for step in steps])


def _start(desk: Desk, tx: Connection, case: Case, clocks: Sequence[Running], now: datetime) -> None:
    rows = [
        {
            "name": clock.name,
            "started_at": clock.started_at,
            "at_risk_at": clock.at_risk_at,
            "due_at": clock.due_at,
            "baseline": None if clock.baseline is None else dict(clock.baseline),
        }
        for clock in clocks
    ]
    desk.run(tx, _START, rows=packed(rows), handoff=case.id, person=case.person, now=now)


def _act(desk: Desk, tx: Connection, case: Case, done: Assign, revision: int, now: datetime) -> Sequence[Module]:
    # A handoff that had to be decided again writes under new keys; its first round was withdrawn unsent.
    again = "" if case.round == 1 else f":{case.round}"
    rows = [] if done.is_kept else [_owner_row(case, done, again)]
    rows.append(_row(f"handoff:{case.id}:task{again}", TASKS, None, f"{TASKS}:new:handoff:{case.id}", done.task))
    values = {"person": case.person, "revision": revision, "handoff": case.id, "now": now}
    desk.run(tx, _ENQUEUE, rows=packed(rows), **values)
    why = f"{done.owner.name} is to call" + (" (owner already)" if done.is_kept else "")
    record_step(desk, tx, case.person, case.id, case.play, State.ACTING, why, now)
    return tuple(Module.parse(str(row["module"])) for row in rows)


def _owner_row(case: Case, done: Assign, again: str) -> dict[str, object]:
    ref = done.record.ref
    return _row(f"handoff:{case.id}:owner{again}", ref.module, ref, str(ref), {"Owner": {"id": done.owner.id}})


def _row(key: str, module: Module, ref: RecordRef | None, target: str, values: dict[str, object]) -> dict[str, object]:
    named = {"key": key, "module": str(module), "target": target, "ref": str(ref) if ref else None}
    return {**named, "values": values, "lane": Lane.URGENT}


def record_step(
    desk: Desk, tx: Connection, person: int, handoff: int, play: str, state: State, why: str, now: datetime
) -> None:
    """A line of the ledger: what became of a handoff, for `explain`."""
    facts = {"handoff": handoff, "play": play, "state": state, "why": f"{play} {state}" + (f": {why}" if why else "")}
    desk.run(tx, _LEDGER, person=person, ref=str(handoff), facts=packed([facts])[1:-1], now=now)

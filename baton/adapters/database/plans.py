"""A committed plan: memberships, bases, outbox, ledger, standings and the revision, in bulk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection

from baton.adapters.database.conflicting import keep_conflicts
from baton.adapters.database.connecting import LONG_AGO, Desk, packed, sql
from baton.adapters.database.events import insert_events
from baton.adapters.database.guarding import watch_over
from baton.adapters.database.restrictions import keep_consents
from baton.domain.guard import Guard
from baton.domain.person import Person, Plan, Write
from baton.domain.records import Crm, Module

_HOLD = sql("""
    SELECT p.id FROM people p JOIN jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(id bigint, revision int)
      ON p.id = r.id AND p.revision = r.revision
    WHERE p.lease = :token ORDER BY p.id FOR NO KEY UPDATE OF p
""")
# Asked in a statement of its own, after the lock: a claim that came between decision and commit is seen here.
_ON_ITS_WAY = sql("""
    SELECT DISTINCT person_id FROM outbox WHERE person_id = ANY(:people) AND state IN ('sending', 'uncertain')
""")
_JOIN = sql("""
    INSERT INTO memberships AS m (connection, ref, person_id, role, base, written)
    SELECT :connection, r.* FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS r(ref text, person_id bigint, role text, base jsonb, written text)
    ON CONFLICT (connection, ref) DO UPDATE SET person_id = excluded.person_id, role = excluded.role,
        base = excluded.base, written = excluded.written
""")
_STAND = sql("""
    UPDATE mirror m SET standing = r.standing, reason = r.reason, decided_at = :now,
           person_id = coalesce(r.joins, m.person_id)
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(ref text, standing text, reason text, joins bigint)
    WHERE m.connection = :connection AND m.ref = r.ref
""")
_SUPERSEDE = sql("""
    UPDATE outbox SET state = 'superseded', settled_at = :now
    WHERE person_id = ANY(:people) AND state = 'waiting' AND handoff_id IS NULL
""")
_ENQUEUE = sql("""
    INSERT INTO outbox (connection, person_id, revision, key, module, target, ref, values, agreed, lane, run_id, risk,
                        contract, not_before, nudged_at, created_at)
    SELECT :connection, r.*, :contract, :now, :now, :now FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(
        person_id bigint, revision int, key text, module text, target text, ref text, values jsonb, agreed jsonb,
        lane text, run_id bigint, risk text)
    ON CONFLICT (connection, key) DO NOTHING
""")
_RECORD_VALUES = sql("""
    INSERT INTO personal_values (id, person_id, data)
    SELECT r.* FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(id uuid, person_id bigint, data jsonb)
""")
_RECORD = sql("""
    INSERT INTO ledger (connection, at, person_id, kind, ref, run_id, values_id, facts)
    SELECT :connection, :now, r.* FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS r(person_id bigint, kind text, ref text, run_id bigint, values_id uuid, facts jsonb)
""")
_SETTLE = sql("""
    DELETE FROM inbox WHERE person_id = ANY(:people) AND taken_generation = generation RETURNING person_id, ref, run_id
""")
_RUN_AGAIN = sql("""
    UPDATE inbox SET taken_generation = NULL, takes = 0, not_before = :now, nudged_at = :never
    WHERE person_id = ANY(:people) AND taken_generation IS NOT NULL
""")
_RAISE = sql("UPDATE people SET revision = revision + 1, lease = NULL, leased_until = NULL WHERE id = ANY(:people)")
_LET_GO = sql("UPDATE people SET lease = NULL, leased_until = NULL WHERE id = ANY(:people) AND lease = :token")

_Plans = Sequence[tuple[Person, Plan]]


@dataclass(frozen=True, slots=True)
class Committed:
    """Where writes now wait, and whose plans were written: who moved on meanwhile is not among them."""

    modules: tuple[Module, ...]
    people: frozenset[int]


@dataclass(frozen=True, slots=True)
class Watch:
    """What is counted while plans are committed, and who is told when it is too much."""

    guard: Guard
    channels: tuple[str, ...]


def write_plans(desk: Desk, tx: Connection, token: str, plans: _Plans, watch: Watch, now: datetime) -> Committed:
    asked = [{"id": person.id, "revision": person.revision} for person, _ in plans]
    held = {row["id"] for row in desk.rows(tx, _HOLD, rows=packed(asked), token=token)}
    held -= {row["person_id"] for row in desk.rows(tx, _ON_ITS_WAY, people=list(held))}
    good = [(person, plan) for person, plan in plans if person.id in held]
    moved_on = [person.id for person, _ in plans if person.id not in held]
    desk.run(tx, _RUN_AGAIN, people=moved_on, now=now, never=LONG_AGO)
    desk.run(tx, _LET_GO, people=moved_on, token=token)
    if good:
        _write(desk, tx, good, watch, now)
        risks = sorted({write.risk for _, plan in good for write in plan.writes if write.risk})
        watch_over(desk, tx, watch.guard, risks, watch.channels, now)
    modules = tuple(dict.fromkeys(write.module for _, plan in good for write in plan.writes))
    return Committed(modules, frozenset(person.id for person, _ in good))


def _write(desk: Desk, tx: Connection, plans: _Plans, watch: Watch, now: datetime) -> None:
    people = [person.id for person, _ in plans]
    settled = desk.rows(tx, _SETTLE, people=people)
    runs = {row["person_id"]: row["run_id"] for row in settled}
    desk.run(tx, _RUN_AGAIN, people=people, now=now, never=LONG_AGO)
    desk.run(tx, _JOIN, rows=packed([row for person, plan in plans for row in _joins(person, plan)]))
    desk.run(tx, _STAND, rows=packed([row for person, plan in plans for row in _standings(person, plan)]), now=now)
    desk.run(tx, _SUPERSEDE, people=people, now=now)
    writes = [_outbox(person, write, runs.get(person.id)) for person, plan in plans for write in plan.writes]
    if writes:
        desk.run(tx, _ENQUEUE, rows=packed(writes), now=now)
    keep_conflicts(desk, tx, plans, watch.channels, now)
    keep_consents(desk, tx, plans, watch.channels, now)
    insert_events(desk, tx, plans, now)
    _record(desk, tx, plans, runs, now)
    desk.run(tx, _RAISE, people=people)


def _joins(person: Person, plan: Plan) -> list[dict[str, object]]:
    return [
        {
            "ref": str(member.ref),
            "person_id": person.id,
            "role": member.role,
            "base": {**member.base, **plan.bases.get(member.ref, {})},
            "written": member.written,
        }
        for member in plan.memberships
    ]


def _standings(person: Person, plan: Plan) -> list[dict[str, object]]:
    members = {member.ref for member in plan.memberships}
    return [
        {
            "ref": str(ref),
            "standing": standing,
            "reason": reason,
            "joins": person.id if ref in members else None,
        }
        for ref, (standing, reason) in plan.standings.items()
    ]


def _outbox(person: Person, write: Write, run: int | None) -> dict[str, object]:
    target = str(write.ref) if write.ref else f"{write.module}:new:{person.id}"
    revision = person.revision + 1
    return {
        "person_id": person.id,
        "revision": revision,
        # The cause is the person's revision: A→B→A are three decisions and three writes, one decision is never two.
        "key": f"{person.id}/r{revision}/{target}",
        "module": str(write.module),
        "target": target,
        "ref": str(write.ref) if write.ref else None,
        "values": dict(write.values),
        "agreed": {str(ref) if ref else "": dict(half) for ref, half in write.agreed.items()},
        "lane": person.lane,
        "run_id": run,
        "risk": write.risk,
    }


def _record(desk: Desk, tx: Connection, plans: _Plans, runs: dict[int, int | None], now: datetime) -> None:
    entries, values = [], []
    for person, plan in plans:
        if not plan.rulings and not plan.standings:
            continue
        id_ = str(uuid4()) if plan.rulings else None
        if id_:
            said = {r.field: {"before": r.before, "after": r.after, "target": str(r.target)} for r in plan.rulings}
            values.append({"id": id_, "person_id": person.id, "data": said})
        entries.append(_entry(person, plan, runs.get(person.id), id_))
    desk.run(tx, _RECORD_VALUES, rows=packed(values))
    desk.run(tx, _RECORD, rows=packed(entries), now=now)


def _entry(person: Person, plan: Plan, run: int | None, values_id: str | None) -> dict[str, object]:
    seen = {str(c.seen.ref): c.seen.version.isoformat() for c in person.candidates if c.seen.ref in person.refs}
    contact = next((c.seen.ref for c in person.candidates if c.seen.ref.crm is Crm.ACTIVECAMPAIGN), None)
    facts = {
        "revision": person.revision + 1,
        "seen": seen,
        "editors": {str(c.seen.ref): c.seen.editor for c in person.candidates if c.seen.editor is not None},
        "rules": {r.field: r.rule for r in plan.rulings},
        "conflicts": [conflict.field for conflict in plan.conflicts],
        "standings": {str(ref): [standing, reason] for ref, (standing, reason) in plan.standings.items()},
        "writes": [_outbox(person, write, run)["key"] for write in plan.writes],
    }
    return {
        "person_id": person.id,
        "kind": "decided",
        "ref": str(contact) if contact else None,
        "run_id": run,
        "values_id": values_id,
        "facts": facts,
    }

"""Conflicts as a person works them off. Settling moves halves of the base, and the next decision does the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from baton.adapters.database.connecting import LONG_AGO, Desk, again_after_a_collision, packed, sql
from baton.domain.person import Base
from baton.domain.records import Crm, RecordRef, Value
from baton.ports.conflicts import KeptConflict

_COLUMNS = """
    SELECT c.id, c.person_id, p.email, c.field, c.kind, c.state, c.opened_at, c.settled_how, c.sides
    FROM conflicts c JOIN people p ON p.id = c.person_id WHERE c.connection = :connection
"""
_LISTED = sql(f"""
    {_COLUMNS} AND (:state = 'all' OR c.state = :state) AND (CAST(:field AS text) IS NULL OR c.field = :field)
    ORDER BY c.id DESC LIMIT :limit
""")
_SHOWN = sql(f"{_COLUMNS} AND c.id = :id")
_HOLD = sql("SELECT 1 FROM people WHERE id = :person FOR NO KEY UPDATE")
_MEMBERS = sql("""
    SELECT ref, base FROM memberships WHERE connection = :connection AND person_id = :person AND role = 'primary'
    ORDER BY ref FOR UPDATE
""")
_MOVE = sql("""
    UPDATE memberships m SET base = m.base || r.half FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS r(ref text, half jsonb)
    WHERE m.connection = :connection AND m.ref = r.ref
""")
# The revision moves on, so that nothing decided on the old base is committed or sent.
_RAISE = sql("UPDATE people SET revision = revision + 1, lease = NULL, leased_until = NULL WHERE id = :person")
_SETTLE = sql("""
    UPDATE conflicts SET state = 'settled', settled_at = :now, settled_how = :how WHERE id = :id AND state = 'open'
    RETURNING id
""")
_LEDGER = sql("""
    INSERT INTO ledger (connection, at, person_id, kind, facts)
    VALUES (:connection, :now, :person, 'settled', CAST(:facts AS jsonb))
""")
# Left for the very next sweep.
_ASK = sql("""
    INSERT INTO inbox AS i (connection, ref, person_id, lane, not_before, nudged_at, created_at)
    SELECT :connection, ref, :person, 'live', :now, :never, :now FROM unnest(CAST(:refs AS text[])) ref
    WHERE EXISTS (SELECT 1 FROM mirror m WHERE m.connection = :connection AND m.ref = ref) ORDER BY ref
    ON CONFLICT (connection, ref) DO UPDATE SET generation = i.generation + 1, not_before = excluded.not_before,
        nudged_at = excluded.nudged_at, lane = 'live'
    RETURNING ref
""")


@dataclass(frozen=True, slots=True)
class PostgresConflicts:
    desk: Desk

    def listed(self, *, state: str, limit: int, field: str | None = None) -> Sequence[KeptConflict]:
        with self.desk.engine.connect() as tx:
            return tuple(_kept(row) for row in self.desk.rows(tx, _LISTED, state=state, limit=limit, field=field))

    def shown(self, id_: int) -> KeptConflict | None:
        with self.desk.engine.connect() as tx:
            rows = self.desk.rows(tx, _SHOWN, id=id_)
        return _kept(rows[0]) if rows else None

    @again_after_a_collision
    def settle(self, id_: int, winner: Crm, *, by: str, now: datetime) -> tuple[RecordRef, ...] | None:
        with self.desk.engine.begin() as tx:
            conflict = next((_kept(row) for row in self.desk.rows(tx, _SHOWN, id=id_)), None)
            if conflict is None or conflict.state != "open":
                return None
            return self._settle(tx, conflict, winner, by, now)

    def _settle(
        self, tx: Connection, conflict: KeptConflict, winner: Crm, by: str, now: datetime
    ) -> tuple[RecordRef, ...] | None:
        person, how = conflict.person, f"{winner} is right, says {by}"
        self.desk.rows(tx, _HOLD, person=person)
        if not self.desk.rows(tx, _SETTLE, id=conflict.id, how=how, now=now):
            return None
        members = [RecordRef.parse(row["ref"]) for row in self.desk.rows(tx, _MEMBERS, person=person)]
        halves = _halves(conflict, winner)
        moved = [{"ref": str(ref), "half": halves[ref.crm]} for ref in members]
        self.desk.run(tx, _MOVE, rows=packed(moved))
        self.desk.run(tx, _RAISE, person=person)
        facts = {"field": conflict.field, "why": how, "conflict": conflict.id}
        self.desk.run(tx, _LEDGER, person=person, facts=packed([facts])[1:-1], now=now)
        refs = [str(ref) for ref in members]
        return tuple(
            RecordRef.parse(row["ref"])
            for row in self.desk.rows(tx, _ASK, person=person, refs=refs, now=now, never=LONG_AGO)
        )


def _halves(conflict: KeptConflict, winner: Crm) -> dict[Crm, Base]:
    """The loser's half becomes what it shows, so it has said nothing; the winner's stays or becomes another value."""
    field, said = conflict.field, {crm: side.get("value") for crm, side in conflict.sides.items()}
    before = conflict.sides[winner].get("base")
    spoken = before if before != said[winner] else said[winner.other] if said[winner] is None else None
    return {winner: {field: _value(spoken)}, winner.other: {field: _value(said[winner.other])}}


def _value(raw: object) -> Value:
    return raw if isinstance(raw, str | int | float | bool) else None


def _kept(row: RowMapping) -> KeptConflict:
    return KeptConflict(
        id=row["id"],
        person=row["person_id"],
        email=row["email"],
        field=row["field"],
        kind=row["kind"],
        state=row["state"],
        opened_at=row["opened_at"],
        settled_how=row["settled_how"],
        sides={Crm(crm): side for crm, side in row["sides"].items()},
    )

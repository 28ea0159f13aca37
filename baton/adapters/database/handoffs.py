"""Handoffs: made with the plan that saw the trigger, taken by one worker at a time, ended with their writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from baton.adapters.database.connecting import Desk, again_after_a_collision, sql
from baton.adapters.database.handoff_ends import conclude_handoffs
from baton.adapters.database.handoff_imagining import imagine
from baton.adapters.database.handoff_outcomes import settle_handoff
from baton.adapters.database.handoff_telling import tell
from baton.domain.handoff import Case, Outcome, State
from baton.domain.plays import Play
from baton.domain.records import Module, RecordRef, Seen
from baton.ports.handoffs import Running, Told

_ARM = sql("""
    INSERT INTO plays (connection, name, armed_at)
    SELECT :connection, name, :now FROM unnest(CAST(:names AS text[])) name
    ON CONFLICT DO NOTHING
""")
_ARMED = sql("SELECT armed_at FROM plays WHERE connection = :connection AND name = :play")
# Handoffs of one person and play are decided in their order, or two could slip past the cooldown side by side.
_TAKE = sql("""
    UPDATE handoffs SET lease = :lease, leased_until = :until WHERE id IN (
        SELECT h.id FROM handoffs h
        WHERE h.connection = :connection AND h.state = 'waiting' AND h.not_before <= :now
          AND (h.leased_until IS NULL OR h.leased_until < :now)
          AND NOT EXISTS (SELECT 1 FROM handoffs e WHERE e.connection = h.connection AND e.person_id = h.person_id
                          AND e.play = h.play AND e.id < h.id AND e.state = 'waiting')
        ORDER BY h.id LIMIT :limit FOR UPDATE SKIP LOCKED)
    RETURNING id
""")
# The person's own record: a converted lead lives on as the contact it became.
_LOADED = sql("""
    SELECT h.*, p.email, c.row AS contact_row, c.version AS contact_version, c.standing, c.reason AS standing_reason,
           z.ref AS record_ref, z.row AS record_row, z.version AS record_version, z.editor AS record_editor,
           (SELECT max(l.acted_at) FROM handoffs l WHERE l.connection = h.connection AND l.play = h.play
            AND (l.person_id = h.person_id OR l.contact = h.contact) AND l.id <> h.id
            AND l.state IN ('acting', 'done')) AS last_at
    FROM handoffs h
    LEFT JOIN mirror c ON c.connection = h.connection AND c.ref = h.contact
    JOIN people p ON p.id = coalesce(c.person_id, h.person_id)
    LEFT JOIN LATERAL (
        SELECT m.ref, m.row, m.version, m.editor FROM memberships s
        JOIN mirror m ON m.connection = s.connection AND m.ref = s.ref
        WHERE s.connection = h.connection AND s.person_id = p.id AND s.role = 'primary' AND starts_with(s.ref, 'zoho:')
          AND m.gone_at IS NULL AND m.row->>'Converted__s' IS DISTINCT FROM 'true'
        ORDER BY m.module LIMIT 1) z ON true
    WHERE h.id = ANY(:ids) ORDER BY h.id
""")
_HAS_WORK = sql("""
    SELECT EXISTS (
        SELECT 1 FROM handoffs h WHERE h.connection = :connection AND (
            (h.state = 'waiting' AND h.not_before <= :now AND (h.leased_until IS NULL OR h.leased_until < :now))
            OR (h.state = 'acting' AND NOT EXISTS (
                SELECT 1 FROM outbox o WHERE o.handoff_id = h.id AND o.state IN ('waiting', 'sending', 'uncertain')
            )))) AS it_has
""")
_RETRY = sql("""
    UPDATE handoffs SET state = 'waiting', reason = 'tried again', not_before = :now, settled_at = NULL, lease = NULL,
           leased_until = NULL
    WHERE connection = :connection AND id = :id AND state = 'dead'
""")
_LISTED = sql("""
    SELECT id FROM handoffs WHERE connection = :connection AND (CAST(:state AS text) IS NULL OR state = :state)
    ORDER BY id DESC LIMIT :limit
""")


@dataclass(frozen=True, slots=True)
class PostgresHandoffs:
    """
    lease     longer than any decision takes.
    channels  the names of those who are told what becomes of a handoff.
    """

    desk: Desk
    lease: timedelta
    channels: tuple[str, ...]

    def arm(self, plays: Sequence[Play], *, now: datetime) -> None:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _ARM, names=sorted(play.name for play in plays), now=now)

    def armed_at(self, play: str) -> datetime | None:
        with self.desk.engine.connect() as tx:
            found = self.desk.rows(tx, _ARMED, play=play)
        return found[0]["armed_at"] if found else None

    @again_after_a_collision
    def take(self, *, limit: int, now: datetime) -> tuple[Case, ...]:
        lease = str(uuid4())
        with self.desk.engine.begin() as tx:
            taken = self.desk.rows(tx, _TAKE, lease=lease, until=now + self.lease, now=now, limit=limit)
            return tuple(_case(row) for row in self.desk.rows(tx, _LOADED, ids=[row["id"] for row in taken]))

    @again_after_a_collision
    def settle(self, case: Case, outcome: Outcome, clocks: Sequence[Running], *, now: datetime) -> Sequence[Module]:
        with self.desk.engine.begin() as tx:
            return settle_handoff(self.desk, tx, case, outcome, clocks, self.channels, now)

    @again_after_a_collision
    def conclude(self, *, limit: int, now: datetime) -> int:
        with self.desk.engine.begin() as tx:
            return conclude_handoffs(self.desk, tx, self.channels, limit, now)

    def has_work(self, *, now: datetime) -> bool:
        with self.desk.engine.connect() as tx:
            return bool(self.desk.rows(tx, _HAS_WORK, now=now)[0]["it_has"])

    def retry(self, id_: int, *, now: datetime) -> bool:
        with self.desk.engine.begin() as tx:
            return self.desk.run(tx, _RETRY, id=id_, now=now) == 1

    def imagine(self, play: str, email: str, *, now: datetime) -> Case | None:
        with self.desk.engine.connect() as tx:
            return imagine(self.desk, tx, play, email, now)

    def listed(self, *, state: State | None = None, limit: int = 100) -> tuple[Told, ...]:
        with self.desk.engine.connect() as tx:
            return self._told(tx, [row["id"] for row in self.desk.rows(tx, _LISTED, state=state, limit=limit)])

    def shown(self, id_: int) -> Told | None:
        with self.desk.engine.connect() as tx:
            return next(iter(self._told(tx, [id_])), None)

    def _told(self, tx: Connection, ids: Sequence[int]) -> tuple[Told, ...]:
        return tell(self.desk, tx, ids)


def _case(row: RowMapping) -> Case:
    return Case(
        id=row["id"],
        play=row["play"],
        person=row["person_id"],
        email=row["email"],
        happened_at=row["happened_at"],
        learnt_at=row["created_at"],
        lease=str(row["lease"]),
        contact=_seen(row["contact"], row["contact_row"], row["contact_version"], None),
        standing=row["standing"] or "",
        reason=row["standing_reason"] or "",
        record=_seen(row["record_ref"], row["record_row"], row["record_version"], row["record_editor"]),
        last=row["last_at"],
        round=row["attempts"] + 1,
    )


def _seen(ref: str | None, row: dict[str, object] | None, version: datetime, editor: str | None) -> Seen | None:
    return Seen(RecordRef.parse(ref), row, version, editor) if ref is not None and row is not None else None

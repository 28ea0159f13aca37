"""Drifts: opened and closed once each, with their notices, their lines in the ledger and the people they put off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from baton.adapters.database.connecting import LONG_AGO, Desk, again_after_a_collision, packed, sql
from baton.adapters.database.noticing import put_alert
from baton.domain.drift import PUT_OFF, WHOLE_FIELD, Drift, Kind
from baton.domain.records import Module
from baton.ports.drift import KeptDrift

_OPEN = sql("SELECT * FROM drifts WHERE connection = :connection AND closed_at IS NULL ORDER BY id DESC")
_ALL = sql("SELECT * FROM drifts WHERE connection = :connection ORDER BY id DESC LIMIT 1000")
_ADD = sql("""
    INSERT INTO drifts (connection, key, kind, module, place, was, is_now, word, touches, pauses, opened_at)
    SELECT :connection, r.*, :now FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(
        key text, kind text, module text, place text, was text, is_now text, word text, touches jsonb, pauses boolean)
    ON CONFLICT (connection, key) WHERE closed_at IS NULL DO NOTHING RETURNING *
""")
_CLOSE = sql("""
    UPDATE drifts SET closed_at = :now, closed_how = :how
    WHERE connection = :connection AND id = :id AND closed_at IS NULL RETURNING *
""")
_SAY = sql("""
    INSERT INTO ledger (connection, at, kind, facts)
    VALUES (:connection, :now, :kind, jsonb_build_object('why', CAST(:why AS text)))
""")
# What waits for a field that is not there any more would be refused with all its other values.
_TAKE_BACK = sql("""
    UPDATE outbox SET state = 'withdrawn', settled_at = :now, last_failure = :why
    WHERE connection = :connection AND state = 'waiting' AND handoff_id IS NULL AND module = :module
      AND jsonb_exists(values, :place) RETURNING person_id
""")
_UNBURY = sql("""
    UPDATE dead_letters d SET state = 'replayed', settled_at = :now, settled_why = :why FROM outbox o
    WHERE d.connection = :connection AND d.state = 'open' AND d.field = :place AND o.id = d.outbox_id
      AND o.module = :module AND o.handoff_id IS NULL RETURNING d.person_id
""")
_STANDS_NO_MORE = sql("""
    UPDATE mirror SET standing = 'waiting', reason = '' WHERE connection = :connection AND person_id = ANY(:people)
      AND standing = 'dead'
""")
_PUT_OFF_SINCE = sql("""
    SELECT DISTINCT l.person_id FROM ledger l
    WHERE l.connection = :connection AND l.kind = 'decided' AND l.at >= :since AND EXISTS (
        SELECT 1 FROM jsonb_each_text(l.facts->'rules') r WHERE r.key = ANY(:fields) AND starts_with(r.value, :put_off))
""")
_FORGET = sql("""
    UPDATE memberships m SET base = m.base - CAST(:fields AS text[])
    WHERE m.connection = :connection AND m.person_id IN (
        SELECT s.person_id FROM memberships s WHERE s.connection = :connection AND starts_with(s.ref, :module))
""")
# Read first: our copies of the records were made while the field was away.
_ASK_AGAIN = sql("""
    INSERT INTO inbox AS i (connection, ref, person_id, lane, needs_read, not_before, nudged_at, created_at)
    SELECT CAST(:connection AS text), m.ref, m.person_id, 'bulk', true, CAST(:now AS timestamptz),
           CAST(:never AS timestamptz), CAST(:now AS timestamptz)
    FROM mirror m WHERE m.connection = :connection AND m.person_id = ANY(:people) AND m.gone_at IS NULL ORDER BY m.ref
    ON CONFLICT (connection, ref) DO UPDATE SET generation = i.generation + 1, needs_read = true,
        not_before = excluded.not_before
""")
MENDED = "mended"


@dataclass(frozen=True, slots=True)
class PostgresDrifts:
    desk: Desk

    def open(self) -> tuple[Drift, ...]:
        with self.desk.engine.connect() as tx:
            return tuple(_drift(row) for row in self.desk.rows(tx, _OPEN))

    def listed(self, *, closed: bool = False) -> tuple[KeptDrift, ...]:
        with self.desk.engine.connect() as tx:
            return tuple(_kept(row) for row in self.desk.rows(tx, _ALL if closed else _OPEN))

    @again_after_a_collision
    def settle(self, found: Sequence[Drift], channels: Sequence[str], *, now: datetime) -> None:
        wanted = {drift.key: drift for drift in found}
        with self.desk.engine.begin() as tx:
            known = self.desk.rows(tx, _OPEN)
            for row in known:
                if row["key"] not in wanted:
                    self._close(tx, _kept(row), MENDED, channels, now)
            rows = [_row(drift) for key, drift in wanted.items() if key not in {row["key"] for row in known}]
            for row in self.desk.rows(tx, _ADD, rows=packed(rows), now=now) if rows else ():
                self._opened(tx, _kept(row), channels, now)

    @again_after_a_collision
    def accept(self, kept: KeptDrift, who: str, channels: Sequence[str], *, now: datetime) -> bool:
        with self.desk.engine.begin() as tx:
            is_closed = self._close(tx, kept, f"accepted by {who}", channels, now)
            if is_closed and kept.drift.kind is Kind.REPLACED:
                self.desk.run(tx, _FORGET, fields=list(kept.drift.touches), module=f"{kept.drift.module}:")
        return is_closed

    def _opened(self, tx: Connection, kept: KeptDrift, channels: Sequence[str], now: datetime) -> None:
        drift = kept.drift
        self._tell(tx, kept, "drifted", drift.text, channels, now)
        if drift.kind not in WHOLE_FIELD or drift.module is None:
            return
        asked = {"module": str(drift.module), "place": drift.place, "why": drift.text, "now": now}
        back = [row["person_id"] for row in self.desk.rows(tx, _TAKE_BACK, **asked)]
        back += [row["person_id"] for row in self.desk.rows(tx, _UNBURY, **asked)]
        self.desk.run(tx, _STANDS_NO_MORE, people=back)
        self._ask_again(tx, back, now)

    def _close(self, tx: Connection, kept: KeptDrift, how: str, channels: Sequence[str], now: datetime) -> bool:
        if not self.desk.rows(tx, _CLOSE, id=kept.id, how=how, now=now):
            return False
        kind = MENDED if how == MENDED else "accepted"
        self._tell(tx, kept, kind, f"{kept.drift.where}: {kept.drift.kind}, {how}", channels, now)
        fields = list(kept.drift.touches)
        waited = self.desk.rows(tx, _PUT_OFF_SINCE, since=kept.opened_at, fields=fields, put_off=PUT_OFF)
        self._ask_again(tx, [row["person_id"] for row in waited], now)
        return True

    def _tell(
        self, tx: Connection, kept: KeptDrift, kind: str, why: str, channels: Sequence[str], now: datetime
    ) -> None:
        facts = {"reason": why, "touches": list(kept.drift.touches), "pauses": kept.drift.pauses}
        put_alert(self.desk, tx, f"drift:{kept.id}:{kind}", kind, channels, facts, now)
        self.desk.run(tx, _SAY, kind=kind, why=why, now=now)

    def _ask_again(self, tx: Connection, people: Sequence[int], now: datetime) -> None:
        if people:
            self.desk.run(tx, _ASK_AGAIN, people=sorted(set(people)), now=now, never=LONG_AGO)


def _row(drift: Drift) -> dict[str, object]:
    return {
        "key": drift.key,
        "kind": drift.kind,
        "module": None if drift.module is None else str(drift.module),
        "place": drift.place,
        "was": drift.was,
        "is_now": drift.now,
        "word": drift.word,
        "touches": list(drift.touches),
        "pauses": drift.pauses,
    }


def _drift(row: RowMapping) -> Drift:
    return Drift(
        kind=Kind(row["kind"]),
        module=None if row["module"] is None else Module.parse(row["module"]),
        place=row["place"],
        was=row["was"],
        now=row["is_now"],
        touches=tuple(row["touches"]),
        pauses=row["pauses"],
        word=row["word"],
    )


def _kept(row: RowMapping) -> KeptDrift:
    return KeptDrift(row["id"], _drift(row), row["opened_at"], row["closed_at"], row["closed_how"])

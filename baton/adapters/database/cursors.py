"""How far each stream has been read, and which worker reads it now."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from baton.adapters.database.connecting import Desk, again_after_a_collision, sql
from baton.domain.records import Stream
from baton.ports import Cursor

# A tick finds a pass that nobody is reading only after its lease ran out; the reader itself goes on at once.
_CLAIM = sql("""
    UPDATE cursors SET lease = :lease, leased_until = :until
    WHERE connection = :connection AND stream = :stream
      AND (not_before IS NULL OR not_before <= :now)
      AND (leased_until IS NULL OR leased_until < :now OR (lease IS NULL AND run_id = :going_on))
      AND (CAST(:going_on AS bigint) IS NULL OR run_id = :going_on)
    RETURNING *
""")
_ENSURE = sql("INSERT INTO cursors (connection, stream) VALUES (:connection, :stream) ON CONFLICT DO NOTHING")
_OPEN_RUN = sql("""
    INSERT INTO runs (connection, kind, stream, started_at) VALUES (:connection, 'pull', :stream, :now) RETURNING id
""")
_OPEN = sql("""
    UPDATE cursors SET run_id = :run, since = :since, position = NULL, pass_began = NULL, opened_at = :now,
           wide_pass_at = CASE WHEN :is_wide THEN :now ELSE wide_pass_at END
    WHERE connection = :connection AND stream = :stream
""")
_RELEASE = sql("""
    UPDATE cursors SET lease = NULL, leased_until = :until, not_before = :not_before
    WHERE connection = :connection AND stream = :stream AND lease = :lease
""")
_PROVE = sql("UPDATE cursors SET proved_at = :now WHERE connection = :connection AND stream = :stream")
_FALL_BACK = sql(
    "UPDATE cursors SET since = NULL, proved_at = NULL WHERE connection = :connection AND stream = :stream"
)
_NOTE = sql("UPDATE runs SET note = :note WHERE id = :run AND connection = :connection")


@dataclass(frozen=True, slots=True)
class Cadence:
    """How windows overlap.

    Stamps have whole seconds, so a narrow overlap covers edits of one second; what a vendor shows late is caught by
    a wide pass every now and then, instead of reading everything twice each time.
    """

    lease: timedelta = timedelta(seconds=60)
    stall: timedelta = timedelta(seconds=15)
    wide_overlap: timedelta = timedelta(minutes=10)
    wide_every: timedelta = timedelta(minutes=10)
    proof_holds: timedelta = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class PostgresCursors:
    desk: Desk
    cadence: Cadence

    @again_after_a_collision
    def claim(self, stream: Stream, *, now: datetime, going_on: int | None = None) -> Cursor | None:
        lease, name = str(uuid4()), str(stream)
        values = {"lease": lease, "stream": name, "now": now, "until": now + self.cadence.lease, "going_on": going_on}
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _ENSURE, stream=name)
            claimed = self.desk.rows(tx, _CLAIM, **values)
            if not claimed:
                return None
            row = claimed[0]
            return self._going_on(stream, row, now) if row["run_id"] else self._opened(tx, stream, row, now)

    def _going_on(self, stream: Stream, row: RowMapping, now: datetime) -> Cursor:
        return Cursor(
            stream,
            run=row["run_id"],
            since=row["since"],
            position=row["position"],
            pass_began=row["pass_began"],
            is_window_proved=self._is_proved(row, now),
            opened_at=row["opened_at"],
            lease=str(row["lease"]),
        )

    def _opened(self, tx: Connection, stream: Stream, row: RowMapping, now: datetime) -> Cursor:
        watermark, wide_at = row["watermark"], row["wide_pass_at"]
        is_wide = watermark is not None and (wide_at is None or wide_at < now - self.cadence.wide_every)
        since = watermark - self.cadence.wide_overlap if is_wide else watermark
        # The first increment after a full pass need not be wide: nothing older than the pass can be missing.
        since = watermark if wide_at is None else since
        run = self.desk.rows(tx, _OPEN_RUN, stream=str(stream), now=now)[0]["id"]
        self.desk.run(tx, _OPEN, run=run, stream=str(stream), since=since, now=now, is_wide=is_wide)
        return Cursor(stream, run, since, None, None, self._is_proved(row, now), now, str(row["lease"]))

    def _is_proved(self, row: RowMapping, now: datetime) -> bool:
        return row["proved_at"] is not None and row["proved_at"] > now - self.cadence.proof_holds

    @again_after_a_collision
    def release(self, cursor: Cursor, *, now: datetime, not_before: datetime | None = None) -> None:
        until = max(now, not_before or now) + self.cadence.stall
        with self.desk.engine.begin() as tx:
            self.desk.run(
                tx, _RELEASE, stream=str(cursor.stream), lease=cursor.lease, until=until, not_before=not_before
            )

    def prove(self, cursor: Cursor, *, now: datetime) -> None:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _PROVE, stream=str(cursor.stream), now=now)

    def fall_back(self, cursor: Cursor, reason: str) -> Cursor:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _FALL_BACK, stream=str(cursor.stream))
            self.desk.run(tx, _NOTE, run=cursor.run, note=reason)
        return replace(cursor, since=None, position=None)

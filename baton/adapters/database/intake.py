"""Mirror and inbox: what a read brought, and which of it must be decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from baton.adapters.database.acquaintance import Newcomer, persons_for
from baton.adapters.database.connecting import LONG_AGO, Desk, again_after_a_collision, packed, sql
from baton.adapters.database.deals import keep_deals
from baton.domain.failures import Busy
from baton.domain.person import Lane
from baton.domain.records import Module, Page, RecordRef, Seen, StreamKind
from baton.ports import Cursor, Imprinted

_HOLD = sql("""
    SELECT 1 FROM cursors WHERE connection = :connection AND stream = :stream AND lease = :lease FOR UPDATE
""")
_GO_ON = sql("""
    UPDATE cursors SET position = :position, pass_began = coalesce(pass_began, :began), lease = NULL,
           leased_until = :until, not_before = NULL
    WHERE connection = :connection AND stream = :stream
""")
_END_PASS = sql("""
    UPDATE cursors SET watermark = coalesce(pass_began, :began) - :overlap, position = NULL, pass_began = NULL,
           since = NULL, run_id = NULL, lease = NULL, leased_until = NULL, not_before = NULL,
           fresh_at = opened_at, passed_at = :now
    WHERE connection = :connection AND stream = :stream
""")
_COUNT = sql("""
    UPDATE runs SET counts = jsonb_build_object(
        'pages', coalesce((counts->>'pages')::int, 0) + 1,
        'rows', coalesce((counts->>'rows')::int, 0) + :rows,
        'changed', coalesce((counts->>'changed')::int, 0) + :changed,
        'gone', coalesce((counts->>'gone')::int, 0) + :gone)
    WHERE id = :run AND connection = :connection RETURNING (counts->>'pages')::int AS pages
""")
# In a first sync the tables grow from nothing, and a planner that still takes them for empty scans them whole.
_MEASURE = sql("ANALYZE mirror, people, memberships, inbox, outbox")
_MEASURED_AT = frozenset({2, 5, 12, 30, 80, 200, 500, 1_250, 3_000})
# A pass that found nothing leaves no run behind: at one pass every few seconds they would bury the ones that matter.
_END_RUN = sql("""
    WITH quiet AS (
        DELETE FROM runs WHERE id = :run AND connection = :connection AND note IS NULL
        AND (counts->>'changed')::int = 0 AND (counts->>'gone')::int = 0 RETURNING id)
    UPDATE runs SET finished_at = :now WHERE id = :run AND connection = :connection AND id NOT IN (SELECT id FROM quiet)
""")
_THERE = sql("SELECT ref FROM mirror WHERE connection = :connection AND ref = ANY(:refs)")
_HOLD_PERSONS = sql("""
    SELECT 1 FROM people WHERE id IN (
        SELECT person_id FROM mirror WHERE connection = :connection AND ref = ANY(:refs)) ORDER BY id FOR NO KEY UPDATE
""")
_KNOWN = sql("""
    SELECT ref, person_id, fingerprint, version, gone_at, overwritten, overwritten_at FROM mirror
    WHERE connection = :connection AND ref = ANY(:refs) ORDER BY ref FOR UPDATE
""")
_KEEP = sql("""
    INSERT INTO mirror AS m (connection, ref, module, person_id, row, version, editor, read_began, fingerprint, email,
                             counterpart)
    SELECT :connection, r.* FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(
        ref text, module text, person_id bigint, row jsonb, version timestamptz, editor text, read_began timestamptz,
        fingerprint text, email text, counterpart text)
    ON CONFLICT (connection, ref) DO UPDATE SET row = excluded.row, version = excluded.version,
        editor = excluded.editor, read_began = excluded.read_began, fingerprint = excluded.fingerprint,
        email = excluded.email, counterpart = excluded.counterpart, gone_at = NULL
    WHERE excluded.version >= m.version
""")
_QUEUE = sql("""
    INSERT INTO inbox AS i (connection, ref, person_id, lane, run_id, not_before, nudged_at, created_at)
    SELECT :connection, q.ref, q.person_id, :lane, :run, q.due, CASE WHEN q.due > :now THEN :never ELSE :now END, :now
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS q(ref text, person_id bigint, due timestamptz)
    ON CONFLICT (connection, ref) DO UPDATE SET generation = i.generation + 1, needs_read = false, attempts = 0,
        takes = 0, nudged_at = excluded.nudged_at,
        not_before = CASE WHEN excluded.not_before > :now
                     THEN least(excluded.not_before, i.created_at + :patience * (excluded.not_before - :now))
                     ELSE least(i.not_before, excluded.not_before) END,
        run_id = CASE WHEN i.lane = 'live' AND excluded.lane = 'bulk' THEN i.run_id ELSE excluded.run_id END,
        lane = CASE WHEN excluded.lane = 'live' THEN 'live' ELSE i.lane END
""")
# A record that is edited again and again is decided at last, after so many times its delay.
_PATIENCE = 10
_GONE = sql("""
    UPDATE mirror SET gone_at = :now, standing = 'gone', reason = 'deleted at the vendor'
    WHERE connection = :connection AND ref = ANY(:refs) AND gone_at IS NULL RETURNING ref, person_id
""")
_PERSONS = sql("""
    SELECT ref, person_id FROM mirror WHERE connection = :connection AND ref = ANY(:refs) AND gone_at IS NULL
""")
_READ_AGAIN = sql("""
    UPDATE inbox SET needs_read = false, not_before = :now, nudged_at = :now
    WHERE connection = :connection AND ref = ANY(:refs) AND needs_read RETURNING ref
""")
_LATEST = sql("""
    SELECT ref, row, version, editor FROM mirror
    WHERE connection = :connection AND module = :module AND gone_at IS NULL ORDER BY version DESC LIMIT 1
""")
_FRESH = sql("SELECT fresh_at FROM cursors WHERE connection = :connection AND stream = :stream")
_WAS_READ = sql("""
    SELECT EXISTS (SELECT 1 FROM cursors WHERE connection = :connection AND stream = :stream
                   AND watermark IS NOT NULL) AS it_was
""")
_HAS_TO_READ = sql("""
    SELECT EXISTS (SELECT 1 FROM inbox WHERE connection = :connection AND needs_read AND not_before <= :now) AS it_has
""")
_TO_READ = sql("""
    UPDATE inbox SET not_before = :later, nudged_at = :now WHERE id IN (
        SELECT id FROM inbox WHERE connection = :connection AND needs_read AND not_before <= :now
          AND starts_with(ref, :module) ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED)
    RETURNING ref
""")


@dataclass(frozen=True, slots=True)
class PostgresIntake:
    desk: Desk
    overlap: timedelta
    stall: timedelta
    catch_up_within: timedelta
    settling: Mapping[Module, timedelta] = field(default_factory=dict)

    @again_after_a_collision
    def store(self, cursor: Cursor, page: Page, rows: Sequence[Imprinted], *, now: datetime) -> tuple[RecordRef, ...]:
        with self.desk.engine.begin() as tx:
            self._hold(tx, cursor)
            changed = self._keep(tx, rows, page.began)
            gone = self.desk.rows(tx, _GONE, refs=[str(ref) for ref in page.gone], now=now) if page.gone else []
            due = [*changed, *gone]
            self._queue(tx, due, cursor.lane, cursor.run, now)
            self._move(tx, cursor, page, now)
            pages = self._count(tx, cursor, rows=len(rows), changed=len(changed), gone=len(gone))
            if page.position is None:
                self.desk.run(tx, _END_RUN, run=cursor.run, now=now)
        if cursor.since is None and pages in _MEASURED_AT:
            self._measure()
        return _refs(due)

    @again_after_a_collision
    def store_deals(self, cursor: Cursor, page: Page, shown: Sequence[str], *, now: datetime) -> tuple[RecordRef, ...]:
        with self.desk.engine.begin() as tx:
            self._hold(tx, cursor)
            due = keep_deals(self.desk, tx, page, shown, now)
            self._queue(tx, due, cursor.lane, cursor.run, now)
            self._move(tx, cursor, page, now)
            self._count(tx, cursor, rows=len(page.rows), changed=len(due), gone=len(page.gone))
            if page.position is None:
                self.desk.run(tx, _END_RUN, run=cursor.run, now=now)
        return _refs(due)

    def _hold(self, tx: Connection, cursor: Cursor) -> None:
        if not self.desk.rows(tx, _HOLD, stream=str(cursor.stream), lease=cursor.lease):
            raise Busy("another worker reads this stream now", wait=self.stall)

    def _count(self, tx: Connection, cursor: Cursor, **counts: int) -> int:
        counted = self.desk.rows(tx, _COUNT, run=cursor.run, **counts)
        return int(counted[0]["pages"]) if counted else 0

    def _measure(self) -> None:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _MEASURE)

    @again_after_a_collision
    def store_reading(
        self, rows: Sequence[Imprinted], missing: Sequence[RecordRef], *, began: datetime, now: datetime
    ) -> tuple[RecordRef, ...]:
        named = [str(item.seen.ref) for item in rows] + [str(ref) for ref in missing]
        with self.desk.engine.begin() as tx:
            changed = self._keep(tx, rows, began)
            gone = self.desk.rows(tx, _GONE, refs=[str(ref) for ref in missing], now=now)
            self._queue(tx, [*changed, *gone], Lane.LIVE, None, now)
            asked = self.desk.rows(tx, _READ_AGAIN, refs=named, now=now)
        return tuple(dict.fromkeys((*_refs(changed), *_refs(gone), *_refs(asked))))

    @again_after_a_collision
    def store_backfill(
        self,
        rows: Sequence[Imprinted],
        missing: Sequence[RecordRef],
        *,
        began: datetime,
        run: int,
        is_forced: bool,
        now: datetime,
    ) -> tuple[RecordRef, ...]:
        with self.desk.engine.begin() as tx:
            changed = self._keep(tx, rows, began)
            gone = self.desk.rows(tx, _GONE, refs=[str(ref) for ref in missing], now=now)
            refs = [str(item.seen.ref) for item in rows]
            due = [*(self.desk.rows(tx, _PERSONS, refs=refs) if is_forced else changed), *gone]
            self._queue(tx, due, Lane.BULK, run, now)
        return _refs(due)

    def _keep(self, tx: Connection, rows: Sequence[Imprinted], began: datetime) -> list[dict[str, object]]:
        """Stores what is news; returns ref and person of what says something new in a mapped field."""
        ordered = sorted({str(item.seen.ref): item for item in rows}.items())
        refs = [ref for ref, _ in ordered]
        there = {row["ref"] for row in self.desk.rows(tx, _THERE, refs=refs)}
        people = persons_for(self.desk, tx, [_newcomer(item) for ref, item in ordered if ref not in there])
        self.desk.run(tx, _HOLD_PERSONS, refs=refs)
        known = {row["ref"]: row for row in self.desk.rows(tx, _KNOWN, refs=refs)}
        news = [(ref, item) for ref, item in ordered if _is_news(item, known.get(ref), began)]
        kept = [_row(item, known[ref]["person_id"] if ref in known else people[ref], began) for ref, item in news]
        if kept:
            self.desk.run(tx, _KEEP, rows=packed(kept))
        return [
            {"ref": row["ref"], "person_id": row["person_id"]}
            for row, (ref, item) in zip(kept, news, strict=True)
            if _says_something(item, known.get(ref))
        ]

    def _queue(self, tx: Connection, due: Sequence[object], lane: Lane, run: int | None, now: datetime) -> None:
        if due:
            rows = packed([{**row, "due": self._settled(row, lane, now)} for row in due])  # type: ignore[dict-item]  # RowMapping or dict, both mappings
            values = {"lane": lane, "run": run, "now": now, "never": LONG_AGO, "patience": _PATIENCE}
            self.desk.run(tx, _QUEUE, rows=rows, **values)

    def _settled(self, row: object, lane: Lane, now: datetime) -> datetime:
        """When it may be decided: people who save a form several times are given a moment; a backfill needs none."""
        module = RecordRef.parse(row["ref"]).module  # type: ignore[index]  # as above
        return now + self.settling.get(module, timedelta()) if lane is not Lane.BULK else now

    def _move(self, tx: Connection, cursor: Cursor, page: Page, now: datetime) -> None:
        stream = str(cursor.stream)
        if page.position is None:
            self.desk.run(tx, _END_PASS, stream=stream, began=page.began, overlap=self.overlap, now=now)
        else:
            until = now + self.stall
            self.desk.run(tx, _GO_ON, stream=stream, position=page.position, began=page.began, until=until)

    def known(self, module: Module) -> Seen | None:
        with self.desk.engine.connect() as tx:
            found = self.desk.rows(tx, _LATEST, module=str(module))
        return _seen(found[0]) if found else None

    def fresh(self, module: Module, *, now: datetime) -> bool:
        with self.desk.engine.connect() as tx:
            found = self.desk.rows(tx, _FRESH, stream=f"{module}:{StreamKind.CHANGES}")
        at = found[0]["fresh_at"] if found else None
        return at is not None and at >= now - self.catch_up_within

    def was_read(self, module: Module) -> bool:
        with self.desk.engine.connect() as tx:
            return bool(self.desk.rows(tx, _WAS_READ, stream=f"{module}:{StreamKind.CHANGES}")[0]["it_was"])

    def has_to_read(self, *, now: datetime) -> bool:
        with self.desk.engine.connect() as tx:
            return bool(self.desk.rows(tx, _HAS_TO_READ, now=now)[0]["it_has"])

    @again_after_a_collision
    def to_read(self, module: Module, *, limit: int, now: datetime) -> tuple[RecordRef, ...]:
        later = now + timedelta(minutes=1)
        with self.desk.engine.begin() as tx:
            return _refs(self.desk.rows(tx, _TO_READ, module=f"{module}:", limit=limit, now=now, later=later))


def _newcomer(item: Imprinted) -> Newcomer:
    return Newcomer(item.seen.ref, item.imprint.email, item.imprint.counterpart)


def _is_news(item: Imprinted, known: RowMapping | None, began: datetime) -> bool:
    """An older read never overwrites a newer row: ours may hold a write this read had not seen yet."""
    if known is None or known["gone_at"] is not None:
        return True
    if item.seen.version != known["version"]:
        return bool(item.seen.version > known["version"])
    is_other = item.imprint.fingerprint != known["fingerprint"]
    is_before_ours = known["overwritten"] == item.imprint.fingerprint and began < known["overwritten_at"]
    return is_other and not is_before_ours


def _says_something(item: Imprinted, known: RowMapping | None) -> bool:
    return known is None or known["gone_at"] is not None or item.imprint.fingerprint != known["fingerprint"]


def _row(item: Imprinted, person: int, began: datetime) -> dict[str, object]:
    seen, print_ = item.seen, item.imprint
    return {
        "ref": str(seen.ref),
        "module": str(seen.ref.module),
        "person_id": person,
        "row": seen.row,
        "version": seen.version,
        "editor": seen.editor,
        "read_began": began,
        "fingerprint": print_.fingerprint,
        "email": print_.email,
        "counterpart": print_.counterpart,
    }


def _seen(row: RowMapping) -> Seen:
    return Seen(RecordRef.parse(row["ref"]), row["row"], row["version"], row["editor"])


def _refs(rows: Iterable[object]) -> tuple[RecordRef, ...]:
    return tuple(RecordRef.parse(row["ref"]) for row in rows)  # type: ignore[index]  # RowMapping or dict

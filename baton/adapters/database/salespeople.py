"""Zoho's users as last read, so that routing costs no call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from baton.adapters.database.connecting import Desk, again_after_a_collision, packed, sql
from baton.domain.routing import Salesperson

_READ = sql("SELECT id, name, email, is_active FROM salespeople WHERE connection = :connection ORDER BY id")
_FRESH = sql("SELECT max(read_at) AS read_at FROM salespeople WHERE connection = :connection")
_KEEP = sql("""
    INSERT INTO salespeople (connection, id, name, email, is_active, read_at)
    SELECT :connection, r.*, :now FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS r(id text, name text, email text, is_active boolean) ORDER BY r.id
    ON CONFLICT (connection, id) DO UPDATE SET name = excluded.name, email = excluded.email,
        is_active = excluded.is_active, read_at = excluded.read_at
""")
# Whom Zoho no longer names may still own records: known by name, and given nothing any more.
_RETIRE = sql("UPDATE salespeople SET is_active = false WHERE connection = :connection AND read_at < :now")


@dataclass(frozen=True, slots=True)
class PostgresUsers:
    desk: Desk
    fresh_for: timedelta = timedelta(minutes=1)

    def read(self) -> tuple[Salesperson, ...]:
        with self.desk.engine.connect() as tx:
            rows = self.desk.rows(tx, _READ)
        return tuple(Salesperson(row["id"], row["name"], row["email"], row["is_active"]) for row in rows)

    def are_fresh(self, *, now: datetime) -> bool:
        with self.desk.engine.connect() as tx:
            read_at = self.desk.rows(tx, _FRESH)[0]["read_at"]
        return read_at is not None and read_at > now - self.fresh_for

    @again_after_a_collision
    def keep(self, users: Sequence[Salesperson], *, now: datetime) -> None:
        rows = [{"id": u.id, "name": u.name, "email": u.email, "is_active": u.is_active} for u in users]
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _KEEP, rows=packed(rows), now=now)
            self.desk.run(tx, _RETIRE, now=now)

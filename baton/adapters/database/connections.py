"""Whether a connection may be worked, and since when not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from baton.adapters.database.connecting import Desk, sql

_ENSURE = sql("INSERT INTO connections (name) VALUES (:connection) ON CONFLICT DO NOTHING")
# While paused, one caller in a while is let through: that is how a mended account is noticed.
_PROBE = sql("""
    UPDATE connections SET ask_again_at = :next WHERE name = :connection AND paused_at IS NOT NULL
    AND ask_again_at <= :now RETURNING name
""")
_PAUSED = sql("SELECT pause_reason FROM connections WHERE name = :connection AND paused_at IS NOT NULL")
_PAUSE = sql("""
    UPDATE connections SET paused_at = :now, pause_reason = :reason, ask_again_at = :next
    WHERE name = :connection AND paused_at IS NULL
""")
_RESUME = sql("""
    UPDATE connections SET paused_at = NULL, pause_reason = NULL, ask_again_at = NULL
    WHERE name = :connection AND paused_at IS NOT NULL
""")
_USER = sql("SELECT zoho_user FROM connections WHERE name = :connection")
_KEEP_USER = sql("UPDATE connections SET zoho_user = :user WHERE name = :connection")
_SAY = sql("""
    INSERT INTO ledger (connection, at, kind, facts)
    VALUES (:connection, :now, :kind, jsonb_build_object('why', CAST(:why AS text)))
""")


@dataclass(frozen=True, slots=True)
class PostgresConnections:
    desk: Desk
    ask_again: timedelta

    def zoho_user(self) -> str | None:
        with self.desk.engine.connect() as tx:
            found = self.desk.rows(tx, _USER)
        return found[0]["zoho_user"] if found else None

    def keep_zoho_user(self, user: str) -> None:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _ENSURE)
            self.desk.run(tx, _KEEP_USER, user=user)

    def paused(self, *, now: datetime) -> str | None:
        with self.desk.engine.begin() as tx:
            found = self.desk.rows(tx, _PAUSED)
            if not found or self.desk.rows(tx, _PROBE, now=now, next=now + self.ask_again):
                return None
        return str(found[0]["pause_reason"])

    def pause(self, reason: str, *, now: datetime) -> bool:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _ENSURE)
            is_news = self.desk.run(tx, _PAUSE, reason=reason, now=now, next=now + self.ask_again) == 1
            if is_news:
                self.desk.run(tx, _SAY, kind="paused", why=reason, now=now)
        return is_news

    def resume(self, *, now: datetime) -> bool:
        with self.desk.engine.begin() as tx:
            is_news = self.desk.run(tx, _RESUME) == 1
            if is_news:
                self.desk.run(tx, _SAY, kind="resumed", why="the account answers again", now=now)
        return is_news

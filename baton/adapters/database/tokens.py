"""Zoho's one access token for the whole fleet: sealed, refreshed by one, and never more often than Zoho bears."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from cryptography.fernet import Fernet, InvalidToken

from baton.adapters.database.connecting import Desk, sql
from baton.ports import Token

# Zoho gives ten in ten minutes; the last two are left to a person who signs in by hand.
REFRESHES = 8
WITHIN = timedelta(minutes=10)
CLAIM = timedelta(seconds=30)

_READ = sql("SELECT sealed, expires_at FROM tokens WHERE connection = :connection")
_ENSURE = sql("INSERT INTO tokens (connection) VALUES (:connection) ON CONFLICT DO NOTHING")
_CLAIM = sql("""
    UPDATE tokens SET lease = :lease, leased_until = :until WHERE connection = :connection
      AND (leased_until IS NULL OR leased_until < :now) AND (not_before IS NULL OR not_before <= :now)
      AND (SELECT count(*) FROM token_refreshes WHERE connection = :connection AND at > :since) < :most
    RETURNING connection
""")
_KEEP = sql("""
    UPDATE tokens SET sealed = :sealed, expires_at = :expires, api_domain = :api_domain, lease = NULL,
           leased_until = NULL, not_before = NULL
    WHERE connection = :connection
""")
_GIVE_UP = sql("""
    UPDATE tokens SET lease = NULL, leased_until = NULL, not_before = :not_before WHERE connection = :connection
""")
_LOG = sql("INSERT INTO token_refreshes (connection, at, outcome) VALUES (:connection, :now, :outcome)")


@dataclass(frozen=True, slots=True)
class PostgresTokens:
    desk: Desk
    seal: Fernet

    def read(self) -> Token | None:
        with self.desk.engine.connect() as tx:
            found = self.desk.rows(tx, _READ)
        if not found or found[0]["sealed"] is None:
            return None
        try:
            kept = json.loads(self.seal.decrypt(found[0]["sealed"]))
        except InvalidToken:
            # The secret key was changed: the token is worth nothing to us, and the next refresh replaces it.
            return None
        return Token(kept["access"], kept["api_domain"], found[0]["expires_at"])

    def claim_refresh(self, now: datetime) -> bool:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _ENSURE)
            values = {"lease": str(uuid4()), "now": now, "until": now + CLAIM, "since": now - WITHIN}
            return bool(self.desk.rows(tx, _CLAIM, most=REFRESHES, **values))

    def keep(self, token: Token, now: datetime) -> None:
        sealed = self.seal.encrypt(json.dumps({"access": token.access, "api_domain": token.api_domain}).encode())
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _KEEP, sealed=sealed, expires=token.expires, api_domain=token.api_domain)
            self.desk.run(tx, _LOG, now=now, outcome="refreshed")

    def give_up(self, now: datetime, wait: timedelta) -> None:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _GIVE_UP, not_before=now + wait)
            self.desk.run(tx, _LOG, now=now, outcome="refused")

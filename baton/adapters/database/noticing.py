"""Notices are put beside what they are about, in its transaction: one per channel and key, however often it is seen."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from baton.adapters.database.connecting import Desk, packed, sql

_PUT = sql("""
    INSERT INTO notices (connection, key, channel, kind, handoff_id, facts, not_before, created_at)
    SELECT :connection, :key, channel, :kind, CAST(:handoff AS bigint), CAST(:facts AS jsonb), :now, :now
    FROM unnest(CAST(:channels AS text[])) channel
    ON CONFLICT (connection, key, channel) DO NOTHING
""")


def put_notices(
    desk: Desk,
    tx: Connection,
    handoff: int,
    about: str,
    kind: str,
    channels: Sequence[str],
    facts: Mapping[str, object],
    now: datetime,
) -> None:
    values = {"key": f"handoff:{handoff}:{about}", "kind": kind, "handoff": handoff, "channels": list(channels)}
    desk.run(tx, _PUT, facts=packed([facts])[1:-1], now=now, **values)


def put_alert(
    desk: Desk,
    tx: Connection,
    key: str,
    kind: str,
    channels: Sequence[str],
    facts: Mapping[str, object],
    now: datetime,
) -> None:
    """A notice that is about no handoff. `facts` hold no personal value, for every channel tells them all."""
    values = {"key": key, "kind": kind, "handoff": None, "channels": list(channels)}
    desk.run(tx, _PUT, facts=packed([facts])[1:-1], now=now, **values)

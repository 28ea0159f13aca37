"""The confirmed writes of the last day of some persons, and their fields that are frozen, for the next decision."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from baton.adapters.database.connecting import Desk, sql
from baton.domain.pingpong import WINDOW, Swing
from baton.domain.records import Module, Value

# A decision that was never carried out wrote nothing, so it is no swing.
_DECIDED = sql("""
    SELECT l.person_id, l.at, v.data, (
        SELECT array_agg(o.module) FROM outbox o
        WHERE o.person_id = l.person_id AND o.state = 'done' AND o.revision = (l.facts->>'revision')::int) AS written
    FROM ledger l JOIN personal_values v ON v.id = l.values_id
    WHERE l.person_id = ANY(:people) AND l.kind = 'decided' AND l.at > :since
    ORDER BY l.id
""")
# Once somebody has settled it the count begins anew.
_FROZEN = sql("""
    SELECT person_id, field, state, settled_at FROM conflicts
    WHERE person_id = ANY(:people) AND kind = 'ping-pong' AND (state = 'open' OR settled_at > :since)
""")

Lately = Mapping[int, tuple[Swing, ...]]
Frozen = Mapping[int, frozenset[str]]


def lately(desk: Desk, tx: Connection, people: Sequence[int], now: datetime) -> tuple[Lately, Frozen]:
    """Per person: swings, oldest first; and the frozen fields."""
    stopped = desk.rows(tx, _FROZEN, people=list(people), since=now - WINDOW)
    settled = {(row["person_id"], row["field"]): row["settled_at"] for row in stopped if row["state"] != "open"}
    swings: dict[int, list[Swing]] = {}
    for row in desk.rows(tx, _DECIDED, people=list(people), since=now - WINDOW):
        swings.setdefault(row["person_id"], []).extend(
            swing for swing in _swings(row) if _counts(row, settled.get((row["person_id"], swing.field)))
        )
    frozen: dict[int, set[str]] = {}
    for row in stopped:
        if row["state"] == "open":
            frozen.setdefault(row["person_id"], set()).add(row["field"])
    return (
        {person: tuple(told) for person, told in swings.items()},
        {person: frozenset(fields) for person, fields in frozen.items()},
    )


def _swings(row: RowMapping) -> list[Swing]:
    written = set(row["written"] or ())
    return [
        Swing(field, Module.parse(said["target"]).crm, _value(said["before"]), _value(said["after"]))
        for field, said in row["data"].items()
        if said.get("target") in written and said["before"] != said["after"]
    ]


def _counts(row: RowMapping, settled_at: datetime | None) -> bool:
    return settled_at is None or row["at"] > settled_at


def _value(raw: object) -> Value:
    return raw if isinstance(raw, str | int | float | bool) else None

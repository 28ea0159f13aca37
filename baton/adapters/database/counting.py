"""How a connection stands, counted in one look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, TextClause
from sqlalchemy.engine import RowMapping

from baton.adapters.database.connecting import Desk, sql
from baton.domain.status import Box, Event, Status, StreamStatus

# One line per person: the standing of its ActiveCampaign contact, or of the Zoho record that stands alone.
_PEOPLE = sql("""
    SELECT standing, count(*) AS n FROM (
        SELECT DISTINCT ON (person_id) person_id, standing FROM mirror
        WHERE connection = :connection AND standing <> 'alias'
        ORDER BY person_id, starts_with(ref, 'activecampaign:') DESC, ref) people
    GROUP BY standing
""")
_INBOX = sql("""
    SELECT lane, count(*) AS n, min(created_at) AS oldest FROM inbox WHERE connection = :connection GROUP BY lane
""")
_OUTBOX = sql("""
    SELECT lane, count(*) AS n, min(created_at) AS oldest FROM outbox
    WHERE connection = :connection AND state IN ('waiting', 'sending', 'uncertain') GROUP BY lane
""")
_DEAD = sql("SELECT count(*) AS n FROM dead_letters WHERE connection = :connection AND state = 'open'")
_STREAMS = sql("SELECT stream, passed_at, run_id FROM cursors WHERE connection = :connection ORDER BY stream")
_TROUBLE = sql("SELECT pause_reason FROM connections WHERE name = :connection AND paused_at IS NOT NULL")
_TOTALS = sql("""
    SELECT (SELECT count(*) FROM mirror WHERE connection = :connection) AS read,
           (SELECT count(*) FROM mirror WHERE connection = :connection AND decided_at IS NOT NULL) AS decided,
           (SELECT count(*) FROM outbox WHERE connection = :connection AND state = 'done') AS written
""")
_EVENTS = sql("""
    SELECT at, kind, ref, facts FROM ledger WHERE connection = :connection ORDER BY id DESC LIMIT :limit
""")
# Nothing waits, and yet the contact has no standing that says why it is as it is.
_UNEXPLAINED = sql("""
    SELECT count(*) AS n FROM mirror m WHERE m.connection = :connection AND m.gone_at IS NULL
      AND (m.standing = 'waiting'
           OR (m.standing = 'writing' AND NOT EXISTS (
               SELECT 1 FROM outbox o
               WHERE o.person_id = m.person_id AND o.state IN ('waiting', 'sending', 'uncertain'))))
      AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.person_id = m.person_id)
""")


@dataclass(frozen=True, slots=True)
class PostgresStatus:
    desk: Desk

    def look(self, *, streams: tuple[str, ...], now: datetime, events: int = 8) -> Status:
        with self.desk.engine.connect() as tx:
            trouble = self.desk.rows(tx, _TROUBLE)
            return Status(
                connection=self.desk.connection,
                at=now,
                people={row["standing"]: row["n"] for row in self.desk.rows(tx, _PEOPLE)},
                inbox=_box(self.desk.rows(tx, _INBOX), now),
                outbox=_box(self.desk.rows(tx, _OUTBOX), now),
                dead_letters=self._number(tx, _DEAD),
                streams=self._streams(tx, streams),
                events=tuple(_event(row) for row in self.desk.rows(tx, _EVENTS, limit=events)),
                totals=dict(self.desk.rows(tx, _TOTALS)[0]),
                unexplained=self._number(tx, _UNEXPLAINED),
                trouble=trouble[0]["pause_reason"] if trouble else None,
            )

    def _number(self, tx: Connection, statement: TextClause) -> int:
        return int(self.desk.rows(tx, statement)[0]["n"])

    def _streams(self, tx: Connection, wanted: tuple[str, ...]) -> tuple[StreamStatus, ...]:
        known = {row["stream"]: row for row in self.desk.rows(tx, _STREAMS)}
        return tuple(
            StreamStatus(name, known[name]["passed_at"], known[name]["run_id"] is not None)
            if name in known
            else StreamStatus(name)
            for name in wanted
        )


def _box(lanes: Sequence[RowMapping], now: datetime) -> Box:
    oldest = [row["oldest"] for row in lanes]
    return Box({row["lane"]: row["n"] for row in lanes}, now - min(oldest) if oldest else None)


def _event(row: RowMapping) -> Event:
    return Event(row["at"], f"{row['kind']} {row['ref'] or ''} {_detail(row['kind'], row['facts'])}".strip())


def _detail(kind: str, facts: dict[str, object]) -> str:
    match kind:
        case "decided":
            standing = facts.get("standings")
            said = next(iter(standing.values()), ["", ""]) if isinstance(standing, dict) else ["", ""]
            return f"→ {said[0]}" + (f": {said[1]}" if said[1] else "")
        case "written":
            fields = facts.get("fields")
            return ", ".join(fields) if isinstance(fields, list) else ""
        case _:
            return str(facts.get("why", ""))

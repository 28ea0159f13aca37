"""What a person decided once for all conflicts of a field. It holds until it is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from baton.adapters.database.connecting import Desk, again_after_a_collision, packed, sql
from baton.domain.records import Crm
from baton.ports.conflicts import StandingRuling

_READ = sql("""
    SELECT field, winner, ruled_by, ruled_at FROM standing_rulings WHERE connection = :connection ORDER BY field
""")
_RULE = sql("""
    INSERT INTO standing_rulings (connection, field, winner, ruled_by, ruled_at)
    VALUES (:connection, :field, :winner, :by, :now)
    ON CONFLICT (connection, field) DO UPDATE SET winner = excluded.winner, ruled_by = excluded.ruled_by,
        ruled_at = excluded.ruled_at
""")
_TAKE_BACK = sql("DELETE FROM standing_rulings WHERE connection = :connection AND field = :field RETURNING field")
_LEDGER = sql("""
    INSERT INTO ledger (connection, at, kind, facts) VALUES (:connection, :now, 'ruled', CAST(:facts AS jsonb))
""")


@dataclass(frozen=True, slots=True)
class PostgresStandingRulings:
    desk: Desk

    def read(self) -> Sequence[StandingRuling]:
        with self.desk.engine.connect() as tx:
            rows = self.desk.rows(tx, _READ)
        return tuple(StandingRuling(row["field"], Crm(row["winner"]), row["ruled_by"], row["ruled_at"]) for row in rows)

    @again_after_a_collision
    def rule(self, field: str, winner: Crm, *, by: str, now: datetime) -> None:
        with self.desk.engine.begin() as tx:
            self.desk.run(tx, _RULE, field=field, winner=winner, by=by, now=now)
            why = f"of every conflict about {field}, {winner} is right, says {by}"
            self.desk.run(tx, _LEDGER, facts=packed([{"field": field, "why": why}])[1:-1], now=now)

    @again_after_a_collision
    def take_back(self, field: str, *, by: str, now: datetime) -> bool:
        with self.desk.engine.begin() as tx:
            if not self.desk.rows(tx, _TAKE_BACK, field=field):
                return False
            why = f"conflicts about {field} go to a person again, says {by}"
            self.desk.run(tx, _LEDGER, facts=packed([{"field": field, "why": why}])[1:-1], now=now)
        return True

"""Reads the runs: the newest of a kind, and one with its calls, its errors and what it led to."""

from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from baton.adapters.database.connecting import Desk, sql
from baton.domain.calls import Outcome
from baton.domain.records import Crm
from baton.domain.runs import EndpointCalls, FailedCall, Run, RunFilter, RunReport

_COUNTED = """
    SELECT r.*, coalesce(c.calls, 0) AS calls, coalesce(c.failed, 0) AS failed
    FROM runs r LEFT JOIN LATERAL (
        SELECT sum(calls) AS calls, sum(calls) FILTER (WHERE outcome <> 'ok') AS failed
        FROM run_calls WHERE run_id = r.id) c ON true
    WHERE r.connection = :connection
"""
_LISTED = sql(f"""
    {_COUNTED} AND (CAST(:kind AS text) IS NULL OR r.kind = :kind)
      AND (CAST(:since AS timestamptz) IS NULL OR r.started_at >= :since)
      AND (NOT :only_failed OR c.failed > 0)
    ORDER BY r.id DESC LIMIT :limit
""")
_SHOWN = sql(f"{_COUNTED} AND r.id = :run")
_ENDPOINTS = sql("""
    SELECT crm, endpoint, outcome, calls, took, longest FROM run_calls WHERE run_id = :run
    ORDER BY crm, endpoint, outcome
""")
_ERRORS = sql("""
    SELECT at, crm, endpoint, status, outcome, code, took FROM calls
    WHERE run_id = :run AND connection = :connection AND outcome <> 'ok' ORDER BY at, id LIMIT :limit
""")
_LED_TO = sql("""
    SELECT kind, count(*) AS n FROM ledger WHERE run_id = :run AND connection = :connection GROUP BY kind ORDER BY kind
""")
_WRITES = sql("""
    SELECT state, count(*) AS n FROM outbox WHERE run_id = :run AND connection = :connection GROUP BY state
    ORDER BY state
""")

ERRORS = 50


@dataclass(frozen=True, slots=True)
class PostgresRuns:
    desk: Desk

    def listed(self, wanted: RunFilter) -> tuple[Run, ...]:
        values = {
            "kind": wanted.kind,
            "since": wanted.since,
            "only_failed": wanted.only_failed,
            "limit": wanted.limit,
        }
        with self.desk.engine.connect() as tx:
            return tuple(_run(row) for row in self.desk.rows(tx, _LISTED, **values))

    def shown(self, id_: int) -> RunReport | None:
        with self.desk.engine.connect() as tx:
            found = self.desk.rows(tx, _SHOWN, run=id_)
            return self._report(tx, found[0]) if found else None

    def _report(self, tx: Connection, row: RowMapping) -> RunReport:
        run = row["id"]
        return RunReport(
            run=_run(row),
            endpoints=tuple(
                EndpointCalls(
                    Crm(each["crm"]),
                    each["endpoint"],
                    Outcome(each["outcome"]),
                    each["calls"],
                    each["took"],
                    each["longest"],
                )
                for each in self.desk.rows(tx, _ENDPOINTS, run=run)
            ),
            errors=tuple(_failed(each) for each in self.desk.rows(tx, _ERRORS, run=run, limit=ERRORS)),
            led_to={each["kind"]: each["n"] for each in self.desk.rows(tx, _LED_TO, run=run)},
            writes={each["state"]: each["n"] for each in self.desk.rows(tx, _WRITES, run=run)},
        )


def _run(row: RowMapping) -> Run:
    return Run(
        id=row["id"],
        kind=row["kind"],
        stream=row["stream"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        note=row["note"],
        counts=row["counts"],
        calls=int(row["calls"]),
        failed_calls=int(row["failed"]),
    )


def _failed(row: RowMapping) -> FailedCall:
    return FailedCall(
        row["at"], Crm(row["crm"]), row["endpoint"], row["status"], Outcome(row["outcome"]), row["code"], row["took"]
    )

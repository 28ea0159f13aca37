"""How the database is reached, and how lists of values travel in one statement."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from psycopg.errors import DeadlockDetected, SerializationFailure
from sqlalchemy import Connection, Engine, TextClause, create_engine, text
from sqlalchemy.engine import RowMapping
from sqlalchemy.exc import OperationalError
from tenacity import retry, retry_if_exception, stop_after_attempt, wait_random

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""The `nudged_at` of a row that the next sweep should find."""


# Without these a thread waits for a host that is gone until the kernel gives up, a quarter of an hour later.
_NOTICE_A_LOST_HOST = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}


def connect(url: str, *, size: int = 5) -> Engine:
    """A pool of at most `size` connections that notices a restarted server before a statement is lost to it."""
    return create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1),
        pool_size=size,
        max_overflow=size,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 10, "application_name": "baton", **_NOTICE_A_LOST_HOST},
    )


def sql(statement: str) -> TextClause:
    return text(statement)


def packed(rows: Sequence[Mapping[str, object]]) -> str:
    """Rows for `jsonb_to_recordset`: one parameter and one plan, however many rows."""
    # PostgreSQL's jsonb refuses NUL, and no vendor means one.
    return json.dumps(rows, default=_plain).replace("\\u0000", "")


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)


def _is_collision(error: BaseException) -> bool:
    return isinstance(error, OperationalError) and isinstance(error.orig, DeadlockDetected | SerializationFailure)


again_after_a_collision = retry(
    retry=retry_if_exception(_is_collision), stop=stop_after_attempt(5), wait=wait_random(0.01, 0.1), reraise=True
)
"""For functions that are one transaction. All take their locks in one order (persons, mirror, memberships, outbox,
inbox; each by id), so two that meet wait; where the planner chooses another order, the one that lost begins anew."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one connection's rows are read and written. `contract` is the fingerprint of the one in force."""

    engine: Engine
    connection: str
    contract: str = ""

    def rows(self, tx: Connection, statement: TextClause, **values: Any) -> Sequence[RowMapping]:
        return tx.execute(statement, self._bound(values)).mappings().all()

    def run(self, tx: Connection, statement: TextClause, **values: Any) -> int:
        return tx.execute(statement, self._bound(values)).rowcount

    def _bound(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"connection": self.connection, "contract": self.contract, **values}

"""Whether the database answers, and when time last passed in it; light enough to be asked every minute.

Straight through the driver: the toolkit above it takes longer to load than the question to answer.
"""

from datetime import datetime, timedelta
from typing import LiteralString

import psycopg


class Silent(Exception):
    """The database gave no answer; says which kind of trouble, and never an address or a password."""


def last_tick(url: str, *, patience: timedelta) -> datetime | None:
    """The newest slot any schedule was run for; None where none ever was. Raises Silent."""
    return _ask(url, "SELECT max(slot) FROM ticks", patience)


def answers(url: str, *, patience: timedelta) -> None:
    """Raises Silent when it does not."""
    _ask(url, "SELECT NULL::timestamptz", patience)


def _ask(url: str, question: LiteralString, patience: timedelta) -> datetime | None:
    seconds = max(2, int(patience.total_seconds()))
    try:
        with psycopg.connect(url, connect_timeout=seconds, application_name="baton health") as connection:
            connection.execute("SELECT set_config('statement_timeout', %s, false)", [f"{seconds}s"])
            row = connection.execute(question).fetchone()
    except psycopg.Error as error:
        raise Silent(type(error).__name__) from None
    return row[0] if row else None

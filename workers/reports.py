"""What a command tells of the past: each opens one database connection and closes it again."""

from collections.abc import Iterator
from contextlib import contextmanager

from baton.adapters.database.connecting import Desk, connect
from baton.adapters.database.runs import PostgresRuns
from baton.domain.calls import CallStory
from baton.domain.runs import Run, RunFilter, RunReport
from config.settings import load_settings
from workers.wiring import CLOCK, calls_kept, database_url


@contextmanager
def _desk(name: str) -> Iterator[Desk]:
    database = connect(database_url(load_settings()), size=1)
    try:
        yield Desk(database, name)
    finally:
        database.dispose()


def call_story(name: str, person: int) -> CallStory:
    """The calls that are kept of a person."""
    with _desk(name) as desk:
        return calls_kept(desk, load_settings()).of_person(person, now=CLOCK.now())


def runs(name: str, wanted: RunFilter) -> tuple[Run, ...]:
    with _desk(name) as desk:
        return PostgresRuns(desk).listed(wanted)


def run_report(name: str, id_: int) -> RunReport | None:
    with _desk(name) as desk:
        return PostgresRuns(desk).shown(id_)

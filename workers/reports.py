"""What a command tells of the past: each opens one database connection and closes it again."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from baton.adapters.database.connecting import Desk, connect
from baton.adapters.database.counting import PostgresStatus
from baton.adapters.database.runs import PostgresRuns
from baton.adapters.database.salespeople import PostgresUsers
from baton.adapters.spelling import spelling
from baton.domain import chain
from baton.domain.calls import CallStory
from baton.domain.chain import FieldStory
from baton.domain.identity import refusal
from baton.domain.runs import Run, RunFilter, RunReport
from baton.domain.story import NextRead, Story, UnknownReport
from config.loading import read_one_policy
from config.policy.reading import Policy
from config.policy.resolution import cadences
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


def field_stories(name: str, story: Story, only: str | None) -> tuple[FieldStory, ...]:
    """Each field of the contract, or one: what the records show, what was agreed on, and why. Users by their names."""
    with _desk(name) as desk:
        users = {user.id: user.name for user in PostgresUsers(desk).read()}
    told = chain.field_stories(story, _policy(name).contract, spelling(), only)
    return tuple(_with_names(each, users) for each in told)


def _with_names(told: FieldStory, users: Mapping[str, str]) -> FieldStory:
    if told.why is None:
        return told
    editors = {ref: users.get(who, f"user {who}") for ref, who in told.why.editors.items()}
    return replace(told, why=replace(told.why, editors=editors))


def why_unknown(name: str, who: str) -> UnknownReport:
    """What can be said of somebody whom nobody knows: whether the contract refuses them, and when is read next."""
    policy, now = _policy(name), CLOCK.now()
    every = cadences(policy.written.pull, load_settings().pull, has_deals=bool(policy.contract.deal_fields))
    with _desk(name) as desk:
        status = PostgresStatus(desk).look(streams=tuple(str(stream) for stream in every), now=now)
    last = {each.stream: each.last_pass for each in status.streams}
    streams = tuple(
        NextRead(str(stream), last.get(str(stream)), _due(last.get(str(stream)), span, now))
        for stream, span in every.items()
    )
    return UnknownReport(
        who, refusal(who, policy.contract, spelling()) if "@" in who else None, streams, status.trouble
    )


def _due(last: datetime | None, every: timedelta, now: datetime) -> datetime:
    return now if last is None else max(now, last + every)


def _policy(name: str) -> Policy:
    return read_one_policy(name, load_settings().connections_dir, os.environ)


def runs(name: str, wanted: RunFilter) -> tuple[Run, ...]:
    with _desk(name) as desk:
        return PostgresRuns(desk).listed(wanted)


def run_report(name: str, id_: int) -> RunReport | None:
    with _desk(name) as desk:
        return PostgresRuns(desk).shown(id_)

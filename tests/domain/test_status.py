"""When a connection is in step, and what a person is told when it is not."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from baton.domain.person import Standing
from baton.domain.status import UNSETTLED, WAITING, Box, Event, Status, StreamStatus

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
READ = StreamStatus("zoho:Leads:changes", NOW)
IN_STEP = Status("demo", NOW, people={"in step": 9, "refused": 1}, streams=(READ,))


def test_when_all_is_read_and_nothing_waits_the_two_sides_are_in_step():
    assert IN_STEP.is_in_step
    assert IN_STEP.what_is_missing() == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"trouble": "the token was refused"}, "the token was refused"),
        ({"streams": ()}, "nothing was read yet"),
        (
            {"streams": (READ, StreamStatus("zoho:Contacts:changes"))},
            "not read to the end yet: zoho:Contacts:changes",
        ),
        ({"inbox": Box({"live": 1, "bulk": 2})}, "3 in the inbox"),
        ({"outbox": Box({"live": 4})}, "4 in the outbox"),
        ({"people": {WAITING: 2, "writing": 3, "in step": 5}}, "5 people not settled"),
        ({"unexplained": 6}, "6 records unexplained"),
    ],
)
def test_whatever_is_missing_is_said_in_words(change, reason):
    status = replace(IN_STEP, **change)

    assert not status.is_in_step
    assert status.what_is_missing() == (reason,)


def test_everything_that_is_missing_is_said():
    status = replace(IN_STEP, inbox=Box({"live": 1}), outbox=Box({"live": 1}), unexplained=1)

    assert status.what_is_missing() == ("1 in the inbox", "1 in the outbox", "1 records unexplained")


@pytest.mark.parametrize("standing", [s for s in Standing if s not in UNSETTLED])
def test_people_who_stand_for_a_reason_do_not_keep_a_connection_out_of_step(standing):
    assert replace(IN_STEP, people={standing: 3}).is_in_step


def test_dead_letters_are_shown_but_hold_nothing_up():
    assert replace(IN_STEP, dead_letters=3).is_in_step


def test_a_stream_that_is_being_read_again_was_read_once():
    assert replace(IN_STEP, streams=(replace(READ, is_reading=True),)).is_in_step


def test_a_status_is_plain_json():
    status = replace(
        IN_STEP,
        outbox=Box({"bulk": 2}, timedelta(seconds=90)),
        streams=(READ, StreamStatus("zoho:Leads:deletions")),
        events=(Event(NOW, "written zoho:Leads:7 Phone"),),
    )

    told = json.loads(json.dumps(status.to_json()))

    assert told["outbox"] == {"depth": {"bulk": 2}, "oldest_seconds": 90}
    assert told["inbox"] == {"depth": {}, "oldest_seconds": None}
    assert told["streams"][1] == {"stream": "zoho:Leads:deletions", "last_pass": None, "is_reading": False}
    assert told["events"] == [{"at": "2026-03-01T12:00:00+00:00", "text": "written zoho:Leads:7 Phone"}]
    assert (told["is_in_step"], told["missing"]) == (
        False,
        ["not read to the end yet: zoho:Leads:deletions", "2 in the outbox"],
    )

"""What a person sees of a status: the board, the plain lines, the rates, and the end of `--until in-step`."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from baton.domain.status import Box, Event, Status, StreamStatus
from console.up.board import board, short
from console.up.plain import Lines
from console.up.rates import Rates
from console.up.until import Goal, why_not

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WITHIN = timedelta(seconds=300)


def test_the_board_shows_who_stands_how_and_what_waits(paper, in_step):
    status = replace(in_step, inbox=Box({"live": 1, "bulk": 40}, timedelta(minutes=3)), dead_letters=2)

    paper.print(board([(status, {"written": 12.4})], ["beat started again"]))

    shown = paper.file.getvalue()
    for words in (
        "in step 198",
        "refused 2",
        "41 (live 1, bulk 40, oldest 3 min)",
        "written 12/s",
        "beat started again",
    ):
        assert words in shown
    assert "dead letters   2" in shown


def test_the_board_shows_when_each_stream_was_read(paper, in_step):
    streams = (StreamStatus("zoho:Leads:changes", NOW - timedelta(seconds=4)), StreamStatus("zoho:Contacts:changes"))

    paper.print(board([(replace(in_step, streams=streams), {})]))

    assert "zoho:Leads:changes 4 s ago · zoho:Contacts:changes not yet" in paper.file.getvalue()


def test_words_in_brackets_are_shown_as_they_are(paper, in_step):
    paper.print(board([(replace(in_step, events=(Event(NOW, "[bold] is a word"),), trouble="[red]token"), {})]))

    assert "[bold] is a word" in paper.file.getvalue()
    assert "[red]token" in paper.file.getvalue()


@pytest.mark.parametrize(
    ("span", "words"),
    [(timedelta(seconds=0.4), "0 s"), (timedelta(seconds=59), "59 s"), (timedelta(hours=26), "1 d")],
)
def test_a_span_is_told_in_its_largest_unit(span, words):
    assert short(span) == words


def test_a_line_is_printed_once_for_each_change(in_step):
    lines = Lines()
    changed = replace(in_step, dead_letters=1)

    printed = [lines.due(in_step, 0), lines.due(in_step, 10), lines.due(changed, 20)]

    assert printed[0] == "demo: in step 198, refused 2; inbox 0, outbox 0; in step"
    assert printed[1] is None
    assert "dead letters 1" in printed[2]


def test_changes_within_two_seconds_wait_for_one_line(in_step):
    lines = Lines()
    lines.due(in_step, 0)

    assert lines.due(replace(in_step, dead_letters=1), 1.9) is None
    assert lines.due(replace(in_step, dead_letters=2), 2.0) is not None


def test_rates_are_the_growth_of_the_last_looks(in_step):
    rates = Rates()
    rates.after(in_step)

    later = rates.after(replace(in_step, at=NOW + timedelta(seconds=4), totals={"read": 440, "written": 190}))

    assert later == {"read": 10.0, "written": 0.0}


def test_in_step_once_may_be_the_moment_between_two_pulls(in_step):
    once = Goal(WITHIN).looked([in_step])

    assert not once.is_reached
    assert once.looked([in_step]).is_reached


def test_falling_out_of_step_begins_the_count_anew(in_step):
    goal = Goal(WITHIN).looked([in_step]).looked([replace(in_step, unexplained=1)]).looked([in_step])

    assert not goal.is_reached


def test_all_connections_must_be_in_step(in_step):
    behind = replace(in_step, connection="other", outbox=Box({"bulk": 3}))
    goal = Goal(WITHIN).looked([in_step, behind]).looked([in_step, behind])

    assert not goal.is_reached
    assert why_not([in_step, behind]) == "other: 3 in the outbox"


def test_nothing_looked_at_is_not_in_step():
    assert not Goal(WITHIN).looked([]).looked([]).is_reached


def test_patience_ends_after_the_bound():
    assert not Goal(WITHIN).is_late(WITHIN)
    assert Goal(WITHIN).is_late(WITHIN + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"streams": ()}, "nothing was read yet"),
        ({"streams": (StreamStatus("zoho:Leads:changes"),)}, "not read to the end yet: zoho:Leads:changes"),
        ({"inbox": Box({"live": 1})}, "1 in the inbox"),
        ({"outbox": Box({"live": 2})}, "2 in the outbox"),
        ({"people": {"waiting": 3, "writing": 1}}, "4 people not settled"),
        ({"unexplained": 1}, "1 records unexplained"),
        ({"trouble": "token refused"}, "token refused"),
    ],
)
def test_each_reason_for_not_being_in_step_is_named(in_step, change, reason):
    status = replace(in_step, **change)

    assert not status.is_in_step
    assert status.what_is_missing() == (reason,)


def test_refused_people_and_dead_letters_do_not_hinder_being_in_step(in_step):
    assert replace(in_step, dead_letters=3, people={"refused": 5, "dead": 3, "review": 1}).is_in_step


def test_a_status_as_json_holds_the_verdict_and_plain_values(in_step):
    told = replace(in_step, inbox=Box({"live": 1}, timedelta(seconds=2)), events=(Event(NOW, "pulled"),)).to_json()

    assert told["is_in_step"] is False
    assert told["missing"] == ["1 in the inbox"]
    assert told["inbox"] == {"depth": {"live": 1}, "oldest_seconds": 2.0}
    assert told["events"] == [{"at": "2026-03-02T09:00:00+00:00", "text": "pulled"}]


def test_an_empty_status_can_be_shown(paper):
    paper.print(board([(Status("demo", NOW), {})]))

    assert "none yet" in paper.file.getvalue()

"""What sets a play off, and what does not."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.person import Candidate, Membership, Person, Role
from baton.domain.plays import Crosses, Play, Stamped, Task, trigger_places
from baton.domain.records import CONTACT, RecordRef, Seen
from baton.domain.routing import Routing
from baton.domain.triggers import events, happened_at

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
REF = RecordRef(CONTACT, "12")
DEMO = Play("demo", Stamped("fields.DEMO_AT"), Routing(otherwise="x"), Task("Call"))
SCORE = Play("score", Crosses("fields.SCORE", 80), Routing(otherwise="x"), Task("Call"))
PERSON = Person(1, 0, "a@x.example", (REF,), ())


def contact(base=None, *, version=NOW, belongs_to=None, **fields):
    member = None if base is None else Membership(REF, Role.PRIMARY, base)
    return Candidate(Seen(REF, {"id": "12", "fields": fields}, version), member, belongs_to=belongs_to)


def fired(candidate, *plays):
    return [event.play for event in events(PERSON, candidate, plays)[0]]


def test_a_fresh_stamp_counts_for_somebody_seen_for_the_first_time():
    found, base = events(PERSON, contact(DEMO_AT="2026-03-02T05:59:00-06:00"), [DEMO])

    assert [(event.value, event.at) for event in found] == [("2026-03-02T05:59:00-06:00", NOW - timedelta(minutes=1))]
    assert base == {"play:demo": "2026-03-02T05:59:00-06:00"}


def test_a_stamp_that_was_seen_is_no_event_again():
    seen = {"play:demo": "2026-03-02T05:59:00-06:00"}

    assert events(PERSON, contact(seen, DEMO_AT="2026-03-02T05:59:00-06:00"), [DEMO]) == ((), {})


def test_a_new_stamp_is_a_new_event():
    candidate = contact({"play:demo": "2026-03-01T10:00:00+00:00"}, DEMO_AT="2026-03-02T11:00:00+00:00")

    assert fired(candidate, DEMO) == ["demo"]


@pytest.mark.parametrize("blank", [None, "", "0000-00-00 00:00:00"])
def test_a_stamp_that_was_cleared_is_remembered_and_is_no_event(blank):
    found, base = events(PERSON, contact({"play:demo": "2026-03-01T10:00:00+00:00"}, DEMO_AT=blank), [DEMO])

    assert (found, base) == ((), {"play:demo": None})


def test_a_text_that_is_no_stamp_sets_nothing_off():
    assert fired(contact(DEMO_AT="soon"), DEMO) == []


@pytest.mark.parametrize(
    ("stamp", "version", "moment"),
    [
        ("2026-03-02T12:00:00", NOW, NOW),
        ("2026-03-02", NOW, NOW),
        ("2026-03-02 00:00:00", NOW, NOW),
        ("2026-03-01", NOW, datetime(2026, 3, 2, tzinfo=UTC)),
        ("2026-03-04", NOW, datetime(2026, 3, 4, tzinfo=UTC)),
    ],
)
def test_a_bare_day_is_taken_for_the_moment_of_the_change_within_it(stamp, version, moment):
    assert happened_at(stamp, version) == moment


def test_a_score_that_rises_to_the_threshold_is_an_event():
    found, base = events(PERSON, contact({"play:score": 60}, SCORE="80"), [SCORE])

    assert [event.play for event in found] == ["score"]
    assert base == {"play:score": 80}


@pytest.mark.parametrize(
    ("before", "now"), [(80, "95"), (95, "80"), (60, "79"), (90, "60"), (60, None), (60, "plenty")]
)
def test_a_score_that_does_not_cross_upwards_is_none(before, now):
    assert fired(contact({"play:score": before}, SCORE=now), SCORE) == []


def test_a_score_above_the_threshold_at_first_sight_is_only_remembered():
    found, base = events(PERSON, contact(SCORE="95"), [SCORE])

    assert (found, base) == ((), {"play:score": 95})


def test_a_score_that_was_blank_before_crosses():
    assert fired(contact({"play:score": None}, SCORE="95"), SCORE) == ["score"]


def test_the_same_state_read_through_both_doors_gives_one_event():
    candidate = contact({"play:score": 60}, SCORE="85")

    assert events(PERSON, candidate, [SCORE]) == events(PERSON, candidate, [SCORE])


def test_crossing_again_to_the_same_number_is_another_event():
    first = events(PERSON, contact({"play:score": 60}, SCORE="85"), [SCORE])[0]
    later = contact({"play:score": 60}, version=NOW + timedelta(days=9), SCORE="85")

    again = events(PERSON, later, [SCORE])[0]

    assert first[0].value != again[0].value


def test_somebody_elses_contact_sets_nothing_off():
    assert events(PERSON, contact(belongs_to=2, DEMO_AT="2026-03-02T11:00:00+00:00"), [DEMO]) == ((), {})


def test_the_fields_that_plays_look_at_are_named_once():
    assert trigger_places([DEMO, SCORE, DEMO]) == ("fields.DEMO_AT", "fields.SCORE")


STAMPS = st.sampled_from([None, "", "2026-03-01T10:00:00+00:00", "2026-03-02T10:00:00+00:00", "nonsense"])


@given(st.lists(STAMPS, max_size=8))
def test_however_often_it_is_read_each_change_to_a_stamp_is_one_event(readings):
    base, found = {}, []
    for reading in [each for each in readings for _ in "twice"]:
        happened, additions = events(PERSON, contact(base, DEMO_AT=reading), [DEMO])
        base, found = {**base, **additions}, [*found, *(event.value for event in happened)]

    stamps = [reading or None for reading in readings]
    changes = [now for before, now in pairwise([None, *stamps]) if now != before and now not in (None, "nonsense")]
    assert found == changes


@given(st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=1, max_size=8))
def test_each_upward_crossing_after_the_first_sight_is_one_event(scores):
    base, found = {}, 0
    for score in scores:
        happened, additions = events(PERSON, contact(base, SCORE=score), [SCORE])
        base, found = {**base, **additions}, found + len(happened)

    crossings = [(a or 0) < 80 <= (b or 0) for a, b in pairwise(scores)]
    assert found == sum(crossings)

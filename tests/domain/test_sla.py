"""Clocks: what stops them, and what is told when nothing does."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from baton.domain.records import CONTACTS, LEADS, RecordRef, Seen
from baton.domain.sla import Clock, ClockRule, ClockState, baseline, is_near_due, start, tick
from baton.domain.tasking import TASKS

BEGAN = datetime(2026, 3, 2, 12, tzinfo=UTC)
US, SALES = "900", "901"
RULE = ClockRule("speed_to_lead", frozenset({"demo"}), escalate_to="agnes@sales.example")
AT_RISK, DUE = start(RULE, BEGAN)
FRESH = {"Lead_Status": "Not Contacted", "Converted__s": False}


def lead(editor=US, **values):
    return Seen(RecordRef(LEADS, "7"), {**FRESH, **values}, BEGAN + timedelta(minutes=3), editor)


def task(status, editor=SALES):
    return Seen(RecordRef(TASKS, "1"), {"Status": status}, BEGAN + timedelta(minutes=4), editor)


def clock(**changes):
    usual = Clock(1, 5, RULE, ClockState.ON_TRACK, BEGAN, AT_RISK, DUE, lead(), {"Lead_Status": "Not Contacted"})
    return replace(usual, **changes)


def test_a_clock_is_due_a_quarter_of_an_hour_after_the_trigger_and_warns_before():
    assert start(RULE, BEGAN) == (BEGAN + timedelta(minutes=10), BEGAN + timedelta(minutes=15))


@pytest.mark.parametrize(
    ("changes", "how"),
    [
        ({"tasks": (task("Completed"),)}, "a task was completed"),
        ({"record": lead(SALES, Lead_Status="Contacted")}, "Lead_Status was changed"),
        ({"record": lead(US, Lead_Status="Contacted")}, "Lead_Status was changed"),
        ({"record": lead(SALES, Lead_Status=None)}, "Lead_Status was changed"),
        ({"record": lead(SALES, Converted__s=True)}, "the lead was converted"),
    ],
)
def test_the_first_touch_of_a_human_being_stops_it(changes, how):
    ticked = tick(clock(**changes), BEGAN + timedelta(minutes=5), US)

    assert (ticked.state, ticked.look_at) == (ClockState.SATISFIED, None)
    assert ticked.touch.how == how


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"tasks": (task("In Progress"),)},
        {"tasks": (task("Completed", editor=US),)},
        {"record": None},
        {"baseline": None, "record": lead(SALES, Lead_Status="Contacted")},
        {"record": lead(US, Lead_Status="Contacted"), "written": frozenset({"Lead_Status"})},
        {"record": Seen(RecordRef(LEADS, "7"), {"Converted__s": False}, BEGAN, SALES)},
    ],
)
def test_what_no_human_being_did_does_not(changes):
    assert tick(clock(**changes), BEGAN + timedelta(minutes=5), US).state is ClockState.ON_TRACK


def test_a_field_that_we_write_too_counts_when_somebody_else_changed_it():
    ours_too = clock(record=lead(SALES, Lead_Status="Contacted"), written=frozenset({"Lead_Status"}))

    assert tick(ours_too, BEGAN, US).state is ClockState.SATISFIED


def test_it_is_told_once_that_time_is_running_out():
    first = tick(clock(), AT_RISK, US)
    second = tick(clock(state=first.state), AT_RISK + timedelta(minutes=1), US)

    assert (first.state, first.tells) == (ClockState.AT_RISK, ("at risk",))
    assert (second.state, second.tells) == (ClockState.AT_RISK, ())


def test_it_is_told_once_and_to_a_named_user_that_it_was_too_late():
    first = tick(clock(state=ClockState.AT_RISK), DUE, US)
    second = tick(clock(state=first.state), DUE + timedelta(minutes=6), US)

    assert (first.tells, first.escalate_to) == (("breached",), "agnes@sales.example")
    assert (second.tells, second.escalate_to) == ((), None)


def test_it_is_looked_at_when_something_may_change():
    assert tick(clock(), AT_RISK - timedelta(seconds=5), US).look_at == AT_RISK
    assert tick(clock(), BEGAN, US).look_at == BEGAN + timedelta(seconds=30)


def test_a_touch_after_the_time_still_stops_a_breached_clock():
    late = clock(state=ClockState.BREACHED, tasks=(task("Completed"),))

    assert tick(late, DUE + timedelta(hours=1), US).state is ClockState.SATISFIED


def test_a_clock_that_nobody_stops_is_left_alone_after_some_days():
    assert tick(clock(state=ClockState.BREACHED), DUE + timedelta(days=4), US).look_at is None


def test_only_a_look_that_may_say_something_unpleasant_is_worth_a_call():
    assert not is_near_due(clock(), AT_RISK - timedelta(seconds=1))
    assert is_near_due(clock(), AT_RISK)
    assert not is_near_due(clock(state=ClockState.AT_RISK), DUE - timedelta(seconds=1))


def test_the_baseline_holds_what_this_kind_of_record_has():
    both = replace(RULE, touch_fields=((LEADS, "Lead_Status"), (CONTACTS, "Stage")))

    assert baseline(both, lead()) == {"Lead_Status": "Not Contacted"}

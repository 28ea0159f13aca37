"""Handoffs under many workers: each is made once, taken by one, and decided in the order of its person."""

from datetime import timedelta

import pytest

from baton.adapters.database.events import insert_events
from baton.domain.handoff import Forsake
from baton.domain.person import Event, Person, Plan
from baton.domain.records import CONTACT, RecordRef
from baton.flows.handoff import handoff

CONTACT_REF = RecordRef(CONTACT, "1")


@pytest.fixture
def world(make_world):
    made = make_world(people=2)
    made.cycle()
    made.engine.automation.handoffs.arm(made.engine.automation.plays, now=made.engine.now() - timedelta(hours=1))
    return made


def happens(world, *values, minutes_ago=0):
    """The plan of person 1 saw these triggers."""
    now = world.engine.now()
    at = now - timedelta(minutes=minutes_ago)
    plan = Plan(events=tuple(Event("demo_request", CONTACT_REF, value, at) for value in values))
    desk = world.engine.intake.desk
    with desk.engine.begin() as tx:
        return insert_events(desk, tx, [(Person(1, 0, None, (), ()), plan)], now)


def take(world):
    return [case.id for case in world.engine.automation.handoffs.take(limit=10, now=world.engine.now())]


def test_one_trigger_seen_twice_is_one_handoff(world):
    made = [happens(world, "a"), happens(world, "a", "b"), happens(world, "b")]

    assert made == [1, 1, 0]


def test_what_lies_before_the_arming_is_history(world):
    assert happens(world, "a", minutes_ago=90) == 0


def test_two_handoffs_of_one_person_are_never_decided_side_by_side(world):
    happens(world, "a", "b")

    assert (take(world), take(world)) == ([1], [])


def test_the_second_of_two_at_once_finds_the_first_and_cools_down(world):
    happens(world, "a", "b")

    for _ in range(2):
        handoff(world.engine)

    states = [each.state for each in world.engine.automation.handoffs.listed()]
    assert states == ["suppressed", "acting"]


def test_what_a_dead_worker_was_deciding_is_decided_by_another(world):
    happens(world, "a")
    (case,) = world.engine.automation.handoffs.take(limit=10, now=world.engine.now())
    world._run("UPDATE handoffs SET leased_until = now() - interval '1 second'")

    handoff(world.engine)

    late = world.engine.automation.handoffs.settle(case, Forsake("too late"), [], now=world.engine.now())
    assert [each.state for each in world.engine.automation.handoffs.listed()] == ["acting"]
    assert late == ()

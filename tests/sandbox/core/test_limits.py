"""Rolling windows and calls in flight."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sandbox.limits import CountedBothWays, FixedWindow, RollingWindow, Slots

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_window_forgets_what_lies_behind_it():
    window = RollingWindow(SECOND)
    window.spend(NOON)
    window.spend(NOON + SECOND / 2)

    assert [window.spent(NOON + SECOND * share) for share in (0.9, 1.0, 1.5)] == [2, 1, 0]


def test_the_wait_lasts_until_enough_is_forgotten():
    window = RollingWindow(SECOND)
    window.spend(NOON, 3)
    window.spend(NOON + SECOND / 4, 2)

    assert window.wait(NOON + SECOND / 2, limit=5) == SECOND / 2
    assert window.wait(NOON + SECOND / 2, limit=5, cost=4) == SECOND * 3 / 4
    assert window.wait(NOON + SECOND / 2, limit=6) == timedelta(0)


@given(st.lists(st.integers(0, 3000), max_size=60), st.integers(1, 6))
def test_who_waits_as_told_never_breaks_the_limit(gaps, limit):
    window, now, spent_at = RollingWindow(SECOND), NOON, []

    for gap in gaps:
        now += timedelta(milliseconds=gap)
        now += window.wait(now, limit)
        window.spend(now)
        spent_at.append(now)

    assert all(sum(at - SECOND < other <= at for other in spent_at) <= limit for at in spent_at)


def test_slots_are_given_back():
    slots = Slots()

    assert [slots.take(2), slots.take(2), slots.take(2)] == [True, True, False]
    slots.give_back()
    assert slots.take(2)


def test_a_fixed_window_starts_anew_with_the_clock_and_not_with_the_first_call():
    window = FixedWindow(SECOND)
    window.spend(NOON + SECOND * 0.9, 5)

    assert window.wait(NOON + SECOND * 0.95, limit=5) == SECOND * 0.05
    assert [window.spent(NOON + SECOND * share) for share in (0.95, 1.0)] == [5, 0]


def test_two_full_seconds_may_meet_at_the_border_of_a_fixed_window_but_not_in_a_sliding_one():
    counted = CountedBothWays(SECOND)
    counted.spend(NOON + SECOND * 0.9, 5)

    assert counted.by("fixed").wait(NOON + SECOND, limit=5) == timedelta(0)
    assert counted.by("sliding").wait(NOON + SECOND, limit=5) == SECOND * 0.9

"""Every kind of failure: its place in the drawn tree, its verdict, and the way between two processes."""

import pickle
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain import failures
from baton.domain.failures import (
    FIRST_WAIT,
    LONGEST_WAIT,
    TRIES,
    Bury,
    Duplicate,
    Failure,
    Throttled,
    Unreachable,
    Wait,
    Waiting,
    backoff,
    verdict,
)
from baton.domain.records import LEADS, RecordRef

MINUTE = timedelta(minutes=1)


def kinds(of):
    return [of, *(kind for child in of.__subclasses__() for kind in kinds(child))]


# Other rooms may name a failure of their own; this file speaks of the table's.
KINDS = [kind for kind in kinds(Failure) if kind.__module__ == failures.__name__]
MADE = [kind("why", wait=MINUTE) if issubclass(kind, Waiting) else kind("why") for kind in KINDS]
jitters = st.floats(0, 1, exclude_max=True)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not Waiting], ids=lambda kind: kind.__name__)
def test_every_kind_is_drawn_in_the_tree(kind):
    assert kind.__name__ in failures.__doc__


@pytest.mark.parametrize("failure", MADE, ids=lambda failure: type(failure).__name__)
def test_every_kind_survives_the_way_between_two_processes(failure):
    failure.field = "Email"

    revived = pickle.loads(pickle.dumps(failure))  # noqa: S301 - what we have just pickled ourselves

    assert type(revived) is type(failure)
    assert vars(revived) == vars(failure)
    assert (str(revived), revived.args, revived.code) == (str(failure), failure.args, failure.code)


def test_a_failure_may_be_raised_and_pickled_again_after_the_way():
    failure = Throttled("limit", wait=MINUTE, code="429", field="Email")

    twice = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(failure))))  # noqa: S301 - pickled by ourselves

    with pytest.raises(Throttled, match="limit") as raised:
        raise twice
    assert (raised.value.wait, raised.value.code, raised.value.field) == (MINUTE, "429", "Email")


def test_a_kind_has_a_code_of_its_own_unless_the_vendors_is_known():
    assert len({failure.code for failure in MADE if type(failure) is not Waiting}) == len(MADE) - 1
    assert Duplicate("there", code="DUPLICATE_DATA").code == "DUPLICATE_DATA"
    assert Duplicate("there").code == "duplicate"


def test_a_duplicate_names_the_record_that_holds_the_key_where_it_is_known():
    holder = RecordRef(LEADS, "7")

    assert Duplicate("there", existing=holder).existing == holder
    assert Duplicate("there").existing is None


@given(st.sampled_from(MADE), st.integers(0, 1000), jitters)
def test_every_failure_has_a_verdict_after_any_number_of_tries(failure, tries, jitter):
    deserved = verdict(failure, tries, jitter)

    assert getattr(deserved, "reason", "why") == "why"


def test_a_failure_of_no_kind_is_for_a_person():
    assert verdict(Failure("odd"), 1, 0) == Bury("odd")


@pytest.mark.parametrize("tries", range(1, TRIES + 3))
def test_an_unreachable_vendor_is_tried_until_the_tries_are_used_up(tries):
    deserved = verdict(Unreachable("down"), tries, 0)

    assert isinstance(deserved, Wait if tries < TRIES else Bury)


def test_the_tries_of_an_unreachable_vendor_last_for_minutes_and_not_for_days():
    waits = [backoff(tries, 0.5) for tries in range(1, TRIES)]

    assert timedelta(minutes=5) < sum(waits, timedelta()) < timedelta(hours=1)


@given(st.integers(0, 100), st.integers(0, 100), jitters)
def test_more_tries_never_wait_shorter(one, more, jitter):
    assert backoff(min(one, more), jitter) <= backoff(max(one, more), jitter)


@given(st.integers(0, 100), jitters)
def test_a_fleet_is_spread_over_half_of_the_wait(tries, jitter):
    full = min(FIRST_WAIT * 2 ** min(tries, 20), LONGEST_WAIT)

    assert full / 2 <= backoff(tries, jitter) <= full
    assert backoff(tries, 0) == full / 2

"""What a failure deserves, and how long to wait."""

import pickle
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.batching import BATCH, LINGER, LONGEST_LINGER, bundles, linger
from baton.domain.failures import (
    FIRST_WAIT,
    LONGEST_WAIT,
    TRIES,
    Blocked,
    Bury,
    Busy,
    DecideAgain,
    Duplicate,
    Gone,
    LookFirst,
    PauseConnection,
    Rejected,
    Throttled,
    Unauthorised,
    Uncertain,
    Unforeseen,
    Unreachable,
    Wait,
    backoff,
    verdict,
)
from baton.domain.records import LEADS, RecordRef

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("failure", "tries", "deserved"),
    [
        (Throttled("limit", wait=MINUTE), 99, Wait(MINUTE, costs_a_try=False)),
        (Busy("locked", wait=MINUTE), 99, Wait(MINUTE, costs_a_try=False)),
        (Blocked("approval", wait=MINUTE), 99, Wait(MINUTE, costs_a_try=False)),
        (Unauthorised("token"), 1, PauseConnection("token")),
        (Gone("merged"), 1, DecideAgain("merged")),
        (Duplicate("there"), 1, DecideAgain("there")),
        (Uncertain("no answer"), 99, LookFirst("no answer")),
        (Rejected("no"), 1, Bury("no")),
        (Unforeseen("KeyError"), 1, Bury("KeyError")),
        (Unreachable("down"), TRIES, Bury("down")),
        (Unreachable("down"), TRIES - 1, Wait(backoff(TRIES - 1, 0.5), costs_a_try=True)),
    ],
)
def test_every_failure_gets_what_it_deserves(failure, tries, deserved):
    assert verdict(failure, tries, 0.5) == deserved


@given(st.integers(0, 10_000), st.floats(0, 1, exclude_max=True))
def test_a_wait_stays_within_its_bounds(tries, jitter):
    assert FIRST_WAIT / 2 <= backoff(tries, jitter) <= LONGEST_WAIT


def test_a_failure_survives_the_way_between_two_processes():
    failure = Duplicate("there", existing=RecordRef(LEADS, "1"), code="DUPLICATE_DATA", field="Email")

    revived = pickle.loads(pickle.dumps(failure))  # noqa: S301 - what we have just pickled ourselves

    assert (revived.existing, revived.code, revived.field, revived.reason) == (
        failure.existing,
        "DUPLICATE_DATA",
        "Email",
        "there",
    )


@given(st.integers(0, 500), st.integers(0, 500))
def test_bundles_carry_every_record_once(count, backlog):
    refs = [RecordRef(LEADS, str(number)) for number in range(count)]

    carried = [ref for bundle in bundles(refs, backlog) for ref in bundle]

    assert carried == refs


def test_a_single_edit_travels_alone_and_a_backlog_in_bundles():
    refs = [RecordRef(LEADS, str(number)) for number in range(120)]

    assert [len(bundle) for bundle in bundles(refs[:3], 3)] == [1, 1, 1]
    assert [len(bundle) for bundle in bundles(refs, 120)] == [50, 50, 20]


@pytest.mark.parametrize(
    ("waiting", "oldest", "backlog", "put_off"),
    [
        (1, timedelta(0), 0, None),
        (50, timedelta(0), 100, LINGER),
        (BATCH, timedelta(0), 100, None),
        (50, LONGEST_LINGER, 100, None),
    ],
)
def test_a_half_empty_call_is_put_off_only_while_more_is_being_decided(waiting, oldest, backlog, put_off):
    assert linger(waiting, oldest, backlog) == put_off

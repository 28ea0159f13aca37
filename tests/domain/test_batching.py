"""When records travel alone and when together."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.batching import BATCH, BUNDLE, LINGER, LONGEST_LINGER, QUIET, bundles, linger
from baton.domain.records import LEADS, RecordRef

counts = st.integers(0, 300)


def refs(count):
    return [RecordRef(LEADS, str(number)) for number in range(count)]


def sizes(count, backlog):
    return [len(bundle) for bundle in bundles(refs(count), backlog)]


@pytest.mark.parametrize(
    ("count", "backlog", "expected"),
    [
        (0, 0, []),
        (1, 0, [1]),
        (QUIET, QUIET, [1] * QUIET),
        (QUIET + 1, 0, [QUIET + 1]),
        (1, QUIET + 1, [1]),
        (2, QUIET + 1, [2]),
        (BUNDLE, 500, [BUNDLE]),
        (BUNDLE + 1, 500, [BUNDLE, 1]),
    ],
)
def test_while_it_is_quiet_each_record_travels_alone(count, backlog, expected):
    assert sizes(count, backlog) == expected


@given(counts, counts)
def test_no_bundle_is_empty_or_too_large_and_only_the_last_is_not_full(count, backlog):
    made = sizes(count, backlog)

    assert all(1 <= size <= BUNDLE for size in made)
    assert sum(made) == count
    assert len(set(made[:-1])) <= 1


@given(counts, counts)
def test_a_larger_backlog_never_makes_more_messages(count, backlog):
    assert len(sizes(count, backlog + 1)) <= len(sizes(count, backlog))


@given(st.integers(1, 300), st.timedeltas(timedelta(0), timedelta(minutes=1)), counts)
def test_a_call_is_put_off_a_little_at_a_time_and_never_for_long(waiting, oldest, backlog):
    wait = linger(waiting, oldest, backlog)

    assert wait in (None, LINGER)
    assert wait is None or (waiting < BATCH and backlog > 0 and oldest < LONGEST_LINGER)

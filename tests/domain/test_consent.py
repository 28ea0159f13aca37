import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.consent import Status, may_be_mailed, most_restrictive, status_of

EVERY_LIST: frozenset[str] = frozenset()
statuses = st.sampled_from(Status)


@pytest.mark.parametrize(
    ("lists", "status"),
    [
        ({}, Status.UNKNOWN),
        ({"1": "0"}, Status.UNCONFIRMED),
        ({"1": "1"}, Status.SUBSCRIBED),
        ({"1": "2"}, Status.UNSUBSCRIBED),
        ({"1": "3"}, Status.BOUNCED),
        ({"1": 1}, Status.SUBSCRIBED),
        ({"1": "1", "2": 2}, Status.UNSUBSCRIBED),
        ({"1": "3", "2": "2"}, Status.UNSUBSCRIBED),
        ({"1": "0", "2": "3"}, Status.BOUNCED),
        ({"1": "1", "2": "0"}, Status.UNCONFIRMED),
    ],
)
def test_the_most_restrictive_list_speaks_for_the_person(lists, status):
    assert status_of(lists, EVERY_LIST) is status


@pytest.mark.parametrize("silent", ["91", 91, "", "active"])
def test_a_list_one_was_taken_off_without_a_word_says_nothing(silent):
    assert status_of({"1": silent}, EVERY_LIST) is Status.UNKNOWN
    assert status_of({"1": silent, "2": "1"}, EVERY_LIST) is Status.SUBSCRIBED


def test_only_the_lists_of_the_contract_count():
    lists = {"1": "1", "2": "2"}

    status = status_of(lists, frozenset({"1"}))

    assert status is Status.SUBSCRIBED


def test_a_person_on_none_of_the_lists_that_count_is_unknown():
    assert status_of({"1": "2"}, frozenset({"7"})) is Status.UNKNOWN


def test_unsubscribed_outranks_bounced_outranks_unconfirmed_outranks_subscribed_outranks_unknown():
    ranked = sorted(Status, key=lambda status: status.restriction, reverse=True)

    assert [status.value for status in ranked] == ["Unsubscribed", "Bounced", "Unconfirmed", "Subscribed", "Unknown"]


@given(st.lists(statuses), st.randoms())
def test_the_order_of_the_statuses_does_not_matter(found, rng):
    shuffled = rng.sample(found, len(found))

    assert most_restrictive(shuffled) is most_restrictive(found)


@given(st.lists(statuses), st.lists(statuses))
def test_statuses_may_be_joined_in_parts(some, others):
    joined = most_restrictive([most_restrictive(some), most_restrictive(others)])

    assert joined is most_restrictive(some + others)


@given(st.lists(statuses), statuses)
def test_hearing_of_one_more_list_never_loosens(found, another):
    assert most_restrictive([*found, another]).restriction >= most_restrictive(found).restriction


@given(statuses)
def test_a_status_heard_twice_is_heard_once(status):
    assert most_restrictive([status, status]) is status


@pytest.mark.parametrize("reaches", ["0", "1", 0, 1])
def test_a_list_that_still_reaches_somebody_can_be_left(reaches):
    assert may_be_mailed(reaches)


@pytest.mark.parametrize("silent", ["2", "3", "91", 2, "", None])
def test_a_list_that_no_longer_reaches_somebody_need_not_be_left(silent):
    assert not may_be_mailed(silent)

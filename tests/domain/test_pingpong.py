"""When a value that comes back is no edit of a person any more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.pingpong import Swing, is_swinging
from baton.domain.records import Crm

AC, ZOHO = Crm.ACTIVECAMPAIGN, Crm.ZOHO


def told(*pairs, field="phone", target=ZOHO):
    return tuple(Swing(field, target, before, after) for before, after in pairs)


@pytest.mark.parametrize(
    ("swings", "now", "is_frozen"),
    [
        pytest.param((), ("a", "b"), False, id="a first write"),
        pytest.param(told((None, "a"), ("b", "a")), ("b", "a"), False, id="back for the second time"),
        pytest.param(told((None, "a"), ("b", "a"), ("b", "a")), ("b", "a"), True, id="back for the third time"),
        pytest.param(told(("b", "a"), ("b", "a"), ("b", "a")), ("b", "a"), True, id="put back three times before"),
        pytest.param(told((None, "a"), ("b", "c"), ("d", "e")), ("f", "a"), False, id="back once among many edits"),
        pytest.param(told((None, "a"), ("a", "b"), ("b", "c")), ("c", "d"), False, id="a value that goes on"),
        pytest.param(told((None, "a"), ("a", "a"), ("a", "a")), ("b", "a"), False, id="a value that only stayed"),
        pytest.param(told((None, "a"), ("b", "a"), ("b", "a"), target=AC), ("b", "a"), False, id="of the other side"),
        pytest.param(told((None, "a"), ("b", "a"), ("b", "a"), field="x"), ("b", "a"), False, id="of another field"),
        pytest.param(told(("a", None), ("a", None), ("a", None)), ("a", None), True, id="a blank that comes back"),
    ],
)
def test_a_field_is_frozen_when_its_value_comes_back_for_the_third_time(swings, now, is_frozen):
    assert is_swinging("phone", ZOHO, *now, swings) is is_frozen


@given(st.lists(st.sampled_from("abc"), max_size=30, unique=True), st.sampled_from("xyz"))
def test_a_value_that_was_never_there_is_never_held_back(seen, new):
    swings = told(*zip([None, *seen], seen, strict=False))

    assert not is_swinging("phone", ZOHO, seen[-1] if seen else None, new, swings)


@given(st.integers(0, 12))
def test_two_automations_are_parted_after_three_rounds_and_stay_parted(rounds):
    swings = told((None, "ours"), *[("theirs", "ours")] * rounds)

    assert is_swinging("phone", ZOHO, "theirs", "ours", swings) is (rounds >= 2)

"""Merge against a naive oracle over the whole table of bases, forms and rules, and what must always hold."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.contract import Direction, FieldRule, FieldType, WriteMode
from baton.domain.merge import Side, merge
from baton.domain.records import CONTACT, LEADS, Crm
from baton.domain.values.fitting import Fitted

AC, ZOHO = Crm.ACTIVECAMPAIGN, Crm.ZOHO
ABSENT = "absent"
HALVES = (ABSENT, None, "a", "b")
FORMS = (None, "a", "b")


def rule(**given_values):
    return FieldRule("field", FieldType.TEXT, {CONTACT: "x", LEADS: "X"}, **given_values)


def side(form, half):
    return Side({"field": form}, {} if half == ABSENT else {"field": half})


def as_it_is(_rule, value, _target):
    return Fitted(value)


def one(rule_, left, right, fit=as_it_is):
    outcomes = merge([rule_], {AC: left, ZOHO: right}, fit)
    return outcomes[0] if outcomes else None


def naive(rule_, left, right, base_left, base_right):
    """What should be written where, said as plainly as possible; None: nothing."""
    never_agreed = ABSENT in (base_left, base_right)
    left_spoke = left is not None if never_agreed else left != base_left
    right_spoke = right is not None if never_agreed else right != base_right
    winner = None
    if left_spoke and right_spoke:
        winner = rule_.owner
    elif left_spoke:
        winner = AC
    elif right_spoke:
        winner = ZOHO
    if winner is ZOHO and rule_.direction is Direction.TO_ZOHO:
        winner = AC if left_spoke or (rule_.put_back and not never_agreed) else None
    if winner is None:
        return None
    value, there = (left, right) if winner is AC else (right, left)
    if value == there or rule_.mode is WriteMode.CREATE_ONLY:
        return None
    if rule_.mode is WriteMode.FILL_BLANK and there is not None:
        return None
    return winner.other, value


RULES = [
    rule(direction=direction, owner=owner, mode=mode, put_back=put_back)
    for direction, owner, mode, put_back in product(
        (Direction.TO_ZOHO, Direction.BOTH), (AC, ZOHO), WriteMode, (False, True)
    )
]


@pytest.mark.parametrize("rule_", RULES, ids=lambda r: f"{r.direction}/{r.owner}/{r.mode}/{r.put_back}")
def test_merge_says_what_the_naive_oracle_says_for_every_combination(rule_):
    for base_left, base_right, left, right in product(HALVES, HALVES, FORMS, FORMS):
        outcome = one(rule_, side(left, base_left), side(right, base_right))

        said = None if outcome is None or outcome.write is None else (outcome.write, outcome.value)
        assert said == naive(rule_, left, right, base_left, base_right), (base_left, base_right, left, right)


def after(left, right, outcome, bases):
    """Both sides and both bases once the outcome was carried out and confirmed."""
    if outcome is None:
        return left, right, bases
    forms = {AC: left, ZOHO: right}
    if outcome.write is not None:
        forms[outcome.write] = outcome.value
    return forms[AC], forms[ZOHO], {**bases, **outcome.agreed}


forms = st.sampled_from(FORMS)
halves = st.sampled_from(HALVES)
rules = st.sampled_from(RULES)


@given(rules, forms, forms, halves, halves)
def test_a_second_run_has_nothing_to_write(rule_, left, right, base_left, base_right):
    bases = {AC: base_left, ZOHO: base_right}
    outcome = one(rule_, side(left, base_left), side(right, base_right))
    left, right, bases = after(left, right, outcome, bases)

    again = one(rule_, side(left, bases[AC]), side(right, bases[ZOHO]))

    assert again is None or again.write is None


@given(forms, forms, halves, halves)
def test_both_sides_agree_afterwards_where_the_field_goes_both_ways(left, right, base_left, base_right):
    outcome = one(rule(direction=Direction.BOTH), side(left, base_left), side(right, base_right))

    left, right, _ = after(left, right, outcome, {AC: base_left, ZOHO: base_right})

    # Without an outcome nobody has spoken: each side still shows what both once agreed on in its own form.
    assert left == right or outcome is None


@given(st.sampled_from(("a", "b", None)), st.sampled_from(("a", "b", None)))
def test_an_uncontested_edit_survives(base, edit):
    outcome = one(rule(direction=Direction.BOTH), side(edit, base), side(base, base))

    left, right, _ = after(edit, base, outcome, {AC: base, ZOHO: base})

    assert left == right == edit


def test_a_cleared_value_stays_cleared():
    outcome = one(rule(direction=Direction.BOTH), side(None, "a"), side("a", "a"))

    left, right, bases = after(None, "a", outcome, {AC: "a", ZOHO: "a"})
    again = one(rule(direction=Direction.BOTH), side(left, bases[AC]), side(right, bases[ZOHO]))

    assert (left, right) == (None, None)
    assert again is None


@given(st.sampled_from(("x", "y", "z")), st.sampled_from(("x", "y", "z")))
def test_a_lossy_fallback_never_comes_back_as_an_edit(first, second):
    def fallback(_rule, _value, target):
        return Fitted("Other" if target is ZOHO else _value)

    rule_ = rule(direction=Direction.BOTH)
    outcome = one(rule_, side(first, ABSENT), side(None, ABSENT), fallback)
    left, right, bases = after(first, None, outcome, {AC: ABSENT, ZOHO: ABSENT})
    outcome = one(rule_, side(second, bases[AC]), side(right, bases[ZOHO]), fallback)

    left, right, bases = after(second, right, outcome, bases)

    assert (left, right) == (second, "Other")
    assert one(rule_, side(left, bases[AC]), side(right, bases[ZOHO]), fallback) is None


def test_a_withheld_value_leaves_the_other_side_as_it_is_and_says_why():
    outcome = one(rule(), side("long", "a"), side("a", "a"), lambda *_: Fitted(None, "too long for Zoho"))

    assert outcome.write is None
    assert outcome.rule == "too long for Zoho"


ORDER = ("Subscriber", "MQL", "Customer")


@pytest.mark.parametrize(
    ("said", "there", "written"),
    [
        ("MQL", "Subscriber", True),
        ("Customer", None, True),
        ("Subscriber", "MQL", False),
        (None, "MQL", False),
        ("Nonsense", "MQL", False),
        ("MQL", "Nonsense", True),
    ],
)
def test_the_lifecycle_does_not_go_backwards(said, there, written):
    places = {CONTACT: "x", LEADS: "X"}
    rule_ = FieldRule("field", FieldType.LIFECYCLE, places, order=ORDER)

    outcome = one(rule_, side(said, "before"), side(there, there))

    assert (outcome.write is ZOHO) is written

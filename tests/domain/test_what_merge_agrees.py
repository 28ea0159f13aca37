"""What both halves of the base become, and by which rule: the other half of merge's whole table."""

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


def rule(type_=FieldType.TEXT, **given_values):
    return FieldRule("field", type_, {CONTACT: "x", LEADS: "X"}, **given_values)


def side(form, half=ABSENT):
    return Side({"field": form}, {} if half == ABSENT else {"field": half})


def as_it_is(_rule, value, _target):
    return Fitted(value)


def as_other(_rule, value, target):
    """Every value but a blank is the one word that Zoho has for all of them."""
    return Fitted("Other" if value is not None and target is ZOHO else value)


def withheld(_rule, _value, _target):
    return Fitted(None, "too long")


def one(rule_, left, right, fit=as_it_is):
    outcomes = merge([rule_], {AC: left, ZOHO: right}, fit)
    return outcomes[0] if outcomes else None


RULES = [
    rule(direction=direction, owner=owner, mode=mode, put_back=put_back)
    for direction, owner, mode, put_back in product(Direction, (AC, ZOHO), WriteMode, (False, True))
]


@pytest.mark.parametrize("fit", [as_it_is, as_other, withheld])
@pytest.mark.parametrize("rule_", RULES, ids=lambda r: f"{r.direction}/{r.owner}/{r.mode}/{r.put_back}")
def test_both_halves_become_what_each_side_shows_once_the_outcome_is_carried_out(rule_, fit):
    for base_left, base_right, left, right in product(HALVES, HALVES, FORMS, FORMS):
        outcome = one(rule_, side(left, base_left), side(right, base_right), fit)

        shown = {AC: left, ZOHO: right} | ({outcome.write: outcome.value} if outcome and outcome.write else {})
        assert outcome is None or outcome.agreed == shown, (base_left, base_right, left, right)


@pytest.mark.parametrize("rule_", RULES, ids=lambda r: f"{r.direction}/{r.owner}/{r.mode}/{r.put_back}")
def test_nothing_travels_against_the_direction(rule_):
    for base_left, base_right, left, right in product(HALVES, HALVES, FORMS, FORMS):
        outcome = one(rule_, side(left, base_left), side(right, base_right))

        assert outcome is None or outcome.write is None or rule_.direction.allows(outcome.write)


@pytest.mark.parametrize("rule_", RULES, ids=lambda r: f"{r.direction}/{r.owner}/{r.mode}/{r.put_back}")
def test_a_blank_never_erases_a_value_when_two_records_meet_for_the_first_time(rule_):
    for left, right in ((None, "a"), ("a", None)):
        outcome = one(rule_, side(left), side(right))

        assert outcome.write is None or outcome.value == "a"


def test_two_blanks_that_meet_agree_so_that_filling_one_later_is_speech():
    outcome = one(rule(), side(None), side(None))

    assert outcome.agreed == {AC: None, ZOHO: None}
    assert outcome.write is None


def test_nobody_spoke_means_there_is_nothing_to_decide():
    assert one(rule(), side("x", "x"), side("y", "y")) is None


TO_ZOHO, BOTH = Direction.TO_ZOHO, Direction.BOTH


@pytest.mark.parametrize(
    ("rule_", "left", "right", "reason"),
    [
        (rule(), side("b", "a"), side("a", "a"), "activecampaign spoke"),
        (rule(direction=BOTH), side("a", "a"), side("b", "a"), "zoho spoke"),
        (rule(), side("b", "a"), side("c", "a"), "both sides spoke; activecampaign owns the field"),
        (rule(direction=BOTH, owner=ZOHO), side("b", "a"), side("c", "a"), "both sides spoke; zoho owns the field"),
        (
            rule(owner=ZOHO),
            side("b", "a"),
            side("c", "a"),
            "both sides spoke; the contract's direction (activecampaign → zoho) lets only activecampaign be copied",
        ),
        (rule(put_back=True), side("a", "a"), side("b", "a"), "zoho changed its copy, which is put back"),
        (
            rule(),
            side("a", "a"),
            side("b", "a"),
            "the contract's direction (activecampaign → zoho) keeps this edit where it was made",
        ),
        (rule(), side("b", "a"), side("b", "a"), "already the same"),
        (rule(mode=WriteMode.FILL_BLANK), side("b", "a"), side("a", "a"), "fill_blank: there is a value already"),
        (rule(mode=WriteMode.CREATE_ONLY), side("b", "a"), side("a", "a"), "create_only: the record exists already"),
    ],
)
def test_every_outcome_says_by_which_rule(rule_, left, right, reason):
    assert one(rule_, left, right).rule == reason


@pytest.mark.parametrize(
    ("type_", "ours", "theirs"),
    [
        (FieldType.EMAIL, "Jane@example.com", "jane@EXAMPLE.com"),
        (FieldType.PHONE, "+493012345678", "+49 (30) 1234-5678"),
        (FieldType.NUMBER, 5, "5.00"),
        (FieldType.DATE, "2026-03-01", "2026-03-01T00:00:00+01:00"),
        (FieldType.TEXT, "Head of Sales", " Head of Sales "),
    ],
)
def test_two_ways_of_writing_one_value_are_no_difference(type_, ours, theirs):
    assert one(rule(type_), side(ours), side(theirs)).write is None
    assert one(rule(type_), side(ours, ours), side(theirs, ours)) is None


def test_an_edit_that_falls_back_to_the_same_word_is_heard_but_not_written():
    outcome = one(rule(), side("Astronomy", "Alchemy"), side("Other", "Other"), as_other)

    assert outcome.write is None
    assert outcome.agreed == {AC: "Astronomy", ZOHO: "Other"}


def test_a_withheld_edit_is_heard_once_and_not_every_day():
    outcome = one(rule(), side("b", "a"), side("a", "a"), withheld)

    assert one(rule(), side("b", outcome.agreed[AC]), side("a", outcome.agreed[ZOHO]), withheld) is None


words = st.sampled_from(FORMS)
histories = st.lists(st.tuples(st.sampled_from(Crm), words), max_size=8)


@given(histories, st.sampled_from((AC, ZOHO)))
def test_in_a_field_of_both_ways_the_last_uncontested_word_stands_on_both_sides(history, owner):
    rule_ = rule(direction=BOTH, owner=owner)
    shown, bases, last = {AC: None, ZOHO: None}, {AC: None, ZOHO: None}, None

    for speaker, word in history:
        shown[speaker] = last = word
        outcome = one(rule_, side(shown[AC], bases[AC]), side(shown[ZOHO], bases[ZOHO]))
        shown |= {outcome.write: outcome.value} if outcome and outcome.write else {}
        bases |= outcome.agreed if outcome else {}

        assert shown == {AC: last, ZOHO: last}

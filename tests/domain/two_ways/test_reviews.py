"""A field for review: both said the same in their own words, or a conflict that stands until one side follows."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.contract import Direction, FieldRule, FieldType, Policy
from baton.domain.merge import Side, merge
from baton.domain.records import CONTACT, LEADS, Crm
from baton.domain.values.fitting import Fitted

AC, ZOHO = Crm.ACTIVECAMPAIGN, Crm.ZOHO
ABSENT = "absent"
HALVES = (ABSENT, None, "a", "b")
FORMS = (None, "a", "b", "c")
WORDS = {"small": "S", "large": "L"}


def rule(type_=FieldType.TEXT, **more):
    return FieldRule("field", type_, {CONTACT: "x", LEADS: "X"}, Direction.BOTH, policy=Policy.REVIEW, **more)


def side(form, half=ABSENT):
    return Side({"field": form}, {} if half == ABSENT else {"field": half})


def as_it_is(_rule, value, _target):
    return Fitted(value)


def in_their_words(_rule, value, target):
    back = {theirs: ours for ours, theirs in WORDS.items()}
    return Fitted((WORDS if target is ZOHO else back).get(value, value))


def withheld(_rule, _value, _target):
    return Fitted(None, "too long")


def one(rule_, left, right, fit=as_it_is):
    outcomes = merge([rule_], {AC: left, ZOHO: right}, fit)
    return outcomes[0] if outcomes else None


def expected(base_left, base_right, left, right):
    """What should come of it, said as plainly as possible."""
    is_first = ABSENT in (base_left, base_right)
    spoke = [
        crm
        for crm, form, half in ((AC, left, base_left), (ZOHO, right, base_right))
        if (form is not None if is_first else form != half)
    ]
    if len(spoke) == 2 and left != right:
        return "conflict"
    if not spoke or left == right:
        return None
    return (ZOHO, left) if spoke == [AC] else (AC, right)


@pytest.mark.parametrize("owner", Crm)
def test_only_a_disagreement_of_two_speakers_is_a_conflict_whoever_owns_the_field(owner):
    for base_left, base_right, left, right in product(HALVES, HALVES, FORMS, FORMS):
        outcome = one(rule(owner=owner), side(left, base_left), side(right, base_right))

        came = None if outcome is None or outcome.write is None else (outcome.write, outcome.value)
        came = "conflict" if outcome is not None and outcome.is_conflict else came
        assert came == expected(base_left, base_right, left, right), (base_left, base_right, left, right)


def test_a_conflict_moves_no_half_and_writes_nowhere():
    outcome = one(rule(), side("b", "a"), side("c", "a"))

    assert (outcome.is_conflict, outcome.write, dict(outcome.agreed)) == (True, None, {})
    assert outcome.rule == "both sides spoke; a person says who is right"


@pytest.mark.parametrize("owner", Crm)
@pytest.mark.parametrize(
    ("type_", "left", "right", "fit"),
    [
        (FieldType.TEXT, "b", "b", as_it_is),
        (FieldType.TEXT, None, None, as_it_is),
        (FieldType.PICKLIST, "small", "S", in_their_words),
        (FieldType.PHONE, "+493012345678", "+49 (30) 1234-5678", as_it_is),
        (FieldType.NUMBER, 5, "5.00", as_it_is),
    ],
)
def test_what_both_said_in_their_own_words_is_agreed_on_as_each_shows_it(owner, type_, left, right, fit):
    outcome = one(rule(type_, owner=owner), side(left, "a"), side(right, "a"), fit)

    assert (outcome.is_conflict, outcome.write, outcome.rule) == (False, None, "already the same")
    assert outcome.agreed == {AC: left, ZOHO: right}


def test_a_value_that_the_other_side_cannot_hold_is_not_taken_for_agreement_with_a_blank():
    outcome = one(rule(), side("b", "a"), side(None, "a"), withheld)

    assert outcome.is_conflict


@pytest.mark.parametrize("follower", Crm)
def test_a_conflict_ends_when_one_side_follows_the_other(follower):
    said = {AC: "b", ZOHO: "c"}
    before = one(rule(), side(said[AC], "a"), side(said[ZOHO], "a"))
    said[follower] = said[follower.other]

    outcome = one(rule(), side(said[AC], "a"), side(said[ZOHO], "a"))

    assert before.is_conflict
    assert outcome.agreed == said
    assert one(rule(), side(said[AC], outcome.agreed[AC]), side(said[ZOHO], outcome.agreed[ZOHO])) is None


@pytest.mark.parametrize("taker", Crm)
def test_a_conflict_ends_when_one_side_takes_its_word_back(taker):
    said = {AC: "b", ZOHO: "c"} | {taker: "a"}

    outcome = one(rule(), side(said[AC], "a"), side(said[ZOHO], "a"))

    assert (outcome.write, outcome.value) == (taker, said[taker.other])


@pytest.mark.parametrize("direction", [Direction.TO_ZOHO, Direction.TO_ACTIVECAMPAIGN])
def test_what_travels_one_way_has_no_conflicts(direction):
    rule_ = FieldRule("field", FieldType.TEXT, {CONTACT: "x", LEADS: "X"}, direction, policy=Policy.REVIEW)

    outcome = one(rule_, side("b", "a"), side("c", "a"))

    assert not outcome.is_conflict
    assert direction.allows(outcome.write)


def test_a_story_of_two_titles_leaves_both_as_they_are_and_tells_what_each_says(story):
    story.says(AC, title="Head of Marketing")
    story.says(ZOHO, title="Head of Sales", note="met")

    plan = story.decided()
    written = [story.cycle(), story.cycle(), story.cycle()]

    (conflict,) = plan.conflicts
    assert {crm: (spoken.base, spoken.value) for crm, spoken in conflict.sides.items()} == {
        AC: (None, "Head of Marketing"),
        ZOHO: (None, "Head of Sales"),
    }
    assert (conflict.field, conflict.sides[ZOHO].actor, conflict.sides[AC].actor) == ("title", "901", None)
    # The other fields do not wait for a person.
    assert [[(crm, values["fields.NOTE"]) for crm, values in each] for each in written] == [[(AC, "met")], [], []]
    assert (story.shows(AC, "title"), story.shows(ZOHO, "title")) == ("Head of Marketing", "Head of Sales")
    assert [conflict.field for conflict in story.decided().conflicts] == ["title"]


@pytest.mark.parametrize("follower", Crm)
def test_a_story_of_two_titles_ends_when_somebody_follows(story, follower):
    story.says(AC, title="Head of Marketing")
    story.says(ZOHO, title="Head of Sales")
    story.cycle()

    story.says(follower, title=story.shows(follower.other, "title"))

    assert story.cycle() == []
    assert story.decided().conflicts == ()
    story.says(follower, title="Something else")
    story.cycle()
    assert story.shows(follower.other, "title") == "Something else"


titles = st.tuples(st.sampled_from(Crm), st.sampled_from((None, "one", "two")))


@given(st.lists(titles | st.none(), max_size=14))
def test_a_title_is_only_ever_written_where_nobody_had_changed_it(new_story, history):
    story = new_story()
    story.is_made(AC, last_name="Berg")
    story.cycle()
    agreed, shown = dict.fromkeys(Crm), dict.fromkeys(Crm)
    for edit in (*history, None):
        shown |= {} if edit is None else {edit[0]: edit[1]}
        story.says(*edit[:1], title=edit[1]) if edit else story.cycle()
        spoke = [crm for crm in Crm if shown[crm] != agreed[crm]] if edit is None else []
        shown |= {spoke[0].other: shown[spoke[0]]} if len(spoke) == 1 else {}
        agreed |= shown if edit is None and shown[AC] == shown[ZOHO] else {}

        assert {crm: story.shows(crm, "title") for crm in Crm} == shown
    assert bool(story.decided().conflicts) is (shown[AC] != shown[ZOHO])
    assert story.cycle() == []

"""Several choices, yes and no, moments and amounts: as each side writes them, and as they come to agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.contract import Direction, FieldRule, FieldSchema, FieldType
from baton.domain.records import CONTACT, LEADS
from baton.domain.values.answers import answer, word_for
from baton.domain.values.choices import apart, choices, for_activecampaign
from baton.domain.values.fitting import fit
from baton.domain.values.moments import moment
from baton.domain.values.numbers import money
from baton.domain.values.places import held, with_values
from baton.domain.values.sameness import same

PLACES = {CONTACT: "fields.X", LEADS: "X"}


def rule(type_, **more):
    return FieldRule("x", type_, PLACES, Direction.BOTH, **more)


def fitted(rule_, value, module, kind, **more):
    place = PLACES[module]
    return fit(rule_, value, module, {place: FieldSchema(place, kind, **more)}, None)


@pytest.mark.parametrize(
    ("raw", "form"),
    [
        (["B", "A"], "A;B"),
        ("||B||A||", "A;B"),
        ("B;A", "A;B"),
        ("||A||", "A"),
        (["A", "A", " "], "A"),
        ([], None),
        ("", None),
        (None, None),
        (["-None-"], None),
    ],
)
def test_several_choices_are_one_form_whoever_wrote_them_in_whatever_order(raw, form):
    assert choices(raw) == form


@given(st.lists(st.text("ABCdef ", min_size=1).filter(str.strip), max_size=5))
def test_what_is_written_of_several_choices_is_read_as_the_same(chosen):
    found = apart(choices(chosen))

    row = with_values({}, {"fields.X": for_activecampaign(found)})

    assert choices(held(row, "fields.X")) == choices(list(found)) == choices(chosen)


WORDS = {"vocabulary": {"News": "Newsletter"}}


@pytest.mark.parametrize(
    ("value", "module", "kind", "known", "written", "withheld"),
    [
        ("Fair;News", LEADS, "multiselectpicklist", ("Fair", "Newsletter"), "Fair;Newsletter", False),
        ("Fair;Newsletter", CONTACT, "listbox", ("Fair", "News"), "||Fair||News||", False),
        ("Fair", CONTACT, "checkbox", ("Fair", "News"), "||Fair||", False),
        ("Fair;Golf", LEADS, "multiselectpicklist", ("Fair", "Newsletter"), None, True),
        ("Fair;News", LEADS, "picklist", ("Fair", "Newsletter"), None, True),
        (None, LEADS, "multiselectpicklist", ("Fair",), None, False),
    ],
)
def test_every_choice_is_written_in_the_others_words_or_none_is(value, module, kind, known, written, withheld):
    found = fitted(rule(FieldType.MULTI_CHOICE, **WORDS), value, module, kind, choices=known)

    assert (found.value, found.withheld is not None) == (written, withheld)


def test_a_choice_that_is_not_known_becomes_the_fallback():
    asked = rule(FieldType.MULTI_CHOICE, fallback="Other")

    found = fitted(asked, "Fair;Golf", LEADS, "multiselectpicklist", choices=("Fair", "Other"))

    assert found.value == "Fair;Other"


@pytest.mark.parametrize(
    ("raw", "vocabulary", "said"),
    [
        (True, {}, True),
        (False, {}, False),
        ("Yes", {}, True),
        ("no", {}, False),
        ("1", {}, True),
        ("Ja", {"Ja": "yes", "Nein": "no"}, True),
        ("nein", {"Ja": "yes", "Nein": "no"}, False),
        ("perhaps", {}, "perhaps"),
        ("", {}, None),
        (None, {}, None),
    ],
)
def test_a_word_is_a_yes_a_no_or_left_for_a_person_to_see(raw, vocabulary, said):
    assert answer(raw, vocabulary) == said


@pytest.mark.parametrize(
    ("is_yes", "vocabulary", "known", "word"),
    [
        (True, {}, None, "Yes"),
        (False, {}, None, "No"),
        (True, {"Ja": "yes"}, None, "Ja"),
        (True, {}, ("on", "off"), "on"),
        (False, {}, ("Yes",), None),
        (True, {"Ja": "yes"}, ("yes", "no"), "yes"),
    ],
)
def test_activecampaign_gets_the_word_its_field_knows(is_yes, vocabulary, known, word):
    assert word_for(is_yes, vocabulary, known) == word


def test_a_no_leaves_a_box_unticked_and_a_yes_ticks_it_as_boxes_are_written():
    box = {"choices": ("Yes",)}

    assert fitted(rule(FieldType.BOOLEAN), True, CONTACT, "checkbox", **box).value == "||Yes||"
    assert fitted(rule(FieldType.BOOLEAN), False, CONTACT, "checkbox", **box).value is None
    assert fitted(rule(FieldType.BOOLEAN), True, LEADS, "boolean").value is True
    assert fitted(rule(FieldType.BOOLEAN), "perhaps", LEADS, "boolean").withheld is not None


@pytest.mark.parametrize(
    ("type_", "ours", "theirs", "is_same"),
    [
        (FieldType.BOOLEAN, None, False, True),
        (FieldType.BOOLEAN, "||Yes||", True, True),
        (FieldType.BOOLEAN, "No", True, False),
        (FieldType.MULTI_CHOICE, "||B||A||", "A;B", True),
        (FieldType.MULTI_CHOICE, "A", "A;B", False),
        (FieldType.PICKLIST, "||A||", "A", True),
        (FieldType.DATETIME, "2026-03-01T12:00:00+01:00", "2026-03-01T11:00:00+00:00", True),
        (FieldType.MONEY, "1,200.00", 1200, True),
    ],
)
def test_two_ways_of_writing_one_value_are_one(type_, ours, theirs, is_same):
    assert same(rule(type_), ours, theirs) is is_same


@pytest.mark.parametrize(
    ("raw", "form"),
    [
        ("2026-03-01T06:00:00-06:00", "2026-03-01T12:00:00+00:00"),
        ("2026-03-01T12:00:00Z", "2026-03-01T12:00:00+00:00"),
        ("2026-03-01T12:00:00.750+00:00", "2026-03-01T12:00:00+00:00"),
        ("2026-03-01 12:00:00", "2026-03-01 12:00:00"),
        ("0000-00-00 00:00:00", None),
        ("soon", "soon"),
        (None, None),
    ],
)
def test_a_moment_is_shown_in_utc_and_one_without_an_offset_as_it_is(raw, form):
    assert moment(raw) == form


@pytest.mark.parametrize("kind", ["datetime", "text"])
def test_a_moment_that_nobody_can_place_is_withheld(kind):
    assert fitted(rule(FieldType.DATETIME), "2026-03-01 12:00:00", LEADS, kind).withheld is not None
    assert fitted(rule(FieldType.DATETIME), "2026-03-01T12:00:00+00:00", LEADS, kind).withheld is None


@pytest.mark.parametrize(
    ("raw", "amount"),
    [("€ 1.234,50", 1234.5), (0.1 + 0.2, 0.3), ("12.345", 12.35), ("$5", 5), ("much", "much"), ("", None)],
)
def test_an_amount_is_a_number_to_the_hundredth(raw, amount):
    assert money(raw) == amount


def test_both_sides_agree_after_one_write_whatever_the_type():
    written = {
        FieldType.MULTI_CHOICE: ("A;B", "listbox"),
        FieldType.BOOLEAN: (True, "checkbox"),
        FieldType.DATETIME: ("2026-03-01T11:00:00+00:00", "datetime"),
        FieldType.MONEY: (12.5, "number"),
    }
    for type_, (value, kind) in written.items():
        there = fitted(rule(type_), value, CONTACT, kind)
        shown = held(with_values({}, {"fields.X": there.value}), "fields.X")

        assert same(rule(type_), value, shown), type_

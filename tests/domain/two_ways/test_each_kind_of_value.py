"""One edit at a time: clearing, several words for one, words nobody knows, the lifecycle's order, the owner's name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.records import Crm

AC, ZOHO = Crm.ACTIVECAMPAIGN, Crm.ZOHO
US, ADA, BEA, STRANGER = "900", "901", "902", "999"


@pytest.mark.parametrize("crm", Crm)
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("note", {AC: "one", ZOHO: "one"}),
        ("city", {AC: "Bonn", ZOHO: "Bonn"}),
        ("title", {AC: "Head", ZOHO: "Head"}),
        ("industry", {AC: "Farming", ZOHO: "Farming"}),
        ("size", {AC: "large", ZOHO: "L"}),
        ("first_name", {AC: "Anne", ZOHO: "Anne"}),
    ],
)
def test_clearing_a_field_clears_it_on_the_other_side(story, crm, name, words):
    story.says(crm, **{name: words[crm]})
    story.cycle()
    before = story.shows(crm.other, name)

    story.says(crm, **{name: None})
    story.cycle()

    assert before == words[crm.other]
    assert (story.shows(AC, name), story.shows(ZOHO, name)) == (None, None)
    assert story.cycle() == []


@pytest.mark.parametrize("cleared", [None, "", "-None-"])
def test_there_are_several_ways_to_clear_a_choice_in_zoho(story, cleared):
    story.says(AC, size="large")
    story.cycle()

    story.says(ZOHO, size=cleared)
    story.cycle()

    assert story.shows(AC, "size") is None
    assert story.cycle() == []


def test_clearing_a_copy_clears_the_owners_value_too_for_it_is_speech_like_any_other(story):
    story.says(ZOHO, city="Bonn")
    story.cycle()

    story.says(AC, city="")
    story.cycle()

    assert story.shows(ZOHO, "city") is None


def test_a_value_that_sales_enters_again_after_marketing_cleared_it_is_an_edit(story):
    story.says(ZOHO, city="Bonn")
    story.cycle()
    story.says(AC, city=None)
    story.cycle()

    story.says(ZOHO, city="Bonn")
    story.cycle()

    assert story.shows(AC, "city") == "Bonn"


def test_the_last_name_that_zoho_insists_on_is_not_cleared_there_but_made_of_the_address(story):
    story.says(AC, last_name="", first_name="")

    story.cycle()

    assert story.shows(ZOHO, "first_name", "last_name") == (None, "Anna Berg")
    assert story.shows(AC, "first_name", "last_name") == (None, None)
    assert story.cycle() == []


def test_of_several_words_that_are_one_in_zoho_the_one_that_was_chosen_stays(story):
    for word in ("tiny", "small", "tiny"):
        story.says(AC, size=word)
        story.cycle()

        assert (story.shows(AC, "size"), story.shows(ZOHO, "size")) == (word, "S")


def test_a_word_that_sales_chooses_comes_back_as_the_first_of_the_words_for_it(story):
    story.says(AC, size="large")
    story.cycle()

    story.says(ZOHO, size="S")
    story.cycle()

    assert story.shows(AC, "size") == "tiny"
    assert story.cycle() == []


def test_a_word_that_zoho_does_not_know_stays_with_marketing_until_sales_chooses_another(story):
    story.says(AC, industry="Alchemy")
    story.cycle()
    fallen_back = (story.shows(AC, "industry"), story.shows(ZOHO, "industry"))

    story.says(ZOHO, industry="Trade")
    story.cycle()

    assert fallen_back == ("Alchemy", "Other")
    assert (story.shows(AC, "industry"), story.shows(ZOHO, "industry")) == ("Trade", "Trade")


def test_a_word_that_activecampaign_does_not_know_is_withheld_and_told(story):
    story.says(AC, size="large")
    story.cycle()

    story.says(ZOHO, size="XXL")
    plan = story.decided()
    story.cycle()

    (ruling,) = plan.rulings
    assert ruling.rule == (
        "fields.SIZE of activecampaign:contact has no such choice, and the contract no fallback it has"
    )
    assert story.shows(AC, "size") == "large"
    assert story.cycle() == []


@pytest.mark.parametrize(
    ("crm", "steps", "there"),
    [
        (ZOHO, ("Customer", "MQL"), "Customer"),
        (ZOHO, ("MQL", "Subscriber"), "MQL"),
        (ZOHO, ("Customer", None), "Customer"),
        (ZOHO, ("Subscriber", "Customer"), "Customer"),
        (ZOHO, ("Subscriber",), "Lead"),
        (AC, ("Customer", "MQL"), "Customer"),
        (AC, ("MQL", "Lead"), "MQL"),
        (AC, ("MQL", None), "MQL"),
        (AC, ("Lead",), "Subscriber"),
        (AC, ("Lead", "MQL"), "MQL"),
    ],
)
def test_the_lifecycle_goes_forwards_in_each_sides_words_and_never_back(story, crm, steps, there):
    for word in steps:
        story.says(crm, stage=word)
        story.cycle()

    assert story.shows(crm.other, "stage") == there
    assert story.cycle() == []


def test_a_step_back_is_told_by_its_rule(story):
    story.says(ZOHO, stage="Customer")
    story.cycle()

    story.says(ZOHO, stage="Subscriber")

    assert [ruling.rule for ruling in story.decided().rulings] == ["the lifecycle does not go backwards"]


def test_a_stage_that_lags_behind_may_catch_up_from_either_side(story):
    story.says(ZOHO, stage="Customer")
    story.cycle()
    story.says(ZOHO, stage="MQL")
    story.cycle()

    story.says(AC, stage="Customer")
    story.cycle()

    # ActiveCampaign shows Customer as before, so nobody has said anything: Zoho's step back stays Zoho's.
    assert story.shows(ZOHO, "stage") == "MQL"
    story.says(ZOHO, stage="Customer")
    assert story.cycle() == []


def test_a_new_address_reaches_the_other_side(story):
    story.says(ZOHO, email="Anna@new.example")
    story.cycle()

    assert story.shows(AC, "email") == "anna@new.example"
    assert story.cycle() == []


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("noreply@x.example", "the contract refuses the e-mail address as a placeholder"),
        ("nonsense", "what stands in the e-mail field is not an e-mail address"),
        (None, "activecampaign:contact must not be without email, and there is nothing to write"),
    ],
)
def test_an_address_that_is_nobodys_never_replaces_one_that_is(story, typed, reason):
    story.says(ZOHO, email=typed)
    plan = story.decided()
    story.cycle()

    assert [ruling.rule for ruling in plan.rulings] == [reason]
    assert story.shows(AC, "email") == "anna.berg@x.example"
    assert story.cycle() == []


stages = st.one_of(
    st.tuples(st.just(AC), st.sampled_from(("Lead", "MQL", "Customer"))),
    st.tuples(st.just(ZOHO), st.sampled_from(("Subscriber", "MQL", "Customer"))),
    st.none(),
)
ORDER = ("Subscriber", "MQL", "Customer")


@given(st.lists(stages, max_size=14))
def test_no_write_of_ours_ever_moves_a_stage_back(new_story, history):
    story = new_story()
    story.is_made(AC, last_name="Berg")
    for edit in (*history, None):
        before = {crm: story.shows(crm, "stage") for crm in (AC, ZOHO) if len(story.records) == 2}
        _ = story.says(edit[0], stage=edit[1]) if edit and len(story.records) == 2 else story.cycle()

        moved = {crm: (was, story.shows(crm, "stage")) for crm, was in before.items() if edit is None}
        assert [step for step in moved.values() if step_of(step[1]) < step_of(step[0])] == []


def step_of(word):
    return -1 if word is None else ORDER.index({"Lead": "Subscriber"}.get(word, word))


@pytest.mark.parametrize(("user", "name"), [(ADA, "Ada Lind"), (BEA, "Bea Roth"), (US, None)])
def test_an_owner_is_shown_by_name_and_the_integration_user_is_nobody(story, user, name):
    story.says(ZOHO, agent={"id": user})

    story.cycle()

    assert story.shows(AC, "agent") == name
    assert story.cycle() == []


def test_an_owner_who_gives_the_lead_back_to_the_integration_user_is_shown_no_more(story):
    story.says(ZOHO, agent={"id": ADA, "name": "Ada Lind", "email": "ada@sales.example"})
    story.cycle()

    story.says(ZOHO, agent={"id": US})

    assert [(crm, values["fields.AGENT"]) for crm, values in story.cycle()] == [(AC, None)]


def test_an_owner_whom_zoho_does_not_name_is_withheld_and_told(story):
    story.says(ZOHO, agent={"id": ADA})
    story.cycle()

    story.says(ZOHO, agent={"id": STRANGER})
    plan = story.decided()

    assert (plan.writes, [r.rule for r in plan.rulings]) == ((), ["the owner is not among the users that Zoho names"])
    story.cycle()
    assert story.shows(AC, "agent") == "Ada Lind"


def test_an_owner_typed_into_activecampaign_stays_there_and_is_never_written_to_zoho(story):
    story.says(ZOHO, agent={"id": ADA})
    story.cycle()

    story.says(AC, agent="Bea Roth")

    assert story.cycle() == []
    story.says(ZOHO, agent={"id": BEA})
    assert story.cycle() == []
    story.says(ZOHO, agent={"id": ADA})
    story.cycle()
    assert story.shows(AC, "agent") == "Ada Lind"


def test_a_newcomer_from_marketing_has_no_owner_to_be_shown(story):
    assert story.shows(AC, "agent") is None
    assert story.shows(ZOHO, "agent") == {"id": US}

"""Names travel both ways although each side writes them its own way: whole in one field, in halves, or half of one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.records import Crm

AC, ZOHO = Crm.ACTIVECAMPAIGN, Crm.ZOHO
halves = {
    AC: {
        "first_name": st.sampled_from(("", "Anna", "Zbigniew", "Anna Maria van Dijk", "Roth, Bea")),
        "last_name": st.sampled_from(("", "Berg", "van Dijk", "Unknown")),
    },
    ZOHO: {
        "first_name": st.sampled_from((None, "Anna", "Anne", "Zbigniew")),
        "last_name": st.sampled_from(("Berg", "van Dijk", "Szymański")),
    },
}


@st.composite
def renamings(draw, crms=Crm):
    crm, name = draw(st.sampled_from(list(crms))), draw(st.sampled_from(("first_name", "last_name")))
    return crm, {name: draw(halves[crm][name])}


def lived(story, history):
    """The story with its edits and, where there is None, its cycles; and all that was written."""
    written = []
    for edit in history:
        if edit is None:
            written += story.cycle()
        else:
            story.says(edit[0], **edit[1])
    return written


@given(st.lists(st.one_of(renamings(), st.none()), max_size=12))
def test_two_cycles_after_any_history_of_names_nothing_is_written_and_nobody_is_without_a_last_name(new_story, history):
    story = new_story()
    story.is_made(AC, first_name="Anna", last_name="Berg")
    lived(story, [None, *history, None, None])

    assert story.cycle() == []
    assert story.shows(ZOHO, "last_name")


@given(st.lists(st.one_of(renamings([AC]), st.none()), max_size=12))
def test_while_sales_names_nobody_marketings_way_of_writing_names_is_left_alone(new_story, history):
    story = new_story()
    story.is_made(AC, first_name="Anna", last_name="Berg")

    written = lived(story, [None, *history, None])

    assert [values for crm, values in written if crm is AC] == []


@given(
    st.sampled_from((("Anna", "Berg"), ("Anna Maria van Dijk", ""), ("", "Berg"), ("", ""))),
    st.lists(st.one_of(renamings([ZOHO]), st.none()), max_size=12),
)
def test_while_marketing_names_nobody_sales_names_are_never_changed_and_come_to_be_shown(new_story, begin, history):
    story = new_story()
    story.is_made(AC, first_name=begin[0], last_name=begin[1])
    story.cycle()
    named = dict(zip(("first_name", "last_name"), story.shows(ZOHO, "first_name", "last_name"), strict=True))
    for edit in history:
        named |= edit[1] if edit else {}

    written = lived(story, [*history, None, None])

    assert [values for crm, values in written if crm is ZOHO] == []
    assert story.shows(ZOHO, "first_name", "last_name") == (named["first_name"], named["last_name"])


STORIES = {
    "a new first name beside a name that was written whole": (
        ("Anna Maria van Dijk", ""),
        {"first_name": "Anne"},
        ("Anne", "van Dijk"),
    ),
    "a new last name beside a name that was written whole": (
        ("Anna Maria van Dijk", ""),
        {"last_name": "Roth"},
        ("Anna Maria", "Roth"),
    ),
    "no first name any more beside a name that was written whole": (
        ("Anna Maria van Dijk", ""),
        {"first_name": None},
        (None, "van Dijk"),
    ),
    "a first name beside the only name there is": (("Zbigniew", ""), {"first_name": "Jan"}, ("Jan", "Zbigniew")),
    "a last name instead of the only name there is": (("Zbigniew", ""), {"last_name": "Nowak"}, ("Zbigniew", "Nowak")),
    "both names of the only name there is": (
        ("Zbigniew", ""),
        {"first_name": "Zbigniew", "last_name": "Szymański"},
        ("Zbigniew", "Szymański"),
    ),
    "a surname written first": (("Roth, Bea", ""), {"first_name": "Beata"}, ("Beata", "Roth")),
}


@pytest.mark.parametrize(("written", "said", "shown"), STORIES.values(), ids=STORIES)
def test_what_sales_says_of_a_name_reaches_the_contact_and_loses_none_of_it(new_story, written, said, shown):
    story = new_story()
    story.is_made(AC, first_name=written[0], last_name=written[1])
    story.cycle()

    story.says(ZOHO, **said)
    story.settle()

    assert story.shows(AC, "first_name", "last_name") == shown
    assert story.shows(ZOHO, "first_name", "last_name") == shown
    assert story.cycle() == []

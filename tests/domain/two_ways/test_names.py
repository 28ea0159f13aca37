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
    st.sampled_from((("Anna", "Berg"), ("Anna Maria van Dijk", ""), ("", "Berg"), ("Zbigniew", ""), ("", ""))),
    st.lists(st.one_of(renamings([ZOHO]), st.none()), max_size=12),
)
def test_while_marketing_names_nobody_sales_names_are_never_changed_and_come_to_be_shown(new_story, begin, history):
    story = new_story()
    story.is_made(AC, first_name=begin[0], last_name=begin[1])
    story.cycle()
    named = dict(zip(("first_name", "last_name"), story.shows(ZOHO, "first_name", "last_name"), strict=True))
    for crm, values in (edit for edit in history if edit):
        named |= values

    written = lived(story, [*history, None, None])

    assert [values for crm, values in written if crm is ZOHO] == []
    assert story.shows(ZOHO, "first_name", "last_name") == (named["first_name"], named["last_name"])

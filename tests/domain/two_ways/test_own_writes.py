"""What a row shows after our own write: the other side's id, the vendor's spelling, and what others did just then."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.own_writes import fields_set, remembered
from baton.domain.records import Crm

AC, ZOHO = Crm.ACTIVECAMPAIGN, Crm.ZOHO
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_each_side_comes_to_hold_the_others_id_and_activecampaign_with_the_first_write(new_story):
    story = new_story()
    story.is_made(AC, last_name="Berg")
    story.cycle()
    links = [(story.link_of(AC), story.link_of(ZOHO))]

    story.says(ZOHO, note="met")
    written = story.cycle()

    assert links == [(None, "12")]
    assert written == [(AC, {"fields.NOTE": "met", "fields.ZOHO_ID": "7"})]
    assert story.cycle() == []


def test_a_contact_made_of_a_lead_holds_its_id_at_once_and_the_lead_gets_the_contacts(new_story):
    story = new_story()
    story.is_made(ZOHO, last_name="Berg")
    story.cycle()
    story.cycle()

    assert (story.link_of(AC), story.link_of(ZOHO)) == ("7", "12")
    assert story.cycle() == []


def test_an_id_that_sales_removed_is_written_back_and_one_that_marketing_removed_rides_along(story):
    story.says(ZOHO, note="met")
    story.cycle()
    story.take_links()
    healed = story.cycle()

    story.says(ZOHO, note="met again")

    assert healed == [(ZOHO, {"ActiveCampaign_ID": "12"})]
    assert story.cycle() == [(AC, {"fields.NOTE": "met again", "fields.ZOHO_ID": "7"})]


def test_zohos_spelling_of_what_we_wrote_never_comes_back(new_story):
    story = new_story(str.upper)
    story.is_made(AC, last_name="Berg", note="one")
    story.cycle()
    story.says(AC, note="two")
    story.cycle()

    assert story.cycle() == []
    assert (story.shows(AC, "note"), story.shows(ZOHO, "note")) == ("two", "TWO")


def test_beside_our_spelling_an_edit_of_another_field_is_heard_though_its_own_write_did_not_get_through(story):
    story.says(AC, note="one")
    story.says(ZOHO, city="Bonn")
    story.cycle(away=AC)

    written = story.cycle()

    assert [(crm, values["fields.CITY"]) for crm, values in written] == [(AC, "Bonn")]


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("agent", {"id": "901"}, "Ada Lind"),
        ("city", "Bonn", "Bonn"),
        ("industry", "Trade", "Trade"),
        ("stage", "Customer", "Customer"),
    ],
)
def test_an_edit_in_the_second_of_our_write_of_another_field_is_not_swallowed(story, name, value, shown):
    story.says(AC, note="one")
    story.cycle()

    story.slips_in(ZOHO, **{name: value})
    story.cycle()

    assert story.shows(AC, name) == shown


def test_a_choice_that_sales_made_in_the_second_of_our_write_of_it_is_an_edit(story):
    story.says(AC, industry="Farming")
    story.cycle()

    story.slips_in(ZOHO, industry="Trade")
    story.cycle()

    assert story.shows(AC, "industry") == "Trade"


@given(st.sets(st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)), st.integers(0, 10**6))
def test_what_our_write_set_is_told_for_the_version_it_made_and_for_no_other(names, seconds):
    version = NOW + timedelta(seconds=seconds)

    kept = remembered(version, names)

    assert fields_set(kept, version) == names
    assert fields_set(kept, version + timedelta(seconds=1)) == frozenset()
    assert fields_set(None, version) == frozenset()

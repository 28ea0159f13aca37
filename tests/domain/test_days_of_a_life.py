"""Single days from the life of one person: an edit, a cycle, and what is written."""

import pytest


@pytest.fixture
def life(new_life):
    made = new_life()
    made.contact_says(orgname="X", fields={"TITLE": "Boss", "INDUSTRY": "Farming"}, lists={"5": "1"})
    made.cycle()
    return made


def test_an_uncontested_edit_survives_every_later_cycle(life):
    life.sales_says(Designation="Chief of Sales")
    life.cycle()

    life.contact_says(orgname="Y")
    life.cycle()

    assert (life.lead["Designation"], life.lead["Company"]) == ("Chief of Sales", "Y")


def test_a_cleared_field_stays_cleared(life):
    life.contact_says(fields={"TITLE": ""})

    assert life.cycle() == [{"Designation": None}]
    assert life.cycle() == []
    assert life.lead["Designation"] is None


def test_a_value_that_goes_there_and_back_is_written_each_time(life):
    written = []
    for title in ("One", "Two", "One"):
        life.contact_says(fields={"TITLE": title})
        written += life.cycle()

    assert written == [{"Designation": "One"}, {"Designation": "Two"}, {"Designation": "One"}]


def test_a_fallback_is_written_once_and_never_comes_back_as_an_edit(life):
    life.contact_says(fields={"INDUSTRY": "Alchemy"})

    assert life.cycle() == [{"Industry": "Other"}]
    life.contact_says(fields={"INDUSTRY": "Astronomy"})
    assert life.cycle() == []
    assert life.row["fields"]["INDUSTRY"] == "Astronomy"


def test_a_full_name_in_one_field_is_parted_once_and_never_comes_back_as_an_edit(life):
    life.contact_says(firstName="Anna Maria van Dijk", lastName="")

    assert life.cycle() == [{"First_Name": "Anna Maria", "Last_Name": "van Dijk"}]
    assert life.cycle() == []


def test_a_name_that_is_cleared_leaves_the_one_made_of_the_address(life):
    life.contact_says(lastName="")

    assert life.cycle() == [{"Last_Name": "Anna Berg"}]
    assert life.cycle() == []


@pytest.mark.parametrize("chosen", ["Unsubscribed", "Unknown", None])
def test_an_edit_of_the_consent_copy_is_put_back(life, chosen):
    life.sales_says(Consent=chosen)

    assert life.cycle() == [{"Consent": "Subscribed"}]
    assert life.cycle() == []


def test_an_edit_of_the_consent_copy_just_before_our_write_is_put_back_too(life):
    life.contact_says(fields={"TITLE": "Head"})

    life.cycle({"Consent": "Unsubscribed"})

    assert life.cycle() == [{"Consent": "Subscribed"}]


def test_an_unsubscription_reaches_zoho_though_sales_had_changed_the_copy(life):
    life.sales_says(Consent="Unknown")
    life.contact_says(lists={"5": "2"})

    assert life.cycle() == [{"Consent": "Unsubscribed"}]


def test_a_stored_id_that_somebody_removed_is_written_again(life):
    life.sales_says(ActiveCampaign_ID=None)

    assert life.cycle() == [{"ActiveCampaign_ID": "12"}]
    assert life.cycle() == []

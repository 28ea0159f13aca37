"""Edits of people who are in step: what follows, what is kept, what is put back."""

import pytest

from baton.domain.records import LEADS


@pytest.fixture
def world(make_world):
    """Ten people in step, and one of them to look at."""
    made = make_world(people=10)
    made.cycle()
    return made


@pytest.fixture
def lead(world):
    return next(row for row in world.zoho.records("Leads") if row.get("ActiveCampaign_ID"))


def lead_now(world, lead):
    return world.zoho.get(f"records/Leads/{lead['id']}")


def edit_contact(world, lead, **values):
    world.activecampaign.post("people/edit", module="contact", id=lead["ActiveCampaign_ID"], values=values)
    world.cycle()


def test_an_edit_in_activecampaign_reaches_the_lead_as_one_write(world, lead):
    before = world.zoho.last()

    edit_contact(world, lead, firstName="Renamed")

    assert lead_now(world, lead)["First_Name"] == "Renamed"
    assert [effect["changed"] for effect in world.zoho.journal("effect", after=before)] == [["First_Name"]]


def test_an_edit_back_and_forth_is_as_many_writes(world, lead):
    before = world.zoho.last()

    for name in ("One", "Two", "One"):
        edit_contact(world, lead, firstName=name)

    written = [effect["values"]["First_Name"] for effect in world.zoho.journal("effect", after=before)]
    assert written == ["One", "Two", "One"]


def test_a_cleared_value_is_cleared_in_zoho_and_stays_cleared(world, lead):
    edit_contact(world, lead, fields={"JOB_TITLE": "Astronaut"})

    edit_contact(world, lead, fields={"JOB_TITLE": ""})
    world.cycle()

    assert lead_now(world, lead)["Designation"] is None


def test_a_picklist_word_without_a_counterpart_falls_back_and_never_comes_again_as_an_edit(world, lead):
    edit_contact(world, lead, fields={"INDUSTRY": "Space Mining"})
    before = world.zoho.last()

    world.cycle()

    assert lead_now(world, lead)["Industry"] == "Other"
    assert world.zoho.journal("effect", after=before) == []


def test_what_a_sales_person_changes_in_a_one_way_field_is_left_alone(world, lead):
    world.zoho.post("people/edit", module="Leads", id=lead["id"], values={"Designation": "Chief of Sales"})

    world.cycle()

    assert lead_now(world, lead)["Designation"] == "Chief of Sales"


def test_a_sales_persons_edit_survives_an_edit_of_another_field(world, lead):
    world.zoho.post("people/edit", module="Leads", id=lead["id"], values={"Designation": "Chief of Sales"})
    world.cycle()

    edit_contact(world, lead, firstName="Renamed")

    assert lead_now(world, lead)["Designation"] == "Chief of Sales"
    assert lead_now(world, lead)["First_Name"] == "Renamed"


def test_an_edit_of_the_consent_copy_is_put_back(world, lead):
    shown = lead["Marketing_Consent"]
    other = next(word for word in ("Subscribed", "Unsubscribed") if word != shown)
    world.zoho.post("people/edit", module="Leads", id=lead["id"], values={"Marketing_Consent": other})

    world.cycle()

    assert lead_now(world, lead)["Marketing_Consent"] == shown


def test_an_unsubscription_shows_in_zoho(world, lead):
    edit_contact(world, lead, lists={"Newsletter": "unsubscribed"})

    assert lead_now(world, lead)["Marketing_Consent"] == "Unsubscribed"


def test_a_lead_deleted_in_zoho_is_not_made_again(world, lead):
    world.zoho.post("people/delete", module="Leads", id=lead["id"])
    world.cycle()

    edit_contact(world, lead, firstName="Renamed")

    assert lead["ActiveCampaign_ID"] not in {row.get("ActiveCampaign_ID") for row in world.zoho.records("Leads")}
    assert world.status().people["gone"] == 1


def test_a_changed_address_moves_with_its_lead(world, lead):
    edit_contact(world, lead, email="brand.new@address.example")

    assert lead_now(world, lead)["Email"] == "brand.new@address.example"


def test_a_contact_that_moves_to_the_address_of_another_lead_waits_for_a_person(world, lead):
    world.zoho.post(
        "people/create", module="Leads", values={"Last_Name": "Held", "Company": "X", "Email": "held@x.example"}
    )

    edit_contact(world, lead, email="held@x.example")

    assert lead_now(world, lead)["Email"] == lead["Email"]
    assert world.status().people["review"] >= 1


def test_a_newcomer_whom_sales_has_made_a_moment_ago_is_linked_and_not_made_twice(world):
    world.activecampaign.post("people/create", module="contact", values={"email": "both@x.example", "lastName": "Both"})
    world.zoho.post(
        "people/create", module="Leads", values={"Last_Name": "Both", "Company": "X", "Email": "BOTH@x.example"}
    )

    world.cycle()

    found = [row for row in world.zoho.records("Leads") if (row["Email"] or "").lower() == "both@x.example"]
    assert len(found) == 1
    assert found[0]["ActiveCampaign_ID"]


def test_a_lead_made_after_the_decision_is_found_by_the_last_look_before_the_create(world):
    world.activecampaign.post("people/create", module="contact", values={"email": "late@x.example", "lastName": "Late"})
    world.pull_activecampaign()
    world.decide()
    world.zoho.post(
        "people/create", module="Leads", values={"Last_Name": "Late", "Company": "X", "Email": "late@x.example"}
    )
    world.forget_catch_up()

    world.settle()

    found = [row for row in world.zoho.records(LEADS.name) if row["Email"] == "late@x.example"]
    assert len(found) == 1

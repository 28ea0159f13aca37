"""What sales changes reaches marketing, and what both change is decided by the contract and not by who came last."""

import pytest

from baton.domain.records import CONTACT, LEADS, Crm, Stream, StreamKind
from baton.flows.write import flush


@pytest.fixture
def world(make_world):
    world = make_world(people=20)
    world.cycle()
    world.settle()
    return world


@pytest.fixture
def lead(world) -> dict:
    """A lead in step with its contact, that belongs to nobody yet."""
    return next(
        row for row in world.zoho.records("Leads") if row.get("ActiveCampaign_ID") and not row.get("Converted__s")
    )


def test_a_stage_that_sales_moves_forward_shows_in_activecampaign(world, lead):
    world.edit_lead(lead, Lifecycle_Stage="Customer")

    world.cycle()

    assert world.contact_of(lead)["fields"]["LIFECYCLE_STAGE"] == "Customer"
    assert world.is_quiet()


def test_an_assigned_owner_is_shown_by_name(world, lead):
    user = next(user for user in world.engine.gateways[Crm.ZOHO].users() if user.is_active and "a" in user.name)

    world.edit_lead(lead, Owner={"id": user.id})
    world.cycle()

    assert world.contact_of(lead)["fields"]["ZOHO_OWNER"] == user.name
    assert world.is_quiet()


def test_where_both_changed_a_field_its_owner_wins(world, lead):
    world.edit_lead(lead, Phone="+1 415 555 0101")
    world.edit_contact(lead, phone="+1 415 555 0202")

    world.cycle()

    assert world.lead_now(lead)["Phone"] == "+1 415 555 0101"
    assert world.contact_of(lead)["phone"].replace(" ", "") == "+14155550101"
    assert world.is_quiet()


def test_an_edit_of_one_side_alone_wins_over_the_owner(world, lead):
    world.edit_contact(lead, phone="+1 415 555 0202")

    world.cycle()

    assert world.lead_now(lead)["Phone"].replace(" ", "") == "+14155550202"


def test_clearing_a_field_in_zoho_clears_it_in_activecampaign(world, lead):
    world.edit_lead(lead, Phone="+1 415 555 0101")
    world.cycle()

    world.edit_lead(lead, Phone=None)
    world.cycle()

    assert world.contact_of(lead)["phone"] == ""
    assert world.is_quiet()


def make_lead(world, email="new@sales.example", **values) -> dict:
    row = {"First_Name": "Nia", "Last_Name": "Newman", "Company": "New Ltd", "Email": email, **values}
    return world.zoho.post("people/create", module="Leads", values=row)


def test_a_lead_that_sales_makes_becomes_a_contact_and_each_side_holds_the_others_id(world):
    made = make_lead(world, Lifecycle_Stage="SQL")

    world.cycle()
    world.settle()

    [contact] = world.contacts_at("new@sales.example")
    assert (contact["firstName"], contact["lastName"]) == ("Nia", "Newman")
    assert contact["fields"]["LIFECYCLE_STAGE"] == "SQL"
    assert contact["fields"]["ZOHO_ID"] == made["id"]
    assert world.lead_now(made)["ActiveCampaign_ID"] == contact["id"]
    assert world.is_quiet()


def test_a_lead_without_a_usable_address_stays_in_zoho_and_says_why(world):
    make_lead(world, email="noreply@new.example")

    world.cycle()

    assert world.contacts_at("noreply@new.example") == []
    assert world.status().people["refused"] >= 1


def test_a_contact_that_is_there_already_is_linked_and_not_made_twice(world):
    world.activecampaign.post(
        "people/create", module="contact", values={"email": "new@sales.example", "lastName": "Newman"}
    )
    made = make_lead(world)

    world.pull(Stream(LEADS, StreamKind.CHANGES))
    world.settle()
    world.settle()

    [contact] = world.contacts_at("new@sales.example")
    assert world.lead_now(made)["ActiveCampaign_ID"] == contact["id"]
    assert world.contacts_at("new@sales.example")[0]["firstName"] == "Nia"


def test_a_create_that_times_out_after_it_took_effect_is_found_again(world):
    world.activecampaign.post("faults", kind="timeout_after_effect", route="POST /api/3/contacts", times=1)
    made = make_lead(world)

    world.cycle()
    until_looked_up(world)

    [contact] = world.contacts_at("new@sales.example")
    assert world.lead_now(made)["ActiveCampaign_ID"] == contact["id"]
    assert world.engine.dead_letters.listed() == ()


def until_looked_up(world) -> None:
    """The grace of a write in doubt is a fraction of a second here."""
    while CONTACT not in world.engine.outbox.in_doubt(now=world.engine.now()):
        world.pull_activecampaign()
    world.look_up()
    world.settle()


def test_an_edit_made_between_decision_and_write_is_not_overwritten(world, lead):
    world.edit_contact(lead, phone="+1 415 555 0202")
    world.pull_activecampaign()
    world.decide()

    world.edit_lead(lead, Phone="+1 415 555 0303")
    world.due += flush(LEADS, world.engine).due
    world.settle()

    assert world.lead_now(lead)["Phone"] == "+1 415 555 0303"
    assert world.contact_of(lead)["phone"].replace(" ", "") == "+14155550303"


def test_a_word_that_zoho_does_not_know_never_comes_back_as_its_fallback(world, lead):
    world.edit_contact(lead, fields={"LEAD_SOURCE": "Carrier pigeon"})
    world.cycle()

    assert world.lead_now(lead)["Lead_Source"] == "Advertisement"
    assert world.contact_of(lead)["fields"]["LEAD_SOURCE"] == "Carrier pigeon"
    assert world.is_quiet()


def test_the_stage_of_the_last_deal_shows_on_its_contact(world, lead):
    done = world.zoho.post("people/convert", id=lead["id"])
    deal = {"Deal_Name": "First", "Stage": "Qualification", "Closing_Date": "2027-01-01"}
    contact_id = done.get("Contacts") or next(
        row["id"] for row in world.zoho.records("Contacts") if row["Email"] == lead["Email"]
    )
    contact_id = contact_id["id"] if isinstance(contact_id, dict) else contact_id
    world.cycle()

    made = world.zoho.post("people/create", module="Deals", values={**deal, "Contact_Name": {"id": contact_id}})
    world.cycle()
    first = world.contact_of(lead)["fields"].get("DEAL_STAGE")
    made = made.get("record", made)
    world.zoho.post("people/edit", module="Deals", id=made["id"], values={"Stage": "Closed Won"})
    world.cycle()

    assert first == "Qualification"
    assert world.contact_of(lead)["fields"]["DEAL_STAGE"] == "Closed Won"
    assert world.is_quiet()


def test_ids_that_activecampaign_lacks_are_written_a_few_at_a_time_and_then_no_more(world, lead):
    asked = world.engine.trickle.ask(now=world.engine.now())
    world.settle()

    assert asked > 0
    for _ in range(40):
        if not world.engine.trickle.ask(now=world.engine.now()):
            break
        world.settle()
    assert world.contact_of(lead)["fields"]["ZOHO_ID"] == lead["id"]
    assert world.engine.trickle.ask(now=world.engine.now()) == 0
    assert world.is_quiet()


def a_pair(world, contact: dict, lead: dict) -> dict:
    world.activecampaign.post("people/create", module="contact", values={"email": "pair@x.example", **contact})
    values = {"Last_Name": "Pair", "Company": "X", "Email": "pair@x.example", **lead}
    made = world.zoho.post("people/create", module="Leads", values=values)
    world.cycle()
    world.settle()
    return made


def test_a_first_name_alone_does_not_take_the_place_of_the_last_name_that_sales_knows(world):
    made = a_pair(world, {"firstName": "Zbigniew"}, {"First_Name": "Zbigniew", "Last_Name": "Szymański"})

    lead, [contact] = world.lead_now(made), world.contacts_at("pair@x.example")
    assert (lead["First_Name"], lead["Last_Name"]) == ("Zbigniew", "Szymański")
    assert (contact["firstName"], contact["lastName"]) == ("Zbigniew", "Szymański")
    assert world.is_quiet()


def test_a_last_name_that_sales_adds_to_a_first_name_alone_reaches_the_contact(world):
    world.activecampaign.post(
        "people/create", module="contact", values={"email": "pair@x.example", "firstName": "Zbigniew"}
    )
    world.cycle()
    made = next(row for row in world.zoho.records("Leads") if row["Email"] == "pair@x.example")

    world.edit_lead(made, First_Name="Zbigniew", Last_Name="Szymański")
    world.cycle()

    [contact] = world.contacts_at("pair@x.example")
    assert (contact["firstName"], contact["lastName"]) == ("Zbigniew", "Szymański")
    assert world.is_quiet()


def test_a_phone_that_each_side_shows_in_its_own_way_stays_as_its_owner_wrote_it(world):
    made = a_pair(world, {"fields": {"COUNTRY": "Austria"}, "phone": "+43 1 5550100"}, {"Phone": "0664 1234168"})

    assert world.lead_now(made)["Phone"] == "0664 1234168"
    assert world.is_quiet()

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


def edit_lead(world, lead, **values) -> None:
    world.zoho.post("people/edit", module="Leads", id=lead["id"], values=values)


def edit_contact(world, lead, **values) -> None:
    world.activecampaign.post("people/edit", module="contact", id=lead["ActiveCampaign_ID"], values=values)


def contact_of(world, lead) -> dict:
    return world.activecampaign.get(f"records/contact/{lead['ActiveCampaign_ID']}")


def lead_now(world, lead) -> dict:
    return world.zoho.get(f"records/Leads/{lead['id']}")


def is_quiet(world) -> bool:
    told, asked = world.zoho.last(), world.activecampaign.last()
    world.cycle()
    return world.zoho.journal("effect", after=told) == [] and world.activecampaign.journal("effect", after=asked) == []


def test_a_stage_that_sales_moves_forward_shows_in_activecampaign(world, lead):
    edit_lead(world, lead, Lifecycle_Stage="Customer")

    world.cycle()

    assert contact_of(world, lead)["fields"]["LIFECYCLE_STAGE"] == "Customer"
    assert is_quiet(world)


def test_an_assigned_owner_is_shown_by_name(world, lead):
    user = next(user for user in world.engine.gateways[Crm.ZOHO].users() if user.is_active and "a" in user.name)

    edit_lead(world, lead, Owner={"id": user.id})
    world.cycle()

    assert contact_of(world, lead)["fields"]["ZOHO_OWNER"] == user.name
    assert is_quiet(world)


def test_where_both_changed_a_field_its_owner_wins(world, lead):
    edit_lead(world, lead, Phone="+1 415 555 0101")
    edit_contact(world, lead, phone="+1 415 555 0202")

    world.cycle()

    assert lead_now(world, lead)["Phone"] == "+1 415 555 0101"
    assert contact_of(world, lead)["phone"].replace(" ", "") == "+14155550101"
    assert is_quiet(world)


def test_an_edit_of_one_side_alone_wins_over_the_owner(world, lead):
    edit_contact(world, lead, phone="+1 415 555 0202")

    world.cycle()

    assert lead_now(world, lead)["Phone"].replace(" ", "") == "+14155550202"


def test_clearing_a_field_in_zoho_clears_it_in_activecampaign(world, lead):
    edit_lead(world, lead, Phone="+1 415 555 0101")
    world.cycle()

    edit_lead(world, lead, Phone=None)
    world.cycle()

    assert contact_of(world, lead)["phone"] == ""
    assert is_quiet(world)


def disagree(world, lead) -> int:
    edit_lead(world, lead, Designation="Head of Sales")
    edit_contact(world, lead, fields={"JOB_TITLE": "Head of Marketing"})
    world.cycle()
    [conflict] = world.engine.conflicts.listed(state="open", limit=10)
    return conflict.id


def test_a_field_for_review_that_both_changed_is_left_alone_and_opens_a_conflict(world, lead):
    number = disagree(world, lead)

    conflict = world.engine.conflicts.shown(number)
    assert {crm: side["value"] for crm, side in conflict.sides.items()} == {
        Crm.ACTIVECAMPAIGN: "Head of Marketing",
        Crm.ZOHO: "Head of Sales",
    }
    assert lead_now(world, lead)["Designation"] == "Head of Sales"
    assert contact_of(world, lead)["fields"]["JOB_TITLE"] == "Head of Marketing"
    assert is_quiet(world)


@pytest.mark.parametrize(("winner", "title"), [("zoho", "Head of Sales"), ("activecampaign", "Head of Marketing")])
def test_a_settled_conflict_is_written_to_the_other_side(world, lead, winner, title):
    number = disagree(world, lead)

    world.due += world.engine.conflicts.settle(number, Crm(winner), by="somebody", now=world.engine.now())
    world.settle()

    assert lead_now(world, lead)["Designation"] == title
    assert contact_of(world, lead)["fields"]["JOB_TITLE"] == title
    assert world.engine.conflicts.shown(number).state == "settled"
    assert is_quiet(world)


def test_a_conflict_closes_by_itself_when_both_sides_come_to_agree(world, lead):
    number = disagree(world, lead)

    edit_contact(world, lead, fields={"JOB_TITLE": "Head of Sales"})
    world.cycle()

    assert world.engine.conflicts.shown(number).state == "closed"


def test_a_conflict_is_settled_once(world, lead):
    number = disagree(world, lead)
    world.engine.conflicts.settle(number, Crm.ZOHO, by="somebody", now=world.engine.now())

    again = world.engine.conflicts.settle(number, Crm.ACTIVECAMPAIGN, by="somebody", now=world.engine.now())

    assert again is None


def test_an_edit_of_another_field_does_not_wait_for_a_conflict(world, lead):
    disagree(world, lead)

    edit_lead(world, lead, Lifecycle_Stage="Customer")
    world.cycle()

    assert contact_of(world, lead)["fields"]["LIFECYCLE_STAGE"] == "Customer"


def make_lead(world, email="new@sales.example", **values) -> dict:
    row = {"First_Name": "Nia", "Last_Name": "Newman", "Company": "New Ltd", "Email": email, **values}
    return world.zoho.post("people/create", module="Leads", values=row)


def contacts_at(world, email) -> list[dict]:
    return [row for row in world.activecampaign.records("contact") if row["email"].lower() == email]


def test_a_lead_that_sales_makes_becomes_a_contact_and_each_side_holds_the_others_id(world):
    made = make_lead(world, Lifecycle_Stage="SQL")

    world.cycle()
    world.settle()

    [contact] = contacts_at(world, "new@sales.example")
    assert (contact["firstName"], contact["lastName"]) == ("Nia", "Newman")
    assert contact["fields"]["LIFECYCLE_STAGE"] == "SQL"
    assert contact["fields"]["ZOHO_ID"] == made["id"]
    assert lead_now(world, made)["ActiveCampaign_ID"] == contact["id"]
    assert is_quiet(world)


def test_a_lead_without_a_usable_address_stays_in_zoho_and_says_why(world):
    make_lead(world, email="noreply@new.example")

    world.cycle()

    assert contacts_at(world, "noreply@new.example") == []
    assert world.status().people["refused"] >= 1


def test_a_contact_that_is_there_already_is_linked_and_not_made_twice(world):
    world.activecampaign.post(
        "people/create", module="contact", values={"email": "new@sales.example", "lastName": "Newman"}
    )
    made = make_lead(world)

    world.pull(Stream(LEADS, StreamKind.CHANGES))
    world.settle()
    world.settle()

    [contact] = contacts_at(world, "new@sales.example")
    assert lead_now(world, made)["ActiveCampaign_ID"] == contact["id"]
    assert contacts_at(world, "new@sales.example")[0]["firstName"] == "Nia"


def test_a_create_that_times_out_after_it_took_effect_is_found_again(world):
    world.activecampaign.post("faults", kind="timeout_after_effect", route="POST /api/3/contacts", times=1)
    made = make_lead(world)

    world.cycle()
    until_looked_up(world)

    [contact] = contacts_at(world, "new@sales.example")
    assert lead_now(world, made)["ActiveCampaign_ID"] == contact["id"]
    assert world.engine.dead_letters.listed() == ()


def until_looked_up(world) -> None:
    """The grace of a write in doubt is a fraction of a second here."""
    while CONTACT not in world.engine.outbox.in_doubt(now=world.engine.now()):
        world.pull_activecampaign()
    world.look_up()
    world.settle()


def test_an_edit_made_between_decision_and_write_is_not_overwritten(world, lead):
    edit_contact(world, lead, phone="+1 415 555 0202")
    world.pull_activecampaign()
    world.decide()

    edit_lead(world, lead, Phone="+1 415 555 0303")
    world.due += flush(LEADS, world.engine).due
    world.settle()

    assert lead_now(world, lead)["Phone"] == "+1 415 555 0303"
    assert contact_of(world, lead)["phone"].replace(" ", "") == "+14155550303"


def test_a_word_that_zoho_does_not_know_never_comes_back_as_its_fallback(world, lead):
    edit_contact(world, lead, fields={"LEAD_SOURCE": "Carrier pigeon"})
    world.cycle()

    assert lead_now(world, lead)["Lead_Source"] == "Advertisement"
    assert contact_of(world, lead)["fields"]["LEAD_SOURCE"] == "Carrier pigeon"
    assert is_quiet(world)


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
    first = contact_of(world, lead)["fields"].get("DEAL_STAGE")
    made = made.get("record", made)
    world.zoho.post("people/edit", module="Deals", id=made["id"], values={"Stage": "Closed Won"})
    world.cycle()

    assert first == "Qualification"
    assert contact_of(world, lead)["fields"]["DEAL_STAGE"] == "Closed Won"
    assert is_quiet(world)


def test_ids_that_activecampaign_lacks_are_written_a_few_at_a_time_and_then_no_more(world, lead):
    asked = world.engine.trickle.ask(now=world.engine.now())
    world.settle()

    assert asked > 0
    for _ in range(40):
        if not world.engine.trickle.ask(now=world.engine.now()):
            break
        world.settle()
    assert contact_of(world, lead)["fields"]["ZOHO_ID"] == lead["id"]
    assert world.engine.trickle.ask(now=world.engine.now()) == 0
    assert is_quiet(world)


def a_pair(world, contact: dict, lead: dict) -> dict:
    world.activecampaign.post("people/create", module="contact", values={"email": "pair@x.example", **contact})
    values = {"Last_Name": "Pair", "Company": "X", "Email": "pair@x.example", **lead}
    made = world.zoho.post("people/create", module="Leads", values=values)
    world.cycle()
    world.settle()
    return made


def test_a_first_name_alone_does_not_take_the_place_of_the_last_name_that_sales_knows(world):
    made = a_pair(world, {"firstName": "Zbigniew"}, {"First_Name": "Zbigniew", "Last_Name": "Szymański"})

    lead, [contact] = lead_now(world, made), contacts_at(world, "pair@x.example")
    assert (lead["First_Name"], lead["Last_Name"]) == ("Zbigniew", "Szymański")
    assert (contact["firstName"], contact["lastName"]) == ("Zbigniew", "Szymański")
    assert is_quiet(world)


def test_a_last_name_that_sales_adds_to_a_first_name_alone_reaches_the_contact(world):
    world.activecampaign.post(
        "people/create", module="contact", values={"email": "pair@x.example", "firstName": "Zbigniew"}
    )
    world.cycle()
    made = next(row for row in world.zoho.records("Leads") if row["Email"] == "pair@x.example")

    edit_lead(world, made, First_Name="Zbigniew", Last_Name="Szymański")
    world.cycle()

    [contact] = contacts_at(world, "pair@x.example")
    assert (contact["firstName"], contact["lastName"]) == ("Zbigniew", "Szymański")
    assert is_quiet(world)


def test_a_phone_that_each_side_shows_in_its_own_way_stays_as_its_owner_wrote_it(world):
    made = a_pair(world, {"fields": {"COUNTRY": "Austria"}, "phone": "+43 1 5550100"}, {"Phone": "0664 1234168"})

    assert lead_now(world, made)["Phone"] == "0664 1234168"
    assert is_quiet(world)

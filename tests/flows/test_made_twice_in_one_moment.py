"""A person is made in both CRMs in one moment: one contact and one lead come of it, linked to each other."""

from baton.domain.records import CONTACT, LEADS, Stream, StreamKind
from baton.flows.write import flush

EMAIL = "iris.imhof@form.example"


def submitted_to_both(world):
    """As of a form that tells each CRM by itself, the lead first."""
    typed = {"First_Name": "Iris", "Last_Name": "Imhof", "Company": "Form", "Email": EMAIL}
    world.zoho.post("people/create", module=LEADS.name, values={**typed, "Phone": "+41446681800"})
    names = {"firstName": "Iris", "lastName": "Imhof"}
    world.activecampaign.post("people/create", module=CONTACT.name, values={"email": EMAIL, **names})


def leads(world):
    return [row for row in world.zoho.records(LEADS.name) if row["Email"] == EMAIL]


def test_a_lead_that_no_read_has_shown_yet_is_found_by_its_address(make_world):
    world = make_world(people=3)
    world.cycle()
    world.settle()
    world.pull(Stream(LEADS, StreamKind.CHANGES))

    submitted_to_both(world)
    world.pull_activecampaign()
    world.decide()
    world.due += flush(LEADS, world.engine).due
    world.settle()

    (lead,) = leads(world)
    (contact,) = world.contacts_at(EMAIL)
    assert (lead["Phone"], lead["ActiveCampaign_ID"]) == ("+41446681800", contact["id"])
    assert contact["phone"] == "+41446681800"


def test_a_person_who_is_new_costs_one_question_per_module(make_world):
    world = make_world(people=3)
    world.cycle()
    world.settle()
    world.activecampaign.post("people/create", module=CONTACT.name, values={"email": EMAIL, "lastName": "Imhof"})
    world.pull_activecampaign()
    world.decide()
    told = world.zoho.last()

    flush(LEADS, world.engine)

    calls = [(call["method"], call["path"].rpartition("/")[2]) for call in world.zoho.journal("call", after=told)]
    assert calls == [("POST", "coql"), ("POST", "coql"), ("POST", "upsert")]
    assert len(leads(world)) == 1

"""Both teams edit one person in one moment, and one of the two writes does not get through: neither edit is lost."""

import pytest

from baton.domain.records import CONTACT, LEADS, Stream, StreamKind
from baton.flows.sync import decide
from baton.flows.write import flush

EMAIL = "anna@berg.example"


@pytest.fixture
def world(make_world):
    made = make_world(people=1)
    typed = {"email": EMAIL, "firstName": "Anna", "lastName": "Berg"}
    made.activecampaign.post("people/create", module=CONTACT.name, values=typed)
    made.cycle()
    made.settle()
    return made


def lead_of(world):
    return next(row for row in world.zoho.records(LEADS.name) if row["Email"] == EMAIL)


def contact_of(world):
    return next(row for row in world.activecampaign.records(CONTACT.name) if row["email"] == EMAIL)


def marketing_says(world, **values):
    world.activecampaign.post("people/edit", module=CONTACT.name, id=contact_of(world)["id"], values=values)


def sales_says(world, **values):
    world.zoho.post("people/edit", module=LEADS.name, id=lead_of(world)["id"], values=values)


def read_zoho(world):
    world.pull(Stream(LEADS, StreamKind.CHANGES))


def is_quiet(world):
    told, asked = world.zoho.last(), world.activecampaign.last()
    world.cycle()
    return world.zoho.journal("effect", after=told) == [] and world.activecampaign.journal("effect", after=asked) == []


def test_what_sales_said_is_still_heard_when_only_zoho_took_its_write(world):
    marketing_says(world, firstName="Anne")
    sales_says(world, Phone="+1 415 555 0101")
    world.pull_activecampaign()
    read_zoho(world)
    world.decide()
    flush(LEADS, world.engine)

    # The contact was edited once more, so its write is withdrawn; meanwhile Zoho's row shows our own write.
    marketing_says(world, fields={"JOB_TITLE": "Buyer"})
    read_zoho(world)
    world.due += flush(CONTACT, world.engine).due
    world.cycle()
    world.settle()

    assert (lead_of(world)["First_Name"], lead_of(world)["Designation"]) == ("Anne", "Buyer")
    assert contact_of(world)["phone"].replace(" ", "") == "+14155550101"
    assert is_quiet(world)


def test_what_sales_said_while_it_was_being_decided_is_not_written_over(world):
    marketing_says(world, phone="+14155550202")
    world.pull_activecampaign()
    engine, refs = world.engine, world.due
    world.due = []
    taken = engine.people.take(refs, now=engine.now())

    # Read and stored after the person was taken, so the decision knows nothing of it, and the last look would.
    sales_says(world, Phone="+14155550101")
    read_zoho(world)
    engine.people.commit(taken, [(each, decide(each, engine.rulebook)) for each in taken.people], now=engine.now())
    while flush(LEADS, engine).wait is not None:
        """It lingers for company, since somebody waits to be decided."""
    world.cycle()
    world.settle()

    # Sales has the last word on this field.
    assert (lead_of(world)["Phone"], contact_of(world)["phone"]) == ("+14155550101", "+14155550101")
    assert is_quiet(world)


def test_a_placeholder_that_sales_types_does_not_take_a_contacts_address(world):
    sales_says(world, Email="noreply@nowhere.example")

    world.cycle()

    assert contact_of(world)["email"] == EMAIL

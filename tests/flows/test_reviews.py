"""Who is who, said by a person: shown, linked, separated, and kept against every key."""

import json

import pytest
from click.testing import CliRunner

from baton.domain.records import CONTACT, LEADS
from console.cli.main import main
from workers import wiring

ANNA, BEA = "anna@berg.example", "bea@holm.example"


def make(world, email, name):
    contact = world.activecampaign.post("people/create", module=CONTACT.name, values={"email": email, "lastName": name})
    return contact["id"]


def make_lead(world, email, name, **more):
    values = {"Email": email, "Last_Name": name, "Company": "Umbria", **more}
    return world.zoho.post("people/create", module=LEADS.name, values=values)["id"]


@pytest.fixture
def world(make_world):
    return make_world(people=1)


@pytest.fixture
def baton(world, database_url, tmp_path, monkeypatch):
    monkeypatch.setenv("BATON_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("BATON_DATABASE_URL", database_url)
    monkeypatch.setenv("BATON_REDIS_URL", "redis://unused")
    monkeypatch.setenv("COLUMNS", "200")
    # The same engine for every command: one that each made for itself would be closed by its process only.
    monkeypatch.setattr(wiring, "engine_for", lambda _: world.engine)
    return lambda *arguments: CliRunner().invoke(main, arguments)


@pytest.fixture
def ambiguous(world):
    """One contact and two leads with its address."""
    contact = make(world, ANNA, "Berg")
    leads = [make_lead(world, ANNA, "Berg"), make_lead(world, ANNA, "Berg", Phone="+493012345678")]
    world.cycle()
    return contact, leads


def counterpart(world, lead):
    return world.zoho.get(f"records/Leads/{lead}")["ActiveCampaign_ID"]


def test_who_waits_is_listed_and_shown_with_every_record(baton, ambiguous):
    contact, leads = ambiguous

    (waiting,) = [each for each in json.loads(baton("reviews", "list", "--json").output) if each["email"] == ANNA]
    shown = baton("reviews", "show", f"activecampaign:contact:{contact}").output

    assert "share this address" in waiting["reason"]
    assert {each["ref"] for each in waiting["records"]} >= {f"zoho:Leads:{lead}" for lead in leads}
    assert all(f"zoho:Leads:{lead}" in shown for lead in leads)


def test_two_that_are_linked_are_brought_into_step_and_the_other_becomes_an_alias(baton, world, ambiguous):
    contact, (first, second) = ambiguous

    linked = baton("reviews", "link", f"activecampaign:contact:{contact}", f"zoho:Leads:{second}")
    world.settle()

    assert (linked.exit_code, counterpart(world, second), counterpart(world, first)) == (0, contact, None)
    assert ANNA not in baton("reviews", "list").output
    assert world.is_quiet()


def test_a_ruling_outranks_the_address(baton, world):
    contact, lead = make(world, ANNA, "Berg"), make_lead(world, BEA, "Holm")
    world.cycle()

    baton("reviews", "link", f"zoho:Leads:{lead}", f"activecampaign:contact:{contact}")
    world.settle()
    world.settle()

    assert counterpart(world, lead) == contact
    assert len({row["id"] for row in world.zoho.records("Leads") if row["ActiveCampaign_ID"] == contact}) == 1
    assert world.is_quiet()


def test_two_that_are_separated_stay_apart_and_nobody_is_made_anew(baton, world):
    contact, lead = make(world, ANNA, "Berg"), make_lead(world, ANNA, "Berg")
    world.cycle()
    world.settle()
    before = len(world.zoho.records("Leads")), len(world.activecampaign.records("contact"))

    baton("reviews", "separate", f"activecampaign:contact:{contact}", f"zoho:Leads:{lead}")
    world.settle()
    world.zoho.post("people/edit", module=LEADS.name, id=lead, values={"Phone": "+493012345678"})
    world.cycle()

    assert world.activecampaign.get(f"records/contact/{contact}")["phone"] in (None, "")
    assert (len(world.zoho.records("Leads")), len(world.activecampaign.records("contact"))) == before
    assert world.is_quiet()


def test_what_was_separated_can_be_linked_again(baton, world):
    contact, lead = make(world, ANNA, "Berg"), make_lead(world, ANNA, "Berg")
    world.cycle()
    pair = (f"activecampaign:contact:{contact}", f"zoho:Leads:{lead}")

    baton("reviews", "separate", *pair)
    world.settle()
    baton("reviews", "link", *pair)
    world.settle()
    world.zoho.post("people/edit", module=LEADS.name, id=lead, values={"Phone": "+493012345678"})
    world.cycle()

    assert world.activecampaign.get(f"records/contact/{contact}")["phone"] == "+493012345678"


def test_somebody_alike_is_proposed_with_the_reasons(baton, world):
    contact = make(world, ANNA, "Berg")
    world.activecampaign.post(
        "people/edit", module=CONTACT.name, id=contact, values={"firstName": "Anna", "phone": "+493012345678"}
    )
    lead = make_lead(world, "a.berg@berg.example", "Berg", First_Name="Anna", Phone="+493012345678")
    world.cycle()

    shown = baton("reviews", "show", f"activecampaign:contact:{contact}").output

    assert f"might be zoho:Leads:{lead}" in shown
    assert "the same phone, the same name" in shown


def test_duplicates_are_reported_with_the_record_that_should_stay(baton, ambiguous):
    _, (first, second) = ambiguous

    report = baton("duplicates", "--json")
    (group,) = [each for each in json.loads(report.output) if each["value"] == ANNA]

    assert report.exit_code == 3
    assert (group["stays"], group["others"]) == (f"zoho:Leads:{second}", [f"zoho:Leads:{first}"])
    assert group["why"] == "it fills more of the contract's fields"


def test_what_cannot_be_said_is_told_in_a_line(baton):
    asked = {
        ("reviews", "show", "zoho:Leads:1"): (1, "no record zoho:Leads:1 was ever seen"),
        ("reviews", "show", "anna"): (2, "it should look like"),
        ("reviews", "link", "zoho:Leads:1", "zoho:Leads:2"): (2, "name one ActiveCampaign contact and one Zoho record"),
        ("reviews", "link", "zoho:Leads:1", "activecampaign:contact:999"): (1, "was ever seen"),
    }

    results = {command: baton(*command) for command in asked}

    assert {command: result.exit_code for command, result in results.items()} == {
        command: code for command, (code, _) in asked.items()
    }
    assert [command for command, (_, said) in asked.items() if said not in results[command].output] == []

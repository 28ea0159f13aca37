"""`baton explain`: why each value is what it is, and where a change stopped that did not arrive."""

import json

import pytest
from click.testing import CliRunner

from baton.domain.records import CONTACT, LEADS
from baton.flows.schemas import refresh_schemas
from console.cli.main import main


@pytest.fixture
def world(make_world):
    made = make_world(people=1)
    typed = {"email": "anna@berg.example", "firstName": "Anna", "lastName": "Berg", "phone": "+491711234567"}
    made.activecampaign.post("people/create", module=CONTACT.name, values=typed)
    made.cycle()
    made.cycle()
    return made


@pytest.fixture
def explain(world, database_url, tmp_path, monkeypatch):
    monkeypatch.setenv("BATON_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("BATON_DATABASE_URL", database_url)
    monkeypatch.setenv("BATON_REDIS_URL", "redis://unused")
    return lambda *arguments: CliRunner().invoke(main, ("explain", *arguments))


def lead_of(world):
    return next(row for row in world.zoho.records(LEADS.name) if row["Email"] == "anna@berg.example")


def told(explain, field):
    (person,) = json.loads(explain("anna@berg.example", "--field", field, "--json").output)
    (one,) = person["fields"]
    return one


def links(field):
    return {link["stage"]: link["state"] for link in field["chain"]}


def test_a_value_tells_the_edit_the_rule_the_editor_and_the_request_that_set_it(world, explain):
    world.edit_lead(lead_of(world), Phone="+491719999999")
    world.cycle()

    phone = told(explain, "phone")
    shown = explain("anna@berg.example", "--field", "phone").output

    why = phone["why"]
    assert set(phone["shown"].values()) == {"+491719999999"}
    assert (why["rule"], why["before"], why["after"]) == ("zoho spoke", "+491711234567", "+491719999999")
    assert why["target"] == "activecampaign:contact"
    assert any(ref.startswith("zoho:Leads:") for ref in why["editors"])
    assert why["written_at"] is not None
    assert why["key"].startswith("1/r") or "/r" in why["key"]
    assert list(links(phone).values()) == ["done"] * 6
    assert "zoho spoke; +491711234567 → +491719999999 in activecampaign:contact" in shown


def test_an_edit_that_waits_to_be_decided_stops_there(world, explain):
    world.edit_lead(lead_of(world), Phone="+491719999999")
    for stream in world.engine.streams:
        world.pull(stream)

    assert links(told(explain, "phone"))["decided"] == "waits"
    assert links(told(explain, "phone"))["written"] == "not reached"


def test_a_write_that_waits_stops_there(world, explain):
    world.edit_lead(lead_of(world), Phone="+491719999999")
    for stream in world.engine.streams:
        world.pull(stream)
    world.decide()

    phone = links(told(explain, "phone"))
    assert (phone["decided"], phone["written"], phone["answered"]) == ("done", "waits", "not reached")


def test_an_edit_that_the_contract_keeps_stops_at_the_decision_and_says_the_rule(world, explain):
    world.edit_lead(lead_of(world), Budget=5)
    world.cycle()

    budget = told(explain, "budget")
    assert links(budget)["decided"] == "stopped"
    assert "direction" in budget["why"]["rule"]


def test_an_edit_of_a_field_that_drifts_waits_and_says_for_what(world, explain):
    world.zoho.post("people/delete_field", module=LEADS.name, field="Budget")
    refresh_schemas(world.engine)
    contact = lead_of(world)["ActiveCampaign_ID"]
    world.activecampaign.post("people/edit", module=CONTACT.name, id=contact, values={"fields": {"BUDGET": "7"}})
    world.cycle()

    budget = told(explain, "budget")
    assert links(budget)["decided"] == "waits"
    assert budget["why"]["rule"].startswith("put off: Budget of zoho:Leads: gone")


def test_a_field_that_nobody_spoke_about_and_one_that_is_not_in_the_contract_say_so(world, explain):
    assert links(told(explain, "renewal_date"))["decided"] == "nothing to do"
    assert links(told(explain, "shoe_size"))["filtered"] == "stopped"


def test_a_refused_person_stops_at_the_filter_and_says_why(world, explain):
    values = {"email": "noreply@berg.example", "firstName": "No", "lastName": "Reply"}
    world.activecampaign.post("people/create", module=CONTACT.name, values=values)
    world.cycle()

    (person,) = json.loads(explain("noreply@berg.example", "--json").output)

    stopped = next(link for link in person["chain"] if link["state"] == "stopped")
    assert stopped["stage"] == "filtered"
    assert stopped["told"].startswith("refused: ")


def test_without_a_field_every_field_of_the_contract_and_the_chain_are_told(world, explain):
    result = explain("anna@berg.example")

    names = [rule.name for rule in world.engine.contract.rules]
    assert [name for name in names if f"    {name}\n" not in result.output] == []
    assert "How far the last change came" in result.output
    assert result.exit_code == 0


def test_masked_it_shows_no_value(explain):
    result = explain("anna@berg.example", "--field", "phone", "--masked")

    assert "491711234567" not in result.output
    assert "Berg" not in explain("anna@berg.example", "--masked").output


def test_of_somebody_unknown_it_says_when_is_read_next_and_whether_the_contract_would_refuse(explain):
    result = explain("noreply@nowhere.example")

    assert result.exit_code == 1
    assert "no record with it was ever seen" in result.output
    assert "The contract would refuse it" in result.output
    assert "zoho:Leads:changes: read" in result.output

"""Administrators change fields while two teams work: only what is touched waits, and it travels once it is mended."""

import json

import pytest
from click.testing import CliRunner

from baton.domain.records import CONTACT, LEADS
from baton.flows.notify import notify
from baton.flows.schemas import refresh_schemas
from console.cli.main import main
from workers import wiring


@pytest.fixture
def world(make_world):
    made = make_world(people=1)
    typed = {"email": "anna@berg.example", "firstName": "Anna", "lastName": "Berg", "phone": "+491711234567"}
    made.activecampaign.post("people/create", module=CONTACT.name, values=typed)
    made.cycle()
    edit(made, fields={"RENEWAL_DATE": "2026-05-01", "LEAD_SOURCE": "Partner"})
    made.cycle()
    return made


@pytest.fixture
def baton(world, database_url, tmp_path, monkeypatch):
    monkeypatch.setenv("BATON_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("BATON_DATABASE_URL", database_url)
    monkeypatch.setenv("BATON_REDIS_URL", "redis://unused")
    monkeypatch.setenv("LOGNAME", "olga")
    monkeypatch.setattr(wiring, "engine_for", lambda _: world.engine)
    return lambda *arguments: CliRunner().invoke(main, ("drift", *arguments))


def lead_of(world):
    return next(row for row in world.zoho.records(LEADS.name) if row["Email"] == "anna@berg.example")


def edit(world, **values):
    lead = lead_of(world)
    world.activecampaign.post("people/edit", module=CONTACT.name, id=lead["ActiveCampaign_ID"], values=values)


def shown(world, tag):
    return world.contact_of(lead_of(world))["fields"].get(tag)


def zoho_admin(world, deed, **about):
    world.zoho.post(f"people/{deed}", module=LEADS.name, **about)


def drifts(world):
    return [(kept.drift.kind.value, kept.drift.place) for kept in world.engine.drifts.listed()]


def test_a_renamed_field_waits_while_the_rest_flows_and_its_edits_travel_once_it_has_its_name_back(world):
    zoho_admin(world, "rename_field", field="Renewal_Date", name="Renews_On", label="Renews on")
    refresh_schemas(world.engine)
    edit(world, fields={"RENEWAL_DATE": "2027-07-07"}, phone="+491719999999")
    world.cycle()
    meanwhile = (lead_of(world)["Renews_On"], shown(world, "RENEWAL_DATE"), lead_of(world)["Phone"])
    found = drifts(world)

    zoho_admin(world, "rename_field", field="Renews_On", name="Renewal_Date", label="Renewal date")
    refresh_schemas(world.engine)
    world.cycle()

    assert found == [("renamed", "Renewal_Date")]
    assert meanwhile == ("2026-05-01", "2027-07-07", "+491719999999")
    assert lead_of(world)["Renewal_Date"] == "2027-07-07"
    assert drifts(world) == []
    assert world.is_quiet()


def test_a_deleted_field_clears_nothing_on_the_other_side_and_its_stream_is_read_on(world):
    zoho_admin(world, "delete_field", field="Renewal_Date")
    world.edit_lead(lead_of(world), Phone="+491718888888")
    world.cycle()

    assert shown(world, "RENEWAL_DATE") == "2026-05-01"
    assert world.contact_of(lead_of(world))["phone"] == "+491718888888"


def test_a_field_deleted_in_activecampaign_clears_nothing_in_zoho(world):
    world._run("UPDATE schemas SET read_at = now() - interval '2 minutes'")
    world.activecampaign.post("people/delete_field", field="RENEWAL_DATE")
    edit(world, phone="+491717777777")
    world.cycle()

    assert lead_of(world)["Renewal_Date"] == "2026-05-01"
    assert lead_of(world)["Phone"] == "+491717777777"
    assert drifts(world) == [("gone", "fields.RENEWAL_DATE")]


def test_a_picklist_word_that_is_gone_waits_and_no_fallback_stands_in(world):
    zoho_admin(world, "remove_choice", field="Lead_Source", choice="Trade Show")
    refresh_schemas(world.engine)
    edit(world, fields={"LEAD_SOURCE": "Trade Show", "BUDGET": "750"})
    world.cycle()
    meanwhile = (lead_of(world)["Lead_Source"], lead_of(world)["Budget"])

    zoho_admin(world, "add_choice", field="Lead_Source", choice="Trade Show")
    refresh_schemas(world.engine)
    world.cycle()

    assert meanwhile == ("Partner", 750)
    assert lead_of(world)["Lead_Source"] == "Trade Show"
    assert drifts(world) == []


def test_a_change_is_told_once_and_its_end_once(world, caplog):
    zoho_admin(world, "delete_field", field="Budget")
    for _ in range(2):
        refresh_schemas(world.engine)
        notify(world.engine)
    zoho_admin(world, "add_choice", field="Lead_Source", choice="Fair")
    refresh_schemas(world.engine)
    notify(world.engine)
    zoho_admin(world, "remove_choice", field="Lead_Source", choice="Fair")
    refresh_schemas(world.engine)
    notify(world.engine)

    told = [record.getMessage() for record in caplog.records if record.name == "baton.notices"]
    assert told == [
        "drifted: Budget of zoho:Leads: gone (was Budget, now nothing)",
        "drifted: Lead_Source of zoho:Leads: new word (was nothing, now Fair)",
        "mended: Lead_Source of zoho:Leads: new word, mended",
    ]


def test_a_write_that_was_buried_because_its_field_went_is_decided_again_without_it(world):
    zoho_admin(world, "delete_field", field="Budget")
    edit(world, fields={"BUDGET": "900"}, phone="+491716666666")
    world.cycle()
    buried = world.status().dead_letters

    refresh_schemas(world.engine)
    world.settle()

    assert buried == 1
    assert world.status().dead_letters == 0
    assert lead_of(world)["Phone"] == "+491716666666"


def test_a_field_made_anew_is_accepted_and_its_blanks_clear_nothing(world, baton):
    zoho_admin(world, "delete_field", field="Renewal_Date")
    zoho_admin(world, "add_field", label="Renewal Date", type="date")
    listed = baton("list", "--now", "--json")
    (found,) = json.loads(listed.output)

    accepted = baton("accept", str(found["id"]))
    world.edit_lead(lead_of(world), Phone="+491715555555")
    world.cycle()

    assert (found["kind"], found["pauses"], listed.exit_code) == ("replaced", True, 1)
    assert accepted.exit_code == 0
    assert lead_of(world)["Renewal_Date"] == shown(world, "RENEWAL_DATE") == "2026-05-01"
    assert baton("list").output == "Nothing drifts.\n"
    assert "accepted by olga" in baton("list", "--all").output


def test_a_field_that_is_gone_cannot_be_accepted_and_says_what_to_do(world, baton):
    zoho_admin(world, "delete_field", field="Budget")
    refresh_schemas(world.engine)

    result = baton("accept", "1", "77")

    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "drift 1: cannot be accepted. Restore the field at the vendor, or take it out of contract.yaml.",
        "drift 77: is not open",
    ]
    assert "touches budget" in baton("list").output

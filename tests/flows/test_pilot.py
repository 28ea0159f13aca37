"""A pilot, judged by the journals: nothing outside it is ever written, not even what was decided before it began."""

from dataclasses import replace

import pytest

from baton.domain.contract import Contract, Pilot
from baton.domain.contract_print import print_of
from baton.flows.sync import sync


def under(world, contract: Contract):
    """The same connection under another contract, as after a restart."""
    engine = world.engine
    desk = replace(engine.intake.desk, contract=print_of(contract))
    ports = {name: replace(getattr(engine, name), desk=desk) for name in ("people", "outbox", "intake")}
    world.engine = replace(engine, contract=contract, **ports)
    return world


def effects(world) -> list[dict]:
    told = (*world.activecampaign.journal("effect"), *world.zoho.journal("effect"))
    return [entry for entry in told if entry["actor"] == "api"]


def tags_of(world, lead) -> list[str]:
    return world.contact_of(lead)["tags"]


@pytest.fixture
def world(make_world):
    return make_world(people=15)


def test_only_the_people_of_the_pilot_are_written_about(world):
    chosen = world.activecampaign.records("contact")[0]["email"].lower()
    under(world, replace(world.engine.contract, pilot=Pilot(people=frozenset({chosen}))))

    world.cycle()

    assert {entry["email"].lower() for entry in effects(world)} == {chosen}
    assert world.status().people["filtered"] > 5


def test_what_was_decided_before_the_pilot_began_does_not_go_out(world):
    everybody = world.engine.contract
    world.pull_activecampaign()
    for start in range(0, len(world.due), 50):
        sync(world.due[start : start + 50], world.engine)

    under(world, replace(everybody, pilot=Pilot(people=frozenset({"nobody@x.example"}))))
    world.engine.outbox.stale(limit=1000, now=world.engine.now())
    world.cycle()

    assert effects(world) == []


def test_whoever_comes_into_the_pilot_brings_along_what_was_edited_meanwhile(world):
    everybody = world.engine.contract
    world.cycle()
    lead = next(row for row in world.zoho.records("Leads") if row["ActiveCampaign_ID"] and not row["Converted__s"])
    tag = next(row["tag"] for row in world.activecampaign.records("tag") if row["tag"] not in tags_of(world, lead))
    under(world, replace(everybody, pilot=Pilot(tag=tag)))
    world.edit_lead(lead, Lifecycle_Stage="Customer")
    world.cycle()
    outside = world.contact_of(lead)["fields"].get("LIFECYCLE_STAGE")

    world.edit_contact(lead, tags=[tag])
    world.cycle()

    assert outside != "Customer"
    assert world.contact_of(lead)["fields"]["LIFECYCLE_STAGE"] == "Customer"

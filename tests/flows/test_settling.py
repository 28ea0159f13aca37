"""A record that people are still typing in waits until it was quiet for a while; nothing is lost meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest

from baton.domain.records import LEADS

QUIET = timedelta(minutes=5)


@pytest.fixture
def world(make_world):
    world = make_world(people=20)
    world.cycle()
    world.settle()
    world.engine = replace(world.engine, intake=replace(world.engine.intake, settling={LEADS: QUIET}))
    return world


@pytest.fixture
def lead(world) -> dict:
    return next(
        row for row in world.zoho.records("Leads") if row.get("ActiveCampaign_ID") and not row.get("Converted__s")
    )


def wait(world, pause: timedelta) -> None:
    """Moves our clock on; the vendors' stays."""
    now = world.engine.now
    world.engine = replace(world.engine, now=lambda: now() + pause)


def stage_in_activecampaign(world, lead):
    return world.contact_of(lead)["fields"].get("LIFECYCLE_STAGE")


def test_an_edit_is_decided_only_after_the_record_was_quiet(world, lead):
    world.edit_lead(lead, Lifecycle_Stage="Customer")
    world.cycle()
    while_typing = stage_in_activecampaign(world, lead)

    wait(world, QUIET)
    world.settle()

    assert while_typing != "Customer"
    assert stage_in_activecampaign(world, lead) == "Customer"


def test_another_edit_begins_the_quiet_anew_but_not_for_ever(world, lead):
    said = []
    for number in range(14):
        world.edit_lead(lead, Renewal_Date=f"2027-01-{number + 1:02}", Lifecycle_Stage="Customer")
        world.cycle()
        said.append(stage_in_activecampaign(world, lead) == "Customer")
        wait(world, QUIET * 0.9)

    assert said[:10] == [False] * 10
    assert said[-1]


def test_a_module_without_a_figure_is_decided_at_once(world, lead):
    world.edit_contact(lead, fields={"LIFECYCLE_STAGE": "Customer"})
    world.cycle()

    assert world.lead_now(lead)["Lifecycle_Stage"] == "Customer"

"""A field for review that both sides changed: left alone, shown, settled by a person."""

import pytest

from baton.domain.records import Crm


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


def disagree(world, lead) -> int:
    world.edit_lead(lead, Designation="Head of Sales")
    world.edit_contact(lead, fields={"JOB_TITLE": "Head of Marketing"})
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
    assert world.lead_now(lead)["Designation"] == "Head of Sales"
    assert world.contact_of(lead)["fields"]["JOB_TITLE"] == "Head of Marketing"
    assert world.is_quiet()


@pytest.mark.parametrize(("winner", "title"), [("zoho", "Head of Sales"), ("activecampaign", "Head of Marketing")])
def test_a_settled_conflict_is_written_to_the_other_side(world, lead, winner, title):
    number = disagree(world, lead)

    world.due += world.engine.conflicts.settle(number, Crm(winner), by="somebody", now=world.engine.now())
    world.settle()

    assert world.lead_now(lead)["Designation"] == title
    assert world.contact_of(lead)["fields"]["JOB_TITLE"] == title
    assert world.engine.conflicts.shown(number).state == "settled"
    assert world.is_quiet()


def test_a_conflict_closes_by_itself_when_both_sides_come_to_agree(world, lead):
    number = disagree(world, lead)

    world.edit_contact(lead, fields={"JOB_TITLE": "Head of Sales"})
    world.cycle()

    assert world.engine.conflicts.shown(number).state == "closed"


def test_a_conflict_is_settled_once(world, lead):
    number = disagree(world, lead)
    world.engine.conflicts.settle(number, Crm.ZOHO, by="somebody", now=world.engine.now())

    again = world.engine.conflicts.settle(number, Crm.ACTIVECAMPAIGN, by="somebody", now=world.engine.now())

    assert again is None


def test_an_edit_of_another_field_does_not_wait_for_a_conflict(world, lead):
    disagree(world, lead)

    world.edit_lead(lead, Lifecycle_Stage="Customer")
    world.cycle()

    assert world.contact_of(lead)["fields"]["LIFECYCLE_STAGE"] == "Customer"

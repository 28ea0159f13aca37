"""Another automation that undoes what Baton writes, until somebody parts the two."""

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
    return next(
        row for row in world.zoho.records("Leads") if row.get("ActiveCampaign_ID") and not row.get("Converted__s")
    )


def a_round(world, lead) -> None:
    """A workflow in Zoho writes its number, one in ActiveCampaign the other."""
    world.edit_lead(lead, Phone="+493011111111")
    until(world, lambda: is_settled(world, lead))
    world.edit_contact(lead, phone="+493022222222")
    until(world, lambda: is_settled(world, lead))


def until(world, is_so) -> None:
    """A read that began in the second of a write is not believed at once, so an edit may take some cycles."""
    for _ in range(200):
        world.cycle()
        if is_so():
            return
    raise AssertionError("it never came to be so")


def is_settled(world, lead) -> bool:
    return len(set(phones(world, lead))) == 1 or bool(conflicts(world))


def phones(world, lead) -> tuple[str, str]:
    return world.contact_of(lead)["phone"], world.lead_now(lead)["Phone"]


def conflicts(world) -> list:
    return [kept for kept in world.engine.conflicts.listed(state="open", limit=100) if kept.field == "phone"]


@pytest.fixture
def frozen(world, lead):
    for _ in range(5):
        a_round(world, lead)
    return world


def test_a_field_that_two_automations_undo_is_frozen_until_somebody_settles_it(frozen, lead):
    (conflict,) = conflicts(frozen)

    a_round(frozen, lead)
    left_alone, still_open = phones(frozen, lead), conflicts(frozen)
    frozen.due += frozen.engine.conflicts.settle(conflict.id, Crm.ZOHO, by="somebody", now=frozen.engine.now())
    until(frozen, lambda: phones(frozen, lead) == ("+493011111111", "+493011111111"))
    frozen.edit_contact(lead, phone="+493033333333")
    until(frozen, lambda: phones(frozen, lead) == ("+493033333333", "+493033333333"))

    told = frozen.engine.automation.notices.take(limit=100, now=frozen.engine.now())
    assert [notice.kind for notice in told].count("frozen") == 1
    assert (conflict.kind, left_alone) == ("ping-pong", ("+493022222222", "+493011111111"))
    assert [each.id for each in still_open] == [conflict.id]
    assert conflicts(frozen) == []


def test_while_a_field_is_frozen_the_others_go_on_and_it_thaws_when_both_sides_agree(frozen, lead):
    frozen.edit_lead(lead, Lifecycle_Stage="Customer")
    until(frozen, lambda: frozen.contact_of(lead)["fields"]["LIFECYCLE_STAGE"] == "Customer")
    frozen.edit_contact(lead, phone="+493011111111")
    until(frozen, lambda: conflicts(frozen) == [])

    assert frozen.is_quiet()

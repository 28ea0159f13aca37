"""Hints, from the row they are to the read they ask for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from baton.domain.failures import Unreachable
from baton.domain.hooks import Hint, HintKind
from baton.domain.records import CONTACT, CONTACTS, LEADS, RecordRef
from baton.flows.fetch import fetch
from baton.flows.receive import receive

MODULES = (CONTACT, LEADS, CONTACTS)


@pytest.fixture
def world(make_world):
    return make_world(people=3)


def hint(world, *refs, kind=HintKind.CHANGED):
    receive([Hint(ref, kind) for ref in refs], world.engine, crm=refs[0].crm)


def contact(number):
    return RecordRef(CONTACT, str(number))


def waiting(world, later=timedelta(0)):
    return world.engine.doors.hints.waiting(MODULES, now=world.engine.now() + later)


def reads(world, after=0):
    return [call for call in world.activecampaign.journal("call", after=after) if call["path"].endswith("/contacts")]


def test_a_record_never_seen_before_is_read_and_decided(world):
    hint(world, contact(1))

    due = fetch(world.engine)

    assert due == (contact(1),)
    assert waiting(world) == ()


def test_many_hints_of_one_record_are_one_read(world):
    for _ in range(5):
        hint(world, contact(1))
    before = world.activecampaign.last()

    fetch(world.engine)
    fetch(world.engine)

    assert len(reads(world, before)) == 1


def test_hints_of_many_records_share_a_call(world):
    hint(world, contact(1), contact(2), contact(3))
    before = world.activecampaign.last()

    fetch(world.engine)

    assert [call["records"] for call in reads(world, before)] == [3]


def test_a_read_that_failed_leaves_its_hints(world):
    world.activecampaign.post("faults", kind="status", status=500, route="GET /api/3/contacts", every=1)
    hint(world, contact(1))

    with pytest.raises(Unreachable):
        fetch(world.engine)

    assert waiting(world, later=timedelta(seconds=3)) == (CONTACT,)


def test_a_record_read_since_the_hint_came_needs_no_read(world):
    earlier = replace(world.engine, now=lambda: world.engine.now() - timedelta(seconds=30))
    receive([Hint(contact(1), HintKind.CHANGED)], earlier, crm=CONTACT.crm)
    world.pull_activecampaign()
    before = world.activecampaign.last()

    due = fetch(world.engine)

    assert due == ()
    assert reads(world, before) == []
    assert waiting(world) == ()


def test_a_record_that_is_not_there_is_looked_for_twice_before_it_is_gone(world):
    world.cycle()
    lead = next(RecordRef(LEADS, row["id"]) for row in world.zoho.records("Leads") if row.get("ActiveCampaign_ID"))
    world.zoho.post("people/delete", module="Leads", id=lead.id)
    hint(world, lead)

    first = fetch(world.engine)
    again = fetch(replace(world.engine, now=lambda: world.engine.now() + timedelta(seconds=6)))

    assert first == ()
    assert again == (lead,)


def test_a_deletion_is_believed_at_once_when_the_record_is_not_there(world):
    world.cycle()
    lead = next(RecordRef(LEADS, row["id"]) for row in world.zoho.records("Leads") if row.get("ActiveCampaign_ID"))
    world.zoho.post("people/delete", module="Leads", id=lead.id)
    hint(world, lead, kind=HintKind.DELETED)

    due = fetch(world.engine)

    assert due == (lead,)


def test_a_deletion_of_a_record_nobody_knows_says_nothing(world):
    hint(world, RecordRef(LEADS, "4876000009999999"), kind=HintKind.DELETED)

    due = fetch(world.engine)

    assert due == ()
    assert waiting(world) == ()


def test_a_full_hundred_is_one_call_and_the_rest_waits(world):
    hint(world, *(contact(number) for number in range(1, 151)))
    before = world.activecampaign.last()

    fetch(world.engine, (CONTACT,))

    assert len(reads(world, before)) == 1
    assert waiting(world) == (CONTACT,)

"""What the census finds, what it costs, and what it does not believe."""

import pytest

from baton.domain.backfill import State
from baton.domain.records import CONTACT, LEADS, RecordRef
from baton.flows.backfill import work_a_slice
from baton.flows.census import begin_census
from baton.flows.fetch import fetch_named


@pytest.fixture
def world(make_world):
    return synced(make_world(people=20))


def synced(world):
    """In step, and so that no increment shows anything from now on: what is found is found by the census."""
    world.cycle()
    world.settle()
    world._run("UPDATE cursors SET watermark = now() + interval '1 day', wide_pass_at = now() + interval '1 day'")
    # Stamps have whole seconds: what is edited from now on bears a later one than what we wrote just before.
    for practice in (world.activecampaign, world.zoho):
        practice.post("settings", clock_offset_seconds=60)
    return world


def linked(world, number=0):
    """A lead and the contact it belongs to."""
    leads = [row for row in world.zoho.records("Leads") if row.get("ActiveCampaign_ID") and not row["Converted__s"]]
    return leads[number], leads[number]["ActiveCampaign_ID"]


def take(world, *, is_believed=False):
    """A census up to its end, with the time between the two looks left out."""
    number = begin_census(world.engine, is_believed=is_believed)
    for _ in range(3):
        work(world)
        world._run("UPDATE sightings SET missed_at = missed_at - interval '1 hour'")
        world._run("UPDATE backfills SET not_before = now() WHERE state = 'running'")
    return world.engine.backfills.progress(number)


def work(world):
    while world.engine.backfills.has_work(now=world.engine.now()):
        world.due += work_a_slice(world.engine).due


def standing(world, ref):
    with world.engine.intake.desk.engine.connect() as tx:
        return tx.exec_driver_sql("SELECT standing FROM mirror WHERE ref = %s", (str(ref),)).scalar_one()


def test_a_census_of_an_account_in_step_asks_for_pages_and_nothing_else(world):
    contacts, records = world.activecampaign.last(), world.zoho.last()

    taken = take(world)

    assert len(world.activecampaign.journal("call", after=contacts)) == 2
    assert len(world.zoho.journal("call", after=records)) == 4
    assert (taken.state, taken.changed, taken.gone, taken.to_decide) == (State.DONE, 0, 0, 0)
    assert taken.read == taken.expected > 20


def test_an_edit_that_no_increment_showed_goes_the_one_path(world):
    lead, contact = linked(world)
    world.zoho.post("people/edit", module="Leads", id=lead["id"], values={"Lifecycle_Stage": "Customer"})

    taken = take(world)
    world.settle()

    assert taken.changed == 1
    fields = world.activecampaign.get(f"records/contact/{contact}")["fields"]
    assert fields["LIFECYCLE_STAGE"] == "Customer"


def test_a_contact_whose_stamp_did_not_move_is_compared_whole(world):
    _, contact = linked(world)
    world.activecampaign.post("settings", clock_offset_seconds=0)
    world.activecampaign.post("people/edit", module="contact", id=contact, values={"firstName": "Annabel"})
    world._run("UPDATE mirror SET version = date_trunc('second', now()) WHERE module = 'activecampaign:contact'")

    taken = take(world)

    assert taken.changed == 1


def test_a_record_that_no_increment_showed_is_found(world):
    values = {"Last_Name": "Overlooked", "Company": "Nowhere", "Email": "overlooked@example.org"}
    made = world.zoho.post("people/create", module="Leads", values=values)

    taken = take(world)

    assert taken.changed == 1
    assert standing(world, RecordRef(LEADS, made["id"])) == "waiting"


def test_more_differences_than_one_call_reads_are_all_found(make_world):
    world = synced(make_world(people=260))
    leads = [row for row in world.zoho.records("Leads") if not row["Converted__s"]]
    for lead in leads:
        world.zoho.post("people/edit", module="Leads", id=lead["id"], values={"Designation": "Chief"})

    taken = take(world)

    assert len(leads) > 100
    assert taken.changed == len(leads)


def test_a_lead_that_vanished_without_a_word_is_gone_after_two_looks(world):
    lead, _ = linked(world)
    world.zoho.post("people/delete", module="Leads", id=lead["id"])
    before = world.zoho.last()

    taken = take(world)
    world.settle()

    assert (taken.state, taken.gone) == (State.DONE, 1)
    assert standing(world, RecordRef(LEADS, lead["id"])) == "gone"
    assert world.zoho.journal("effect", after=before) == []


def test_a_converted_lead_is_not_taken_for_a_lost_one(world):
    lead, _ = linked(world)
    world.zoho.post("people/convert", id=lead["id"])

    taken = take(world)

    assert (taken.state, taken.gone) == (State.DONE, 0)
    assert taken.changed >= 1


def test_a_merged_contact_is_gone_and_nobody_is_made_anew(world):
    lead, loser = linked(world)
    _, survivor = linked(world, 1)
    world.activecampaign.post("people/merge", **{"from": loser, "into": survivor})
    contacts = len(world.activecampaign.records("contact"))
    leads = len(world.zoho.records("Leads"))

    taken = take(world)
    world.settle()

    assert taken.gone == 1
    assert standing(world, RecordRef(CONTACT, loser)) == "gone"
    assert len(world.activecampaign.records("contact")) == contacts
    assert len(world.zoho.records("Leads")) == leads
    assert world.zoho.get(f"records/Leads/{lead['id']}")["id"] == lead["id"]


def test_one_look_is_not_enough(world):
    _, contact = linked(world)
    world.activecampaign.post("people/delete", module="contact", id=contact)

    number = begin_census(world.engine)
    work(world)

    waiting = world.engine.backfills.progress(number)
    assert (waiting.state, waiting.gone) == (State.RUNNING, 0)
    assert "second look" in waiting.note
    assert standing(world, RecordRef(CONTACT, contact)) != "gone"


def test_who_was_missed_by_one_census_is_gone_at_the_next(world):
    _, contact = linked(world)
    world.activecampaign.post("people/delete", module="contact", id=contact)
    first = begin_census(world.engine)
    work(world)
    world.engine.backfills.steer(first, State.CANCELLED, now=world.engine.now())
    world._run("UPDATE sightings SET missed_at = missed_at - interval '1 day'")

    second = begin_census(world.engine)
    work(world)

    assert world.engine.backfills.progress(second).gone == 1


def test_who_is_back_at_the_second_look_was_never_gone(world):
    lead, _ = linked(world)
    world.zoho.post("people/delete", module="Leads", id=lead["id"])
    number = begin_census(world.engine)
    work(world)
    world.zoho.post("people/restore", module="Leads", id=lead["id"])
    world._run("UPDATE sightings SET missed_at = missed_at - interval '1 hour'")
    world._run("UPDATE backfills SET not_before = now()")

    work(world)

    done = world.engine.backfills.progress(number)
    assert (done.state, done.gone) == (State.DONE, 0)


def test_a_page_that_ends_too_early_fails_the_census_and_loses_nobody(make_world):
    world = synced(make_world(people=130))
    body = {"contacts": [], "meta": {"total": "130"}}
    world.activecampaign.post("faults", kind="status", route="GET */contacts", status=200, body=body, every=1)

    taken = take(world)

    assert taken.state is State.FAILED
    assert taken.note == "activecampaign:contact has 130 records and showed 0: that is not believed, none is gone"
    assert world.status().people.get("gone", 0) == 0


def test_many_that_are_missing_are_not_believed_until_a_person_says_so(world):
    for contact in world.activecampaign.records("contact")[:12]:
        world.activecampaign.post("people/delete", module="contact", id=contact["id"])

    doubted = take(world)
    believed = take(world, is_believed=True)

    assert (doubted.state, doubted.gone) == (State.FAILED, 0)
    assert "12 of 20 activecampaign:contact are missing" in doubted.note
    assert (believed.state, believed.gone) == (State.DONE, 12)


def test_what_a_read_by_name_finds_gone_meanwhile_needs_no_second_look(world):
    _, contact = linked(world)
    world.activecampaign.post("people/delete", module="contact", id=contact)
    number = begin_census(world.engine)
    work(world)
    fetch_named([RecordRef(CONTACT, contact)], world.engine)
    world._run("UPDATE sightings SET missed_at = missed_at - interval '1 hour'")
    world._run("UPDATE backfills SET not_before = now()")

    work(world)

    assert world.engine.backfills.progress(number).state is State.DONE

"""Reading a part of the records again, deciding it anew, and the census that finds what no stream tells."""

from datetime import timedelta

import pytest

from baton.domain.backfill import Kind, Scope, State
from baton.domain.records import CONTACT, LEADS, RecordRef
from baton.flows.backfill import work_a_slice
from baton.flows.census import SECOND_LOOK, start_census


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


def begin(world, kind: Kind, **said) -> int:
    scope = Scope(**{"modules": world.engine.contract.modules, **said})
    return world.engine.backfills.start(kind, scope, now=world.engine.now())


def work(world) -> None:
    """Every slice that is due now."""
    while world.engine.backfills.has_work(now=world.engine.now()):
        world.due += work_a_slice(world.engine).due


def come(world, number):
    return world.engine.backfills.progress(number)


def change_behind_our_back(world, lead) -> None:
    """As if the increment had shown the edit and it had got lost: the mirror is old, the cursor is past it."""
    before = world._run
    world.zoho.post("people/edit", module="Leads", id=lead["id"], values={"Lifecycle_Stage": "Customer"})
    before("UPDATE cursors SET watermark = now() + interval '1 day', wide_pass_at = now() + interval '1 day'")


def stage_in_activecampaign(world, lead) -> str:
    contact = world.activecampaign.get(f"records/contact/{lead['ActiveCampaign_ID']}")
    return contact["fields"].get("LIFECYCLE_STAGE")


def test_a_backfill_of_everything_reads_everybody_and_decides_only_what_differs(world, lead):
    change_behind_our_back(world, lead)

    number = begin(world, Kind.BACKFILL)
    work(world)
    world.settle()

    progress = come(world, number)
    people = len(world.activecampaign.records("contact")) + len(world.zoho.records("Leads"))
    assert progress.state is State.DONE
    assert progress.read >= people
    assert progress.changed == 1
    assert stage_in_activecampaign(world, lead) == "Customer"


def test_a_backfill_by_ids_reads_those_and_no_other(world, lead):
    number = begin(world, Kind.BACKFILL, refs=(RecordRef(LEADS, lead["id"]),))
    asked = world.activecampaign.last()

    work(world)

    assert come(world, number).read == 1
    assert world.activecampaign.journal("call", after=asked) == []


def test_a_backfill_since_a_date_leaves_what_is_older(world, lead):
    number = begin(world, Kind.BACKFILL, modules=(LEADS,), since=world.engine.now() + timedelta(hours=1))

    work(world)

    assert come(world, number).read == 0
    assert come(world, number).state is State.DONE


def test_a_backfill_of_a_list_reads_its_contacts(world):
    lists = {row["name"]: row["id"] for row in world.activecampaign.records("list")}
    name, id_ = next(iter(lists.items()))
    members = [row for row in world.activecampaign.records("contact") if name in row["lists"]]

    number = begin(world, Kind.BACKFILL, narrowed=("listid", id_))
    work(world)

    assert come(world, number).read == len(members) > 0


def test_a_resync_decides_everybody_and_writes_nothing_that_is_in_step(world):
    told, asked = world.zoho.last(), world.activecampaign.last()

    number = begin(world, Kind.RESYNC)
    work(world)
    waiting = come(world, number).to_decide
    settle_bulk(world)

    assert waiting > 20
    assert come(world, number).is_over
    assert world.zoho.journal("effect", after=told) == []
    assert world.activecampaign.journal("effect", after=asked) == []


def settle_bulk(world) -> None:
    world.due += [
        ref for refs in world.engine.people.due(limit=10_000, now=world.engine.now()).values() for ref in refs
    ]
    world.settle()


def test_a_paused_backfill_reads_no_further_and_goes_on_when_resumed(world):
    number = begin(world, Kind.BACKFILL)
    world.engine.backfills.steer(number, State.PAUSED, now=world.engine.now())
    work(world)
    paused = come(world, number)

    world.engine.backfills.steer(number, State.RUNNING, now=world.engine.now())
    work(world)

    assert (paused.state, paused.read) == (State.PAUSED, 0)
    assert come(world, number).state is State.DONE


def test_a_backfill_goes_on_where_a_killed_worker_left_it(world):
    number = begin(world, Kind.BACKFILL)
    killed = world.engine.backfills.claim(now=world.engine.now())
    idle = work_a_slice(world.engine)
    world._run("UPDATE backfills SET leased_until = now() - interval '1 second'")

    work(world)

    assert killed.id == number
    assert idle.goes_on is False
    assert come(world, number).state is State.DONE


def test_writes_of_a_backfill_set_off_no_workflow_in_zoho(world, lead):
    world.activecampaign.post(
        "people/edit", module="contact", id=lead["ActiveCampaign_ID"], values={"firstName": "Behind"}
    )
    world._run("UPDATE cursors SET watermark = now() + interval '1 day', wide_pass_at = now() + interval '1 day'")
    told = world.zoho.last()

    begin(world, Kind.BACKFILL, modules=(CONTACT,))
    work(world)
    world.settle()

    [effect] = world.zoho.journal("effect", after=told)
    assert effect["trigger"] == []


def test_an_edit_that_waits_live_is_not_put_behind_the_backfill(world, lead):
    world.zoho.post("people/edit", module="Leads", id=lead["id"], values={"Lifecycle_Stage": "Customer"})
    for stream in world.engine.streams:
        world.pull(stream)

    begin(world, Kind.RESYNC, refs=(RecordRef(LEADS, lead["id"]),))
    work(world)

    assert world.status().inbox.depth == {"live": 1}


def census(world) -> int:
    assert start_census(world.engine, timedelta(hours=20))
    work(world)
    return world.engine.backfills.listed(limit=1)[0].id


def test_the_census_buries_no_contact_at_its_first_absence(world, lead):
    world.activecampaign.post("people/delete", module="contact", id=lead["ActiveCampaign_ID"])

    number = census(world)

    assert come(world, number).state is State.RUNNING
    assert come(world, number).gone == 0


def test_a_contact_that_is_missed_twice_is_gone_and_is_not_made_again(world, lead):
    world.activecampaign.post("people/delete", module="contact", id=lead["ActiveCampaign_ID"])
    number = census(world)

    an_interval_later(world)
    work(world)
    settle_bulk(world)

    assert come(world, number).state is State.DONE
    assert come(world, number).gone == 1
    addresses = {row["email"].lower() for row in world.activecampaign.records("contact")}
    assert lead["Email"].lower() not in addresses
    assert world.zoho.get(f"records/Leads/{lead['id']}")["id"] == lead["id"]


def an_interval_later(world) -> None:
    """A little more than the time between the two looks."""
    assert timedelta(seconds=601) > SECOND_LOOK
    world._run("UPDATE sightings SET missed_at = missed_at - interval '601 seconds'")
    world._run("UPDATE backfills SET not_before = not_before - interval '601 seconds'")


def test_a_vendor_that_answers_short_makes_nobody_look_deleted(make_world):
    world = make_world(people=120)
    world.cycle()
    for contact in world.activecampaign.records("contact")[:60]:
        world.activecampaign.post("people/delete", module="contact", id=contact["id"])

    number = census(world)

    assert come(world, number).state is State.FAILED
    assert "not believed" in come(world, number).note
    assert world.status().people.get("gone", 0) == 0


def test_the_census_comes_once_a_day(world):
    census(world)

    assert start_census(world.engine, timedelta(hours=20)) is False

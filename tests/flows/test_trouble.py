"""What goes wrong at the vendors, and what Baton makes of it."""

import pytest

from baton.domain.failures import Unauthorised
from baton.domain.records import LEADS, RecordRef
from baton.flows.sync import sync
from baton.flows.write import flush


@pytest.fixture
def world(make_world):
    made = make_world(people=10)
    made.cycle()
    return made


@pytest.fixture
def leads(world):
    return [row for row in world.zoho.records("Leads") if row.get("ActiveCampaign_ID")]


def rename(world, leads):
    for number, lead in enumerate(leads):
        values = {"fields": {"JOB_TITLE": f"Renamed{number}"}}
        world.activecampaign.post("people/edit", module="contact", id=lead["ActiveCampaign_ID"], values=values)


def names(world):
    return {row["Designation"] for row in world.zoho.records("Leads")}


def newcomer(world, email="new@comer.example"):
    world.activecampaign.post("people/create", module="contact", values={"email": email, "lastName": "Comer"})


def made_of(world, email):
    return [effect for effect in world.zoho.journal("effect") if effect["op"] == "create" and effect["email"] == email]


def test_a_create_that_timed_out_after_it_took_effect_is_found_and_not_sent_again(world, eventually):
    world.zoho.post("faults", kind="timeout_after_effect", route="POST /crm/v8/Leads*", nth=1, times=1, hold_seconds=4)
    newcomer(world)

    world.cycle()
    eventually(lambda: world.look_up() or world.status().outbox.total == 0)

    assert len(made_of(world, "new@comer.example")) == 1
    assert world.status().what_is_missing() == ()


def test_an_update_that_timed_out_after_it_took_effect_is_not_sent_again(world, leads, eventually):
    world.zoho.post("faults", kind="timeout_after_effect", route="PUT /crm/v8/Leads*", nth=1, times=1, hold_seconds=4)
    before = world.zoho.last()
    rename(world, leads[:1])

    world.cycle()
    eventually(lambda: world.look_up() or world.status().outbox.total == 0)

    assert len(world.zoho.journal("effect", after=before)) == 1
    assert world.status().what_is_missing() == ()


def test_a_create_that_never_arrived_is_sent_again_after_the_look_up(world, eventually):
    world.zoho.post("faults", kind="timeout_before_effect", route="POST /crm/v8/Leads*", nth=1, times=1, hold_seconds=4)
    newcomer(world)
    world.cycle()

    eventually(lambda: world.look_up() or world.settle() or world.status().outbox.total == 0)

    assert len(made_of(world, "new@comer.example")) == 1


def test_one_refused_record_does_not_sink_its_neighbours(world, leads):
    victim = leads[0]
    world.zoho.post(
        "faults", kind="reject", route="PUT /crm/v8/Leads*", ids=[victim["id"]], every=1, field="Designation"
    )
    rename(world, leads)

    world.cycle()

    letters = world.engine.dead_letters.listed()
    assert [(letter.code, letter.field, letter.queue) for letter in letters] == [
        ("INVALID_DATA", "Designation", "write")
    ]
    assert names(world) >= {f"Renamed{number}" for number in range(1, len(leads))}


def test_a_dead_letter_is_replayed_on_present_truth_and_only_once(world, leads):
    victim = leads[0]
    world.zoho.post(
        "faults", kind="reject", route="PUT /crm/v8/Leads*", ids=[victim["id"]], every=1, field="Designation"
    )
    rename(world, leads[:1])
    world.cycle()
    world.zoho.client.delete(f"{world.zoho.url}/_sandbox/faults")
    letter = world.engine.dead_letters.listed()[0]
    world.activecampaign.post(
        "people/edit", module="contact", id=victim["ActiveCampaign_ID"], values={"fields": {"JOB_TITLE": "Later"}}
    )
    before = world.zoho.last()

    replayed = [bool(world.engine.dead_letters.replay(letter.id, now=world.engine.now())) for _ in range(3)]
    world.cycle()

    assert replayed == [True, False, False]
    written = [effect["values"].get("Designation") for effect in world.zoho.journal("effect", after=before)]
    assert written == ["Later"]
    assert world.status().what_is_missing() == ()


def test_a_locked_record_waits_and_costs_no_try(world, leads):
    fault = world.zoho.post("faults", kind="locked", route="PUT /crm/v8/Leads*", ids=[leads[0]["id"]], every=1)
    rename(world, leads[:1])

    world.cycle()

    assert fault
    assert world.status().outbox.total == 1
    assert world.engine.dead_letters.listed() == ()


def test_a_revoked_token_pauses_the_connection_and_buries_nothing(world, leads):
    rename(world, leads)
    world.pull_activecampaign()
    world.decide()
    world.zoho.post("faults", kind="unauthorised", route="PUT /crm/v8/*", every=1)

    flush(LEADS, world.engine)

    assert world.engine.connections.paused(now=world.engine.now()) is not None
    assert world.engine.dead_letters.listed() == ()
    assert world.status().outbox.total == len(leads)


def test_a_bad_token_at_a_pull_is_told_as_unauthorised(world):
    world.activecampaign.post("faults", kind="unauthorised", route="GET /api/3/contacts*", every=1)

    with pytest.raises(Unauthorised):
        world.pull_activecampaign()


def test_a_filter_that_stopped_working_is_noticed_and_everything_is_read_instead(world):
    world.activecampaign.post("settings", date_filters_work=False)
    world.forget_proofs()

    world.pull_activecampaign()

    with world.engine.intake.desk.engine.connect() as tx:
        notes = tx.exec_driver_sql("SELECT note FROM runs WHERE note IS NOT NULL").scalars().all()
    assert notes == ["the window could not be trusted (a canary failed); everything was read instead"]


def test_a_record_that_ends_its_worker_again_and_again_is_buried(world, leads):
    rename(world, leads[:1])
    world.pull_activecampaign()
    ref = RecordRef.parse(f"activecampaign:contact:{leads[0]['ActiveCampaign_ID']}")
    for _ in range(world.engine.people.takes):
        world.engine.people.take([ref], now=world.engine.now())
        world.end_leases()

    sync([ref], world.engine)

    assert [letter.code for letter in world.engine.dead_letters.listed()] == ["deadly"]


def test_a_message_delivered_twice_decides_once(world, leads):
    rename(world, leads[:1])
    world.pull_activecampaign()
    ref = RecordRef.parse(f"activecampaign:contact:{leads[0]['ActiveCampaign_ID']}")

    sync([ref], world.engine)
    sync([ref], world.engine)

    assert world.status().outbox.total == 1


def test_a_write_that_ends_as_a_duplicate_again_and_again_is_buried_and_not_tried_for_ever(world, leads):
    victim = leads[0]
    world.zoho.post(
        "faults", kind="reject", route="PUT /crm/v8/Leads*", ids=[victim["id"]], every=1, code="CONVERTED_RECORD"
    )
    rename(world, leads[:1])
    before = world.zoho.last()

    for _ in range(3):
        world.cycle()

    sent = [call for call in world.zoho.journal("call", after=before) if call["method"] == "PUT"]
    assert [letter.code for letter in world.engine.dead_letters.listed()] == ["CONVERTED_RECORD"]
    assert len(sent) == 6

"""From a demo request in marketing to a salesperson's task: once, to the right one, whatever comes between."""

from datetime import UTC, datetime, timedelta

import pytest

from baton.domain.records import LEADS
from baton.domain.tasking import TASKS
from baton.flows.handoff import handoff, rehearse
from baton.flows.look_up import look_up
from baton.flows.write import flush

BRUNO = "487600000000022001"


@pytest.fixture
def world(make_world):
    made = make_world(people=3)
    made.engine.automation.handoffs.arm(made.engine.automation.plays, now=made.engine.now())
    made.cycle()
    return made


def stamp(**earlier):
    return (datetime.now(UTC) - timedelta(**earlier)).replace(microsecond=0).isoformat()


def request_demo(world, email="anna@berg.example", country="Germany"):
    """Somebody fills in the form, and the automation that it starts sets the stamp to now."""
    typed = {"first_name": "Anna", "last_name": "Berg", "fields": {"COUNTRY": country}}
    return world.activecampaign.post("people/submit_form", form="Demo request", email=email, **typed)


def requested(world, *, at, email="anna@berg.example"):
    """A contact whose form was sent in a while ago."""
    values = {"email": email, "lastName": "Berg", "fields": {"DEMO_REQUESTED_AT": at}}
    return world.activecampaign.post("people/create", module="contact", values=values)


def ask_again(world, contact, at=None):
    values = {"fields": {"DEMO_REQUESTED_AT": at or stamp()}}
    world.activecampaign.post("people/edit", module="contact", id=contact["id"], values=values)


def hand_over(world):
    """What the workers do, until nothing is left to do."""
    world.cycle()
    handoff(world.engine)
    for module in (LEADS, TASKS):
        flush(module, world.engine)
    handoff(world.engine)


def lead_of(world, email="anna@berg.example"):
    return next(row for row in world.zoho.records("Leads") if row["Email"] == email)


def tasks(world):
    return world.zoho.records("Tasks")


def told(world):
    return list(reversed(world.engine.automation.handoffs.listed()))


def states(world):
    return [each.state for each in told(world)]


def test_a_newcomers_demo_request_ends_as_a_lead_with_an_owner_and_a_task(world):
    request_demo(world)

    hand_over(world)

    lead = lead_of(world)
    (task,) = tasks(world)
    assert lead["Owner"]["id"] == BRUNO
    assert task["What_Id"]["id"] == lead["id"]
    assert (task["Owner"]["id"], task["Priority"]) == (BRUNO, "Highest")
    assert task["Subject"] == "Call within 15 minutes: Anna Berg"
    assert states(world) == ["done"]


def test_a_salesperson_who_owns_the_lead_keeps_it_and_gets_the_task(world):
    known = next(row for row in world.zoho.records("Leads") if row.get("ActiveCampaign_ID"))
    ask_again(world, {"id": known["ActiveCampaign_ID"]})

    hand_over(world)

    (task,) = tasks(world)
    assert task["Owner"]["id"] == known["Owner"]["id"]
    assert lead_of(world, known["Email"])["Owner"] == known["Owner"]


def test_the_same_request_seen_again_is_no_second_handoff(world):
    contact = request_demo(world)
    hand_over(world)

    world.activecampaign.post("people/edit", module="contact", id=contact["id"], values={"firstName": "Annabel"})
    hand_over(world)

    assert states(world) == ["done"]
    assert len(tasks(world)) == 1


def test_asking_twice_within_a_week_is_one_handoff_and_says_why(world):
    contact = request_demo(world)
    hand_over(world)

    ask_again(world, contact, at=stamp(seconds=-1))
    hand_over(world)

    assert states(world) == ["done", "suppressed"]
    assert told(world)[1].reason.startswith("cooldown: handed over on")
    assert len(tasks(world)) == 1


def test_a_request_that_is_seen_hours_late_sends_nobody_to_the_phone(world):
    world._run("UPDATE plays SET armed_at = now() - interval '1 day'")
    requested(world, at=stamp(hours=3))

    hand_over(world)

    assert states(world) == ["suppressed"]
    assert told(world)[0].reason.startswith("age of the trigger")
    assert tasks(world) == []


def test_what_happened_before_the_play_was_armed_is_history(world):
    requested(world, at=stamp(minutes=30))

    hand_over(world)

    assert states(world) == []


def test_a_lead_that_sales_has_thrown_away_is_left_out(world):
    known = next(row for row in world.zoho.records("Leads") if row.get("ActiveCampaign_ID"))
    world.zoho.post("people/edit", module="Leads", id=known["id"], values={"Lead_Status": "Junk Lead"})
    ask_again(world, {"id": known["ActiveCampaign_ID"]})

    hand_over(world)

    assert told(world)[0].reason == "unless Lead_Status is Junk Lead or Lost Lead: is so"


def test_a_task_whose_answer_was_lost_is_found_by_its_marker_and_not_made_twice(world, eventually):
    world.zoho.post("faults", kind="timeout_after_effect", route="POST /crm/v8/Tasks*", nth=1, times=1, hold_seconds=4)
    request_demo(world)

    hand_over(world)
    eventually(lambda: look_up(TASKS, world.engine).has_handoffs)
    handoff(world.engine)

    assert len(tasks(world)) == 1
    assert states(world) == ["done"]


def test_a_task_that_never_arrived_is_sent_again_after_a_look(world, eventually):
    world.zoho.post("faults", kind="reset", route="POST /crm/v8/Tasks*", nth=1, times=1)
    request_demo(world)

    hand_over(world)
    eventually(lambda: look_up(TASKS, world.engine).has_handoffs)
    world._run("UPDATE outbox SET not_before = now() - interval '1 second' WHERE state = 'waiting'")
    hand_over(world)

    assert len(tasks(world)) == 1
    assert states(world) == ["done"]


def test_a_task_that_zoho_refuses_leaves_a_dead_handoff_that_may_be_tried_again(world):
    world.zoho.post("faults", kind="reject", route="POST /crm/v8/Tasks*", nth=1, times=1)
    request_demo(world)
    hand_over(world)
    died = states(world)

    is_dead = world.engine.automation.handoffs.retry(told(world)[0].id, now=world.engine.now())
    hand_over(world)

    assert (died, is_dead) == (["dead"], True)
    assert states(world) == ["done"]
    assert len(tasks(world)) == 1


def test_a_decision_about_other_fields_does_not_take_the_handoffs_writes_back(world):
    contact = request_demo(world)
    world.cycle()
    handoff(world.engine)

    world.activecampaign.post("people/edit", module="contact", id=contact["id"], values={"firstName": "Annabel"})
    hand_over(world)

    assert states(world) == ["done"]
    assert (lead_of(world)["First_Name"], lead_of(world)["Owner"]["id"]) == ("Annabel", BRUNO)


def test_nothing_moves_once_it_is_done(world):
    request_demo(world)
    hand_over(world)
    world.cycle()
    before = world.zoho.last()

    hand_over(world)

    assert world.zoho.journal("effect", after=before) == []


def test_a_rehearsal_tells_and_writes_nothing(world):
    request_demo(world)
    world.cycle()
    (play,) = world.engine.automation.plays

    case, outcome = rehearse(play, "anna@berg.example", world.engine)

    assert case.record is not None
    assert outcome.owner.id == BRUNO
    assert tasks(world) == []


def test_every_step_is_told_without_a_value_of_the_person(world):
    request_demo(world)

    hand_over(world)

    (shown,) = told(world)
    assert "country DE: 1 of 2 routes are meant" in [f"{step.looked_at}: {step.outcome}" for step in shown.steps]
    assert [write["state"] for write in shown.writes] == ["done", "done"]
    assert "anna" not in str(shown).lower()

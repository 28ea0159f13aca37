"""Clocks that run for handoffs: who stops them, and who is told when nobody does."""

import pytest

from baton.domain.records import LEADS
from baton.domain.tasking import TASKS
from baton.flows.handoff import handoff
from baton.flows.sla import sla
from baton.flows.write import flush


@pytest.fixture
def world(make_world):
    """Somebody has asked for a demo and was handed over."""
    made = make_world(people=4)
    made.engine.automation.handoffs.arm(made.engine.automation.plays, now=made.engine.now())
    made.cycle()
    typed = {"first_name": "Anna", "last_name": "Berg", "fields": {"COUNTRY": "Germany"}}
    made.activecampaign.post("people/submit_form", form="Demo request", email="anna@berg.example", **typed)
    made.cycle()
    handoff(made.engine)
    flush(TASKS, made.engine)
    flush(LEADS, made.engine)
    handoff(made.engine)
    made.cycle()
    return made


@pytest.fixture
def task(world):
    return world.zoho.records("Tasks")[0]


@pytest.fixture
def lead(world, task):
    return next(row for row in world.zoho.records("Leads") if row["id"] == task["What_Id"]["id"])


def minutes_pass(world, minutes):
    """As if the request had been made so much earlier."""
    earlier = f"- interval '{minutes} minutes'"
    moved = ", ".join(f"{name} = {name} {earlier}" for name in ("started_at", "at_risk_at", "due_at", "look_at"))
    world._run(f"UPDATE clocks SET {moved}")  # noqa: S608 - names and numbers of this page
    sla(world.engine)


def look_now(world):
    world._run("UPDATE clocks SET look_at = now() - interval '1 second' WHERE look_at < 'infinity'")
    sla(world.engine)


def clock(world):
    return world.engine.automation.handoffs.listed()[0].clocks[0]


def kinds(world):
    told = world.engine.automation.handoffs.listed()[0]
    return [notice["kind"] for notice in told.notices if notice["channel"] == "log"]


def test_a_completed_task_stops_the_clock_that_runs_since_the_request(world, task):
    began, happened = clock(world)["started_at"], world.engine.automation.handoffs.listed()[0].happened_at
    world.zoho.post("people/edit", module="Tasks", id=task["id"], values={"Status": "Completed"})

    look_now(world)

    assert (clock(world)["state"], clock(world)["touched_how"]) == ("satisfied", "a task was completed")
    assert began == happened


def test_a_changed_status_stops_it(world, lead):
    world.zoho.post("people/edit", module="Leads", id=lead["id"], values={"Lead_Status": "Contacted"})
    world.cycle()

    look_now(world)

    assert (clock(world)["state"], clock(world)["touched_how"]) == ("satisfied", "Lead_Status was changed")


def test_another_task_of_the_lead_is_seen_before_anything_unpleasant_is_said(world, lead):
    other = {"Subject": "Called", "Status": "Completed", "What_Id": {"id": lead["id"]}, "$se_module": "Leads"}
    world.zoho.post("people/create", module="Tasks", values=other)

    minutes_pass(world, 11)

    assert clock(world)["state"] == "satisfied"
    assert kinds(world) == ["handed over"]


def test_it_is_told_once_that_time_runs_out_and_once_and_to_somebody_that_it_has(world):
    for minutes in (11, 1, 4, 6):
        minutes_pass(world, minutes)
        look_now(world)

    found = world.engine.automation.notices.take(limit=10, now=world.engine.now())
    assert clock(world)["state"] == "breached"
    assert [(notice.kind, notice.facts.get("escalate_to")) for notice in found] == [
        ("handed over", None),
        ("at risk", None),
        ("breached", "agnes.adler@sales.example"),
    ]


def test_a_call_that_comes_too_late_is_still_noted(world, task):
    minutes_pass(world, 16)
    world.zoho.post("people/edit", module="Tasks", id=task["id"], values={"Status": "Completed"})

    look_now(world)

    assert (clock(world)["state"], clock(world)["breached_at"]) == ("satisfied", clock(world)["due_at"])


def test_while_zoho_is_away_nothing_unpleasant_is_said_too_early(world):
    world.zoho.post("faults", kind="status", status=503, route="GET /crm/v8/*", every=1)

    minutes_pass(world, 11)

    assert (clock(world)["state"], kinds(world)) == ("on track", ["handed over"])


def test_a_suppressed_request_runs_no_clock_and_tells_nobody(world):
    known = world.engine.automation.handoffs.listed()[0]
    values = {"fields": {"DEMO_REQUESTED_AT": known.happened_at.replace(microsecond=0, hour=0).isoformat()}}
    contact = known.contact.rpartition(":")[2]
    world._run("UPDATE plays SET armed_at = armed_at - interval '2 days'")
    world.activecampaign.post("people/edit", module="contact", id=contact, values=values)
    world.cycle()

    handoff(world.engine)

    newest = world.engine.automation.handoffs.listed()[0]
    assert (newest.state, newest.clocks, newest.notices) == ("suppressed", (), ())

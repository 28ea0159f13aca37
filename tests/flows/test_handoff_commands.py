"""`baton plays` and `baton handoffs` on a connection that has handed somebody over."""

import json

import pytest
from click.testing import CliRunner

from baton.domain.records import LEADS
from baton.domain.tasking import TASKS
from baton.flows.handoff import handoff
from baton.flows.write import flush
from console.cli.main import main
from workers import wiring


@pytest.fixture
def world(make_world):
    made = make_world(people=2)
    made.engine.automation.handoffs.arm(made.engine.automation.plays, now=made.engine.now())
    typed = {"first_name": "Anna", "last_name": "Berg", "fields": {"COUNTRY": "Germany"}}
    made.activecampaign.post("people/submit_form", form="Demo request", email="anna@berg.example", **typed)
    made.cycle()
    handoff(made.engine)
    for module in (LEADS, TASKS):
        flush(module, made.engine)
    handoff(made.engine)
    return made


@pytest.fixture
def baton(world, database_url, tmp_path, monkeypatch):
    monkeypatch.setenv("BATON_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("BATON_DATABASE_URL", database_url)
    monkeypatch.setenv("BATON_REDIS_URL", "redis://unused")
    # The same engine for every command: one that each made for itself would be closed by its process only.
    monkeypatch.setattr(wiring, "engine_for", lambda _: world.engine)
    return lambda *arguments: CliRunner().invoke(main, arguments)


def test_what_was_handed_over_is_listed_and_told_step_by_step(baton):
    listed = json.loads(baton("handoffs", "list", "--json").output)
    shown = baton("handoffs", "show", "1").output

    assert [(each["id"], each["state"], each["owner"]) for each in listed] == [(1, "done", "Bruno Becker")]
    assert "handoff 1: demo_request, done" in shown
    assert "route to bruno.becker@sales.example: chosen: Bruno Becker" in shown
    assert "speed_to_lead: state on track" in shown
    assert "anna" not in shown.lower()


def test_the_handoff_stands_in_the_story_of_the_person(baton):
    told = baton("explain", "anna@berg.example").output

    assert "handoff 1 demo_request acting: Bruno Becker is to call" in told
    assert "handoff 1 demo_request done" in told


def test_a_play_can_be_tried_on_somebody_without_doing_anything(baton, world):
    result = baton("plays", "simulate", "anna@berg.example")

    assert result.exit_code == 0
    assert "→ nothing: cooldown: handed over on" in result.output
    assert len(world.engine.automation.handoffs.listed()) == 1


def test_the_accounts_are_asked_for_the_fields_and_users_that_plays_name(baton):
    sound = baton("plays", "check", "--accounts")

    assert (sound.exit_code, "✓ the accounts have the fields and the users" in sound.output) == (0, True)


def test_the_plays_are_listed_with_their_triggers(baton):
    said = baton("plays", "list").output

    assert "demo_request: fields.DEMO_REQUESTED_AT gets a new stamp; armed since" in said
    assert "AT, CH, DE → bruno.becker@sales.example" in said


def test_what_cannot_be_done_is_told_in_a_line(baton):
    asked = {
        ("handoffs", "show", "77"): (1, "there is no handoff 77"),
        ("handoffs", "retry", "1"): (1, "1: is not a dead handoff"),
        ("handoffs", "list", "--state", "dead"): (0, "No handoffs (dead)."),
        ("plays", "simulate", "nobody@x.example"): (1, "nobody with the address nobody@x.example"),
        ("plays", "simulate", "nobody"): (2, "'nobody' is no e-mail address"),
        ("plays", "simulate", "anna@berg.example", "--play", "dmo"): (1, "there is no such play"),
    }

    results = {command: baton(*command) for command in asked}

    assert {command: result.exit_code for command, result in results.items()} == {
        c: code for c, (code, _) in asked.items()
    }
    assert [command for command, (_, said) in asked.items() if said not in results[command].output] == []

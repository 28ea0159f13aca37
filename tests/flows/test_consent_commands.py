"""`baton consent` on a connection where somebody has left."""

import json

import pytest
from click.testing import CliRunner

from baton.domain.records import CONTACT
from console.cli.main import main
from workers import wiring

ANNA = "anna@berg.example"


@pytest.fixture
def world(make_world):
    made = make_world(people=1)
    lists = {"Newsletter": "1"}
    typed = {"email": ANNA, "firstName": "Anna", "lastName": "Berg", "lists": lists}
    contact = made.activecampaign.post("people/create", module=CONTACT.name, values=typed)
    made.cycle()
    made.activecampaign.post("people/unsubscribe", id=contact["id"])
    made.cycle()
    return made


@pytest.fixture
def baton(world, database_url, tmp_path, monkeypatch):
    monkeypatch.setenv("BATON_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("BATON_DATABASE_URL", database_url)
    monkeypatch.setenv("BATON_REDIS_URL", "redis://unused")
    monkeypatch.setenv("LOGNAME", "olga")
    # The same engine for every command: one that each made for itself would be closed by its process only.
    monkeypatch.setattr(wiring, "engine_for", lambda _: world.engine)
    return lambda *arguments: CliRunner().invoke(main, ("consent", *arguments))


def test_what_holds_is_shown_with_who_said_it_and_since_when(baton):
    told = baton("show", ANNA).output
    plain = json.loads(baton("show", ANNA.upper(), "--json").output)

    assert told.splitlines()[0] == f"{ANNA}: opted out"
    assert "said by activecampaign:contact:" in told
    assert plain["state"] == "restricted"
    assert "Unsubscribed" in plain["words"].values()


def test_evidence_is_kept_and_said_to_lift_or_not_to_lift(baton):
    older = baton("record", ANNA, "--source", "letter", "--at", "2020-01-01T12:00:00")
    plain = json.loads(baton("show", ANNA, "--json").output)

    assert (older.exit_code, older.output.startswith("kept, but the opt-out of")) == (0, True)
    assert [proof["source"] for proof in plain["evidence"]] == ["letter"]


def test_what_cannot_be_done_is_told_in_a_line(baton):
    asked = {
        ("show", "nobody@berg.example"): (1, "no record with the address nobody@berg.example was ever seen"),
        ("show", "anna"): (2, "anna is no e-mail address"),
        ("record", ANNA, "--source", "letter", "--at", "2999-01-01T12:00:00"): (1, "cannot lie in the future"),
        ("record", ANNA, "--source", "letter"): (2, "Missing option '--at'"),
        ("restrict", "nobody@berg.example"): (1, "no record with the address"),
        ("reviews",): (0, "Nothing to review."),
    }

    results = {command: baton(*command) for command in asked}

    assert {command: result.exit_code for command, result in results.items()} == {
        command: code for command, (code, _) in asked.items()
    }
    assert [command for command, (_, said) in asked.items() if said not in results[command].output] == []

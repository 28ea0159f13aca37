"""`baton runs` and `baton explain --calls` on a connection that has worked."""

import base64
import json

import pytest
from click.testing import CliRunner
from cryptography.fernet import Fernet

from console.cli.main import main

KEY = Fernet.generate_key()


@pytest.fixture
def world(make_world, monkeypatch):
    monkeypatch.setattr(Fernet, "generate_key", lambda: KEY)
    made = make_world(people=5)
    made.cycle()
    return made


@pytest.fixture
def lead(world):
    return next(row for row in world.zoho.records("Leads") if row.get("ActiveCampaign_ID"))


@pytest.fixture
def baton(world, database_url, tmp_path, monkeypatch):
    monkeypatch.setenv("BATON_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("BATON_DATABASE_URL", database_url)
    monkeypatch.setenv("BATON_REDIS_URL", "redis://unused")
    monkeypatch.setenv("BATON_SECRET_KEY", KEY.decode())
    return lambda *arguments: CliRunner().invoke(main, arguments)


@pytest.fixture
def pulled(baton):
    """The run that read the contacts."""
    runs = json.loads(baton("runs", "list", "--json").output)
    return next(run for run in runs if run["stream"] == "activecampaign:contact:changes")


def test_runs_are_listed_newest_first(baton, pulled):
    listed = baton("runs", "list", "--kind", "pull", "--since", "1h").output.splitlines()

    numbers = [int(line.split()[0]) for line in listed]
    assert numbers == sorted(numbers, reverse=True)
    line = listed[numbers.index(pulled["id"])]
    assert "pull of activecampaign:contact:changes: pages 1, rows 5, changed 5, gone 0; " in line
    assert f"{pulled['calls']} calls" in line


def test_runs_that_do_not_match_are_left_out(baton):
    filters = (("--kind", "census"), ("--failed",), ("--since", "2999-01-01"))

    assert {baton("runs", "list", "--json", *given).output for given in filters} == {"[]\n"}


def test_a_run_is_shown_with_its_calls_and_what_it_led_to(baton, pulled):
    shown = baton("runs", "show", str(pulled["id"])).output

    assert "pull of activecampaign:contact:changes" in shown
    assert "pages 1, rows 5, changed 5, gone 0" in shown
    assert "activecampaign GET /contacts ok: " in shown
    assert "decided 5" in shown
    report = json.loads(baton("runs", "show", str(pulled["id"]), "--json").output)
    assert report["run"]["took"] > 0
    assert report["led_to"]["decided"] == 5


def test_a_run_that_is_not_there_is_told_and_an_empty_list_is_no_error(baton):
    missing, none = baton("runs", "show", "4711"), baton("runs", "list", "--failed")

    assert (none.exit_code, "No such runs" in none.output) == (0, True)
    assert (missing.exit_code, missing.output) == (
        1,
        "Error: there is no run 4711; `baton runs list` shows the newest\n",
    )


def test_a_moment_nobody_understands_is_told(baton):
    wrong = baton("runs", "list", "--since", "soon")

    assert wrong.exit_code == 2
    assert "'soon' is no moment" in wrong.output


def test_a_person_is_explained_with_the_calls_and_nobody_else(baton, world, lead):
    others = {row["email"] for row in world.activecampaign.records("contact")} - {lead["Email"].lower()}

    told = baton("explain", f"zoho:Leads:{lead['id']}", "--calls")

    assert told.exit_code == 0
    assert "API calls" in told.output
    assert "zoho P" in told.output
    assert "/crm/v8/Leads" in told.output
    assert f'"{lead["ActiveCampaign_ID"]}"' in told.output
    assert [email for email in others if email in told.output] == []


def test_a_masked_explanation_names_nobody(baton, lead):
    told = baton("explain", f"zoho:Leads:{lead['id']}", "--calls", "--masked").output

    assert "•••(" in told
    assert [name for name in ("Email", "Last_Name", "Phone") if lead[name] and lead[name] in told] == []


def test_calls_are_part_of_the_json_only_when_they_are_asked_for(baton, lead):
    with_calls = json.loads(baton("explain", f"zoho:Leads:{lead['id']}", "--calls", "--json").output)
    without = json.loads(baton("explain", f"zoho:Leads:{lead['id']}", "--json").output)

    assert with_calls[0]["calls"][0]["outcome"] == "ok"
    assert "calls" not in without[0]


def test_another_key_is_told_and_the_rest_is_still_shown(baton, lead, monkeypatch):
    monkeypatch.setenv("BATON_SECRET_KEY", base64.urlsafe_b64encode(b"another key of 32 bytes, surely.").decode())

    told = baton("explain", f"zoho:Leads:{lead['id']}", "--calls")

    assert "cannot be shown: sealed with another key" in told.output

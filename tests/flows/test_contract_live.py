"""The contract held against both accounts: every no at once, with the file, the line and what to do."""

import json
import shutil
from dataclasses import replace

import pytest
from click.testing import CliRunner

from config.policy.reading import read_policy
from config.settings import CHECKOUT
from console.cli import contract_live
from console.cli.main import main


@pytest.fixture
def world(make_world):
    return make_world(people=2)


@pytest.fixture
def check(world, tmp_path, monkeypatch, database_url):
    """`check(old, new, …)`: the demo connection with these words replaced, held against the accounts."""
    monkeypatch.setenv("BATON_CONNECTIONS_DIR", str(tmp_path / "connections"))
    monkeypatch.setenv("BATON_DATABASE_URL", database_url)
    monkeypatch.setenv("BATON_REDIS_URL", "redis://unused")
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "connections" / "demo"
    shutil.copytree(CHECKOUT / "config" / "connections" / "demo", folder)

    def engine(_name):
        policy = read_policy(folder)
        automation = replace(
            world.engine.automation, plays=policy.automation.plays, clock_rules=policy.automation.clock_rules
        )
        return replace(world.engine, contract=policy.contract, automation=automation)

    monkeypatch.setattr(contract_live, "engine_for", engine)

    def checked(*edits, file="contract.yaml", options=()):
        text = (folder / file).read_text(encoding="utf-8")
        for old, new in edits:
            assert old in text
            text = text.replace(old, new)
        (folder / file).write_text(text, encoding="utf-8")
        return CliRunner().invoke(main, ["contract", "check", "--live", *options])

    return checked


def test_the_practice_accounts_suit_the_demo_contract(check):
    result = check()

    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "✓ demo: 14 fields, all in order"), result.output


def test_all_that_an_account_has_not_is_told_at_once_with_its_line(check):
    result = check(
        ("zoho: Renewal_Date", "zoho: Renewal_Dat"),
        ("activecampaign: fields.JOB_TITLE", "activecampaign: fields.JOB_TITEL"),
        ("fallback: Advertisement", "fallback: Word of mouth"),
        ("opt_out: Email_Opt_Out", "opt_out: Lead_Source_Out"),
        ("activecampaign_id: ActiveCampaign_ID", "activecampaign_id: Phone_Two"),
        ("zoho: Budget", "zoho: Created_Time_Two"),
    )

    told = result.output.splitlines()
    assert result.exit_code == 1
    for line in (
        "Zoho: Renewal_Dat of Leads suits renewal_date: there is no such field. Did you mean Renewal_Date?",
        "ActiveCampaign: fields.JOB_TITEL of contact suits job_title: there is no such field.",
        'Zoho: Lead_Source of Leads knows the words of source: it does not know "Word of mouth".',
        "Zoho: Created_Time_Two of Contacts suits budget: there is no such field.",
        "Zoho: Phone_Two of Leads is a unique key: there is no such field.",
        "Zoho: Lead_Source_Out of Leads takes an opt-out: there is no such field.",
    ):
        assert any(line in each for each in told), (line, result.output)
    assert all(each.startswith("connections/demo/contract.yaml:") for each in told if "there is no such field" in each)


def test_the_line_is_that_of_the_key(check, tmp_path):
    result = check(("zoho: Renewal_Date", "zoho: Renewal_Dat"), options=["--json"])

    problem = json.loads(result.output)["problems"][0]
    lines = (tmp_path / problem["file"]).read_text(encoding="utf-8").splitlines()
    assert (problem["key"], lines[problem["line"] - 1].strip()) == ("fields.renewal_date.zoho", "zoho: Renewal_Dat")


@pytest.mark.parametrize(
    ("file", "edit", "key", "told"),
    [
        (
            "handoff.yaml",
            ("any_of: [Junk Lead, Lost Lead]", "any_of: [Junk Leads, Lost Lead]"),
            "plays.demo_request.gates",
            'its list has no "Junk Leads".',
        ),
        (
            "handoff.yaml",
            ("stamped: fields.DEMO_REQUESTED_AT", "stamped: fields.DEMO_REQUESTED"),
            "plays.demo_request.trigger",
            "there is no such field.",
        ),
        ("sla.yaml", ("Leads: Lead_Status", "Leads: Lead_State"), "clocks.speed_to_lead", "there is no such field."),
        (
            "contract.yaml",
            (
                "\n  activecampaign_id:",
                "\n  filters: {zoho: {unless: [{field: Lead_Source, any_of: [Junk]}]}}\n  activecampaign_id:",
            ),
            "people.filters.zoho",
            'its list has no "Junk".',
        ),
        (
            "contract.yaml",
            ("any_of: [Customer]}]", "any_of: [Customer]}, {field: fields.VIPS, any_of: [yes]}]"),
            "people.placement_rules",
            "there is no such field.",
        ),
    ],
)
def test_conditions_that_could_never_hold_are_found_in_whichever_file_they_stand(check, file, edit, key, told):
    result = check(edit, file=file, options=["--json"])

    problems = json.loads(result.output)["problems"]
    found = [each for each in problems if each["file"].endswith(file) and each["key"] == key]
    assert (result.exit_code, [told in each["text"] for each in found][:1]) == (1, [True]), result.output


def test_an_account_that_does_not_answer_is_said_and_the_other_is_asked_all_the_same(check, world):
    world.zoho.post("faults", kind="status", route="GET */settings/*", status=503, every=1)

    result = check(("activecampaign: fields.JOB_TITLE", "activecampaign: fields.JOB_TITEL"))

    assert result.exit_code == 1
    assert "connection.yaml:1: Zoho: the fields of Leads may be read: " in result.output, result.output
    assert "fields.JOB_TITEL of contact suits job_title: there is no such field." in result.output

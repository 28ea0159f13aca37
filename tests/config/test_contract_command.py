"""`baton contract`, as it is typed."""

import json

import pytest
from click.testing import CliRunner

from config.policy.outline import json_schema
from config.policy.written_connection import WrittenConnection
from console.cli.contract import contract

SOUND = """version: 1
people: {placement: Leads}
fields:
  email: {type: email, activecampaign: email, zoho: Email}
  last_name: {type: last_name, activecampaign: lastName, zoho: Last_Name}"""


@pytest.fixture
def run(tmp_path):
    def ran(*words):
        return CliRunner().invoke(contract, words, env={"BATON_CONNECTIONS_DIR": str(tmp_path)})

    return ran


def test_a_sound_contract_leaves_with_zero(write, run):
    write()

    result = run("check")

    assert (result.exit_code, result.output) == (0, "✓ demo: 2 fields, all in order\n")


def test_problems_leave_with_one_and_are_counted(write, run):
    write(contract="version: 1\npeople: {placement: Leads}\nfields: {}\n")

    result = run("check")

    assert result.exit_code == 1
    assert "contract.yaml:3: fields: no field has the type email" in result.output
    assert "2 problems found." in result.output


def test_more_fields_than_zoho_shows_in_one_read_are_told_with_those_beyond(write, run):
    fields = [f"  f{n}: {{type: text, activecampaign: fields.F{n}, zoho: {{Leads: F{n}}}}}" for n in range(50)]
    write(contract="\n".join([SOUND, *fields]))

    result = run("check")

    assert result.exit_code == 1
    assert "contract.yaml:" in result.output
    assert "fields: Zoho shows at most 50 fields in one read; 7 are Baton's own, so 43 of Leads fit." in result.output
    assert "Take out 10: F40, F41, F42, F43, F44 … are beyond it." in result.output


def test_a_connection_that_is_not_there_leaves_with_two(write, run):
    write()

    result = run("check", "--connection", "dmo")

    assert result.exit_code == 2
    assert 'there is no connection "dmo". Did you mean "demo"?' in result.output


def test_one_connection_can_be_checked_alone(write, run):
    write()
    write("broken", contract="")

    result = run("check", "--connection", "demo")

    assert result.exit_code == 0


def test_no_connection_at_all_is_a_problem_and_no_crash(run):
    result = run("check")

    assert result.exit_code == 1
    assert "holds no connection" in result.output


def test_problems_can_be_read_by_a_machine(write, run):
    write(contract="version: 1\npeople: {placement: Lead}\nfields: {}\n")

    result = run("check", "--json")

    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert told["ok"] is False
    assert told["problems"][0]["line"] == 2
    assert told["problems"][0]["key"] == "people.placement"
    assert told["problems"][0]["advice"] == 'Did you mean "Leads"?'


def test_settings_that_cannot_be_used_are_told_too(write, run, monkeypatch):
    write()
    monkeypatch.setenv("BATON_SYNC__LEASE", "soon")

    result = run("check")

    assert result.exit_code == 1
    assert "BATON_SYNC__LEASE" in result.output


def test_the_schema_of_either_file_can_be_had(run):
    result = run("schema", "--kind", "connection")

    assert json.loads(result.output) == json_schema(WrittenConnection)


@pytest.mark.parametrize("words", [("--help",), ("check", "--help"), ("schema", "--help")])
def test_help_teaches(run, words):
    result = run(*words)

    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 8

"""The command `baton-sandbox`."""

import os
import signal
import subprocess
import sys

import httpx
import pytest
from click.testing import CliRunner

from sandbox.main import main
from sandbox.serving import bound_socket


def test_the_help_teaches():
    said = CliRunner().invoke(main, ["--help"])

    assert said.exit_code == 0
    assert all(word in said.output for word in ("--people", "--data", "/_sandbox/", "Examples"))


def test_a_crm_nobody_knows_is_refused():
    assert CliRunner().invoke(main, ["salesforce"]).exit_code == 2


def test_a_port_that_is_taken_is_said_plainly():
    with bound_socket("127.0.0.1", 0) as taken:
        taken.listen()
        said = CliRunner().invoke(main, ["activecampaign", "--people", "1", "--port", str(taken.getsockname()[1])])

    assert said.exit_code == 1
    assert "cannot listen" in said.output


def test_the_line_that_says_ready_is_true(tmp_path):
    arguments = ["activecampaign", "--people", "15", "--data", str(tmp_path / "a.db"), "--limits", "off"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

    with subprocess.Popen(
        [sys.executable, "-m", "sandbox.main", *arguments], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        line = process.stdout.readline()
        health = httpx.get(f"{line.split()[-1]}/_sandbox/health").json()
        settings = httpx.get(f"{line.split()[-1]}/_sandbox/settings").json()
        process.send_signal(signal.SIGTERM)
        code = process.wait(10)

    assert line.startswith("ready on http://127.0.0.1:")
    assert code == 0
    assert (health["records"]["contact"], settings["limits"]) == (15, False)


def said_by(*arguments):
    return CliRunner().invoke(main, list(arguments))


def test_switches_are_listed_with_their_defaults_and_doubts():
    both, one = said_by("--list-switches"), said_by("zoho", "--list-switches")

    assert "rate_window" in both.output
    assert "rate_window" not in one.output
    assert "coql_lag_seconds = 0   (or 30)" in one.output
    assert "Uncertain: that it sees fresh writes" in one.output


def test_faults_are_listed_with_their_keys():
    said = said_by("--list-faults").output

    assert "timeout_after_effect" in said
    assert "Keys: after_effect, body, headers, status." in said


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((), "Say which practice CRM: activecampaign or zoho."),
        (("zoho", "--set", "limits"), "--set limits: NAME=VALUE is wanted"),
        (("zoho", "--set", "limts=true"), "--set limts=true: there is no setting 'limts'; perhaps limits is meant"),
        (("zoho", "--set", "limits=perhaps"), "--set limits=perhaps: the setting 'limits' looks like true"),
        (("zoho", "--data", "/nowhere/zoho.db"), "cannot keep a world in /nowhere/zoho.db"),
        (("zoho", "--faults", "/nowhere/trouble.yaml"), "/nowhere/trouble.yaml: cannot be read"),
        (("zoho", "--port", "99999"), "99999 is not in the range"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(arguments, error):
    said = said_by(*arguments)

    assert said.exit_code in {1, 2}
    assert error in said.output.splitlines()[-1]


def test_a_switch_of_another_crm_in_the_file_is_named_by_its_line(tmp_path):
    path = tmp_path / "trouble.yaml"
    path.write_text("switches:\n  limits: true\n  rate_window: fixed\n", encoding="utf-8")

    said = said_by("zoho", "--faults", str(path))

    assert f"Error: {path}:3: rate_window: there is no setting 'rate_window'" in said.output


def test_a_practice_crm_alone_keeps_the_limits_and_has_what_its_file_orders(tmp_path):
    path = tmp_path / "trouble.yaml"
    path.write_text("faults:\n  - {kind: reset, route: GET /api/3/tags}\n", encoding="utf-8")
    arguments = ["activecampaign", "--people", "1", "--faults", str(path), "--set", "rate_window=fixed"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

    with subprocess.Popen(
        [sys.executable, "-m", "sandbox.main", *arguments], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        control = f"{process.stdout.readline().split()[-1]}/_sandbox"
        settings, faults = httpx.get(f"{control}/settings").json(), httpx.get(f"{control}/faults").json()["faults"]
        process.send_signal(signal.SIGTERM)

    assert (settings["limits"], settings["rate_window"]) == (True, "fixed")
    assert [fault["kind"] for fault in faults] == ["reset"]

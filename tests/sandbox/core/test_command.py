"""The command `baton-sandbox`."""

import os
import signal
import subprocess
import sys

import httpx
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

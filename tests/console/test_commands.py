"""`baton` itself: quick to help, and clear when there is nothing to talk to."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from console.cli.main import COMMANDS, main
from console.cli.status import status
from console.cli.up import up

HEAVY = ("celery", "sqlalchemy", "httpx", "pydantic", "rich", "workers.wiring")


@pytest.fixture
def baton(tmp_path, monkeypatch):
    monkeypatch.setenv("BATON_STATE_DIR", str(tmp_path))
    monkeypatch.delenv("BATON_DATABASE_URL", raising=False)
    monkeypatch.delenv("BATON_REDIS_URL", raising=False)
    return lambda *arguments: CliRunner().invoke(main, arguments)


def test_help_imports_nothing_heavy():
    code = "import sys; from console.cli.main import main; main(['--help'], standalone_mode=False); "
    code += f"print([module for module in {HEAVY} if module in sys.modules])"

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert said.splitlines()[-1] == "[]"


def test_help_names_every_command_and_what_it_is_for(baton):
    said = baton("--help").output

    assert all(name in said for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_teaches_its_use(baton, name):
    result = baton(name, "--help")

    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_an_unknown_command_is_told(baton):
    result = baton("improve")

    assert result.exit_code == 2
    assert "No such command 'improve'" in result.output


@pytest.mark.parametrize(
    "command", [("status",), ("runs", "list"), ("practice", "list"), ("practice", "show", "anna@example.com")]
)
def test_without_a_running_baton_the_way_to_one_is_told(baton, command):
    result = baton(*command)

    assert result.exit_code == 1
    assert "Baton is not running here" in result.output
    assert "make up" in result.output


def test_a_broken_setting_is_told_and_does_not_hinder_help(baton, monkeypatch):
    monkeypatch.setenv("BATON_SYNC__LEASE", "soon")

    broken = baton("status")

    assert broken.exit_code == 1
    assert "BATON_SYNC__LEASE" in broken.output
    assert baton("--help").exit_code == 0


def test_status_and_up_keep_their_names():
    assert (status.name, up.name) == ("status", "up")

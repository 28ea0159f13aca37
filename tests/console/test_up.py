"""`make up` as a whole, with real servers, workers and practice CRMs."""

import json
import os
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from console.cli.main import main
from console.embedded.mark import ProcessMark
from console.up.processes import PROCESSES
from console.up.record import read_record

pytestmark = [pytest.mark.processes, pytest.mark.timeout(400)]


@pytest.fixture
def state(tmp_path, monkeypatch):
    for name in ("BATON_DATABASE_URL", "BATON_REDIS_URL", "BATON_CONNECTIONS_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BATON_STATE_DIR", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def up(state):
    """Begins `baton up`; whatever is still running at the end is told to end."""
    started = []

    def begin(*arguments):
        argv = [sys.executable, "-m", "console.cli.main", "up", "--people", "20", *arguments]
        started.append(
            subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ)
        )
        return started[-1]

    yield begin
    for process in started:
        process.terminate()
        process.communicate(timeout=90)


def children_of(state):
    return list(read_record(state).children.values())


def read_until(process, words):
    """All lines up to the one with the words in it."""
    lines = []
    next((line for line in process.stdout if lines.append(line) or words in line), None)
    return "".join(lines)


def test_it_comes_up_gets_in_step_and_ends_by_itself(up, state):
    process = up("--until", "in-step", "--within", "240")

    said, _ = process.communicate(timeout=300)

    assert process.returncode == 0, said
    assert "✓ in step" in said
    assert "✗" not in said
    assert read_record(state) is None


def test_while_it_runs_others_find_it_and_ctrl_c_ends_everything(up, state, eventually):
    process = up()
    said = read_until(process, "  logs ")
    children = children_of(state)

    status = CliRunner().invoke(main, ["status", "--json"])
    second = up().communicate(timeout=60)[0]
    people = CliRunner().invoke(main, ["practice", "list"])
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=120)

    assert said.count("✓") >= 8, said
    assert json.loads(status.output)[0]["connection"] == "demo"
    assert "already up" in second
    assert people.exit_code == 0, people.output
    assert process.returncode == 0
    # Beside Baton's own: two servers, two CRMs, the web door and Flower.
    assert len(children) == len(PROCESSES) + 6
    assert not any(child.is_alive() for child in children)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_when_it_is_killed_its_children_end_and_the_next_start_works(up, state, eventually):
    process = up()
    read_until(process, "  logs ")
    children: list[ProcessMark] = children_of(state)

    process.kill()
    process.communicate(timeout=60)
    eventually(lambda: not any(child.is_alive() for child in children), seconds=30)
    again = up("--until", "in-step", "--within", "240")
    said, _ = again.communicate(timeout=300)

    assert again.returncode == 0, said

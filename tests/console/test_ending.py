"""`make clean`: ends what runs in the state folder before it is deleted."""

import subprocess
import sys

import pytest

from console.up.ending import main
from console.up.record import read_record

RUNNING = """
import sys
from datetime import timedelta
from pathlib import Path
from rich.console import Console
from console.embedded.child import Command
from console.up.processes import Stage
from console.up.run import Run
from console.up.stopping import Stop, StopAsked
stop = Stop()
run = Run(Path(sys.argv[1]), Console(), stop)
with stop.listening():
    run.launch(Stage.BEAT, Command("beat", (sys.executable, "-c", "import time; time.sleep(60)")))
    print("up", flush=True)
    try:
        stop.rest(timedelta(seconds=60))
    except StopAsked:
        run.end()
"""


@pytest.fixture
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("BATON_STATE_DIR", str(tmp_path))
    return tmp_path


def test_a_running_one_is_ended_with_its_children(state, capsys):
    with subprocess.Popen([sys.executable, "-c", RUNNING, str(state)], stdout=subprocess.PIPE, text=True) as running:
        running.stdout.readline()
        child = read_record(state).children["beat"]

        code = main()

        said = running.stdout.read()
    assert (code, running.returncode) == (0, 0)
    assert not child.is_alive()
    assert "stopping beat" in said
    assert f"stopping the Baton that runs in {state}" in capsys.readouterr().out


def test_where_nothing_runs_there_is_nothing_to_end(state, capsys):
    assert main() == 0
    assert capsys.readouterr().out == ""


def test_a_broken_setting_is_told(state, monkeypatch, capsys):
    monkeypatch.setenv("BATON_SYNC__LEASE", "soon")

    assert main() == 1
    assert "BATON_SYNC__LEASE" in capsys.readouterr().err

"""Stubs of what `make up` starts, and a console that can be read."""

import io
import sys
from datetime import UTC, datetime

import pytest
from rich.console import Console

from baton.domain.status import Box, Status, StreamStatus
from console.embedded.child import Command
from console.up.run import Run
from console.up.stopping import Stop

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

OBEDIENT = """
import pathlib, signal, sys, time
def end(*_):
    with pathlib.Path(sys.argv[2]).open('a') as ends: ends.write(sys.argv[1] + '\\n')
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
print('up', flush=True)
time.sleep(60)
"""


@pytest.fixture
def paper():
    """A console without a terminal; `paper.file.getvalue()` is what was printed."""
    return Console(file=io.StringIO(), width=200, force_terminal=False, highlight=False)


@pytest.fixture
def run(tmp_path, paper):
    this = Run(tmp_path, paper, Stop())
    yield this
    this.end()


@pytest.fixture
def obedient(tmp_path):
    """A command that waits, and writes its name into `ends` when it is asked to end."""

    def command(name):
        return Command(name, (sys.executable, "-c", OBEDIENT, name, str(tmp_path / "ends")))

    return command


@pytest.fixture
def short_lived():
    """A command that ends by itself at once."""

    def command(name, code=3):
        return Command(name, (sys.executable, "-c", f"raise SystemExit({code})"))

    return command


@pytest.fixture
def in_step():
    return Status(
        "demo",
        NOW,
        people={"in step": 198, "refused": 2},
        inbox=Box(),
        outbox=Box(),
        streams=(StreamStatus("zoho:Leads:changes", NOW),),
        totals={"read": 400, "written": 190},
    )

"""The README's tables say what the code does."""

import re
from pathlib import Path

from config.policy.resolution import cadences
from config.policy.written_connection import PullPart
from config.settings import load_settings
from schedules.sweeps import SWEEPS
from workers.queues import WORK_QUEUES

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def rows(first_column):
    table = README[README.index(f"| {first_column} |") :].split("\n\n")[0]
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_the_table_of_queues_is_the_table_of_queues():
    written = rows("queue")

    assert written == [[queue.name, queue.dead, queue.pool, queue.purpose] for queue in WORK_QUEUES]


def test_every_sweep_stands_in_the_table_of_schedules_with_its_interval():
    interval = load_settings().sync.sweep
    written = {task: every for _, every, task in rows("schedule") if task != "pull.tick"}

    assert written == {task: f"{(interval * times).total_seconds():.0f} s" for task, times in SWEEPS.items()}


def test_every_pull_stands_in_the_table_of_schedules_with_its_cadence():
    written = {name.removeprefix("pull "): every for name, every, task in rows("schedule") if task == "pull.tick"}

    asked = cadences(PullPart(), load_settings().pull, has_deals=True)

    assert written == {str(stream): f"{every.total_seconds():.0f} s" for stream, every in asked.items()}


def test_every_command_the_readme_names_exists():
    from console.cli.main import COMMANDS  # noqa: PLC0415 - only this test needs the commands

    named = set(re.findall(r"\bbaton (status|practice|explain|dead|doctor|contract|plays|handoffs|up)\b", README))

    assert named <= set(COMMANDS)

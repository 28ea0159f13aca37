"""The README's tables say what the code does."""

import re
from datetime import timedelta
from pathlib import Path

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
    pull = load_settings().pull
    written = {name.removeprefix("pull "): every for name, every, task in rows("schedule") if task == "pull.tick"}
    kinds = {"deletions": pull.zoho_deletions, "zoho": pull.zoho_changes, "activecampaign": pull.activecampaign_changes}

    def cadence(stream: str) -> timedelta:
        return kinds["deletions"] if stream.endswith("deletions") else kinds[stream.partition(":")[0]]

    assert len(written) == 5
    assert written == {stream: f"{cadence(stream).total_seconds():.0f} s" for stream in written}


def test_every_command_the_readme_names_exists():
    from console.cli.main import COMMANDS  # noqa: PLC0415 - only this test needs the commands

    named = set(re.findall(r"\bbaton (status|practice|explain|dead|doctor|contract|plays|handoffs|up)\b", README))

    assert named <= set(COMMANDS)

"""docs/deploying.md counts what docker-compose.yml starts."""

import re
from pathlib import Path

import pytest

from console.cli.main import COMMANDS

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
WEB_THREADS = 10
KEPT_PER_PROCESS = 20


@pytest.fixture(scope="session")
def workers(services, argv):
    return {name: argv(name) for name in services if "worker" in argv(name)}


def option(words, name):
    return words[words.index(name) + 1]


def table(first_column):
    lines = PAGE[PAGE.index(f"| {first_column} |") :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip(" `") for cell in line.strip(" |").split("|")] for line in lines]


def test_the_table_of_workers_is_what_is_started(workers):
    started = [[name, *(option(words, each) for each in ("-Q", "-P", "-c"))] for name, words in workers.items()]

    assert table("service") == started


def test_the_connections_to_postgresql_are_counted(workers, services):
    slots = [int(option(words, "-c")) for words in workers.values()]
    held = sum(min(count, KEPT_PER_PROCESS) for count in slots) + WEB_THREADS
    allowed = int(services["postgres"]["command"][-1].partition("=")[2])

    assert f"holds at most **{held}** for each pair" in PAGE
    assert f"allows {allowed}." in PAGE
    assert held * 3 < allowed


def test_an_upgrade_starts_every_process_anew(services):
    listed = PAGE[PAGE.index("docker compose up -d --no-deps sync ") :].split("```")[0]
    named = set(listed.replace("\\", " ").split()) - {"docker", "compose", "up", "-d", "--no-deps"}

    assert named == set(services) - {"postgres", "redis", "migrate"}


def test_every_command_it_names_exists():
    assert set(re.findall(r"\bbaton ([a-z]+)\b", PAGE)) <= {*COMMANDS, "baton"}


def test_every_secret_file_is_explained(compose):
    explained = {name.strip(" `") for row in table("file") for name in row[0].split(",")}

    assert explained == set(compose["secrets"])


def test_it_calls_services_that_exist(services):
    called = set(re.findall(r"docker compose (?:exec|run --rm(?: --no-deps)?)(?: -T)? ([a-z-]+)", PAGE))

    assert called <= set(services)

"""What docker-compose.yml starts, started here with the same words."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.embedded.ports import any_free_port
from workers import health


def is_well(ask):
    try:
        return bool(ask())
    except health.Unwell:
        return False


@pytest.mark.processes
def test_a_worker_and_beat_come_up_and_tell_their_health(argv, start, run, eventually, surroundings, database):
    state = Path(surroundings["BATON_STATE_DIR"])

    start(argv("upkeep"))
    start(argv("beat"))

    eventually(lambda: is_well(lambda: health.worker(state, database, time.time())), seconds=60)
    minute = timedelta(minutes=1)
    eventually(lambda: is_well(lambda: health.beat(database, datetime.now(UTC), minute)), seconds=60)
    code, told = run(["baton", "health", "worker"])
    assert (code, "consumes upkeep, " in told, "of 4 slots busy; the database answers" in told) == (0, True, True)
    code, told = run(["baton", "health", "beat"])
    assert (code, told.startswith("the last tick is ")) == (0, True)
    code, told = run(["baton", "health", "fleet"])
    assert (code, told.startswith("no worker takes pull, ")) == (1, True)


@pytest.mark.processes
def test_beat_leaves_no_file_behind(argv, start, eventually, surroundings, tmp_path, database):
    _, log = start(argv("beat"))

    eventually(lambda: "is starting." in log.read_text(), seconds=60)

    assert not list(Path.cwd().glob("celerybeat*"))
    assert not list(tmp_path.glob("**/*beat*"))


@pytest.mark.processes
def test_flower_looks_with_its_login_and_the_broker_alone(argv, start, eventually, run, surroundings, tmp_path):
    port = any_free_port()
    login = tmp_path / "flower_login"
    login.write_text("baton:a-long-password\n")
    alone = {"BATON_DATABASE_URL_FILE": "", "BATON_SECRET_KEY_FILE": "", "BATON_CONNECTIONS_DIR": "/nowhere"}
    # The words of compose; port and address are this machine's, and the last word wins.
    here = [f"--port={port}", "--address=127.0.0.1"]

    start([*argv("flower"), *here], BATON_FLOWER_LOGIN_FILE=str(login), **alone)

    page = f"http://127.0.0.1:{port}"
    eventually(lambda: is_well(lambda: health.page(f"{page}/healthcheck")), seconds=60)
    assert run(["baton", "health", "web", "--url", f"{page}/healthcheck"])[0] == 0
    assert run(["baton", "health", "web", "--url", f"{page}/workers"]) == (
        1,
        f"{page}/workers: Unauthorized\n",
    )


def test_flower_does_not_start_with_a_login_that_lets_everybody_in(argv, run, tmp_path):
    login = tmp_path / "flower_login"
    login.write_text("\n")

    code, told = run([*argv("flower"), "--port=0", "--address=127.0.0.1"], BATON_FLOWER_LOGIN_FILE=str(login))

    assert (code, "NAME:PASSWORD" in told) == (1, True)


def test_migrate_needs_the_database_and_nothing_else(argv, run, services, database_url):
    given = {"BATON_REDIS_URL_FILE": "", "BATON_SECRET_KEY_FILE": "", "BATON_CONNECTIONS_DIR": "/nowhere"}

    assert set(services["migrate"]["environment"]) == {"BATON_DATABASE_URL_FILE"}
    assert run(argv("migrate"), **given) == (0, "the tables are up to date\n")


def test_migrate_says_in_one_line_that_there_is_no_database(run):
    code, told = run(["baton", "migrate"], BATON_DATABASE_URL_FILE="", BATON_STATE_DIR="/nowhere")

    assert (code, told.count("\n"), "BATON_DATABASE_URL" in told) == (1, 1, True)


def test_a_database_that_is_away_is_told_without_its_password(run, tmp_path):
    (tmp_path / "gone").write_text("postgresql://baton:very-secret@127.0.0.1:1/baton")
    notes = tmp_path / "state" / "vitals"
    notes.mkdir(parents=True)
    note = {"worker": "x@y", "at": time.time(), "queues": ["pull"], "slots": 1, "busy": 0, "last_start": None}
    (notes / "x@y.json").write_text(json.dumps(note))

    told = [
        run(argv, BATON_DATABASE_URL_FILE=str(tmp_path / "gone"))
        for argv in (["baton", "migrate"], ["baton", "health", "worker"])
    ]

    assert [(code, words.count("\n"), "database" in words) for code, words in told] == [(1, 1, True)] * 2
    assert "very-secret" not in str(told)

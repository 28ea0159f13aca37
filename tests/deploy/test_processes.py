"""What docker-compose.yml starts, started here with the same words."""

import runpy
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from console.cli.health import health as asked
from console.cli.migrate import migrate
from console.embedded.ports import any_free_port
from workers import health
from workers.notes import FOLDER, Note

ROOT = Path(__file__).parent.parent.parent


def is_well(ask):
    try:
        return bool(ask())
    except health.Unwell:
        return False


@pytest.mark.processes
def test_a_worker_and_beat_come_up_tell_their_health_and_leave_no_schedule_behind(
    argv, start, run, eventually, surroundings, database
):
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
    assert not [*Path.cwd().glob("celerybeat*"), *state.glob("**/*beat*")]


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


@pytest.mark.parametrize("login", ["", "baton", "baton:short", ":a-long-password", "baton:a-long,password"])
def test_flower_does_not_start_with_a_login_that_lets_others_in(monkeypatch, tmp_path, login):
    (tmp_path / "flower_login").write_text(f"{login}\n")
    monkeypatch.setenv("BATON_FLOWER_LOGIN_FILE", str(tmp_path / "flower_login"))

    with pytest.raises(SystemExit, match="NAME:PASSWORD"):
        runpy.run_path(str(ROOT / "deploy" / "flowerconfig.py"))


def test_migrate_needs_the_database_and_nothing_else(argv, run, services, database_url):
    given = {"BATON_REDIS_URL_FILE": "", "BATON_SECRET_KEY_FILE": "", "BATON_CONNECTIONS_DIR": "/nowhere"}

    assert set(services["migrate"]["environment"]) == {"BATON_DATABASE_URL_FILE"}
    assert run(argv("migrate"), **given) == (0, "the tables are up to date\n")


def test_migrate_says_in_one_line_that_there_is_no_database(monkeypatch):
    monkeypatch.delenv("BATON_DATABASE_URL", raising=False)
    monkeypatch.delenv("BATON_DATABASE_URL_FILE", raising=False)

    done = CliRunner().invoke(migrate)

    assert (done.exit_code, done.output.count("\n"), "BATON_DATABASE_URL" in done.output) == (1, 1, True)


def test_a_database_that_is_away_is_told_without_its_password(monkeypatch, tmp_path):
    monkeypatch.setenv("BATON_DATABASE_URL", "postgresql://baton:very-secret@127.0.0.1:1/baton")
    monkeypatch.setenv("BATON_REDIS_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setenv("BATON_STATE_DIR", str(tmp_path))
    Note("x@y", time.time(), ("pull",), slots=1, busy=0, last_start=None).write(tmp_path / FOLDER)

    told = [CliRunner().invoke(migrate), CliRunner().invoke(asked, ["worker"]), CliRunner().invoke(asked, ["beat"])]

    assert [(done.exit_code, done.output.count("\n"), "the database" in done.output) for done in told] == [
        (1, 1, True)
    ] * 3
    assert not [done for done in told if "very-secret" in done.output]

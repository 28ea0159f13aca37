import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from cryptography.fernet import Fernet
from ruamel.yaml import YAML

from workers import wiring

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def compose():
    return YAML(typ="safe", pure=True).load(ROOT / "docker-compose.yml")


@pytest.fixture(scope="session")
def services(compose):
    return compose["services"]


@pytest.fixture(scope="session")
def argv(services):
    """`argv("beat")`: its command as docker splits it."""

    def of(name):
        command = services[name]["command"]
        return shlex.split(command) if isinstance(command, str) else list(command)

    return of


@pytest.fixture
def database(database_url):
    """Migrated, and no schedule has ever run in it."""
    wiring.migrate(database_url)
    with psycopg.connect(database_url) as connection:
        connection.execute("DELETE FROM ticks")
    return database_url


@pytest.fixture
def surroundings(tmp_path, database_url, redis_url):
    """The environment of a service: addresses and key in files, as secrets are."""
    secrets = {"database_url": database_url, "redis_url": redis_url, "secret_key": Fernet.generate_key().decode()}
    for name, value in secrets.items():
        (tmp_path / name).write_text(value + "\n")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BATON_", "FLOWER_"))}
    return kept | {
        "BATON_DATABASE_URL_FILE": str(tmp_path / "database_url"),
        "BATON_REDIS_URL_FILE": str(tmp_path / "redis_url"),
        "BATON_SECRET_KEY_FILE": str(tmp_path / "secret_key"),
        "BATON_STATE_DIR": str(tmp_path / "state"),
        "BATON_PRACTICE_ACTIVECAMPAIGN_URL": "http://127.0.0.1:9",
        "BATON_PRACTICE_ZOHO_URL": "http://127.0.0.1:9",
        "REMAP_SIGTERM": "SIGQUIT",
        "PYTHONUNBUFFERED": "1",
    }


@pytest.fixture
def start(tmp_path, surroundings):
    """`start(argv)`: a process as a container would run it. All are ended with the test."""
    started = []

    def begin(argv, **more):
        log = tmp_path / f"{len(started)}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                (str(Path(sys.executable).parent / argv[0]), *argv[1:]),
                cwd=ROOT,
                env=surroundings | more,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        started.append(process)
        return process, log

    yield begin
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def run(surroundings):
    """`run(argv)`: a command to its end; returns exit code and what it said."""

    def to_the_end(argv, **more):
        done = subprocess.run(
            (str(Path(sys.executable).parent / argv[0]), *argv[1:]),
            check=False,
            cwd=ROOT,
            env=surroundings | more,
            capture_output=True,
            text=True,
            timeout=30,
        )
        return done.returncode, done.stdout + done.stderr

    return to_the_end

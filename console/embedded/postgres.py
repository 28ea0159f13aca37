"""A private PostgreSQL: its files in one folder, loopback only, a made-up password, durable unless told to be fast."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
from psycopg import sql

from console.embedded.account import account_for
from console.embedded.child import Command
from console.embedded.cluster import clear_stale_lock, create_cluster, postgres_programs
from console.embedded.ports import LOOPBACK, any_free_port, is_free
from console.embedded.secret import secret_in
from console.embedded.server import PrivateServer, running
from console.embedded.trouble import StartError

USER = "baton"
DATABASE = "baton"

SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "random_page_cost": "1.1",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "1GB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # A detail line quotes the row that offended, which is somebody's address.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

# The fast way first: it lets no new client in and rolls the others back. The immediate way recovers at the next start.
STOP = (
    (signal.SIGINT, timedelta(seconds=20)),
    (signal.SIGQUIT, timedelta(seconds=5)),
    (signal.SIGKILL, timedelta(seconds=5)),
)

NOT_LET_IN = (
    "the private PostgreSQL does not accept the password in .baton/postgres-password: "
    "put the old file back, or begin anew with `make clean`"
)


@contextmanager
def private_postgres(directory: Path, *, fast: bool = False, port: int | None = None) -> Iterator[str]:
    """A running server whose data lies in `directory/postgres`; ends with the block.

    `fast` forgets what a power cut would lose: for tests only.
    """
    with running(prepare_postgres(directory, port or any_free_port(), fast=fast), directory / "postgres.log") as url:
        yield url


def prepare_postgres(directory: Path, port: int, *, fast: bool = False) -> PrivateServer:
    """Makes the data folder if there is none, and says how the server on it is started."""
    if not is_free(port):
        raise StartError(f"port {port} is in use by another program: end that, or delete {directory / 'ports.json'}")
    directory.mkdir(parents=True, exist_ok=True)
    programs = postgres_programs()
    account = account_for([directory, programs / "postgres", programs / "initdb"])
    password = secret_in(directory / "postgres-password")
    data = directory / "postgres"
    create_cluster(programs, data, user=USER, password=password, account=account, fast=fast)
    clear_stale_lock(data)
    settings = SETTINGS | {"port": str(port)} | (FORGETFUL if fast else {})
    argv = (str(programs / "postgres"), "-D", str(data), *(f"--{name}={value}" for name, value in settings.items()))
    command = Command("postgres", argv, stop=STOP, orphaned=signal.SIGINT, account=account)
    server = f"postgresql://{USER}:{password}@{LOOPBACK}:{port}"
    return PrivateServer(command, f"{server}/{DATABASE}", lambda: has_database(server), directory / "postgres.pid")


def has_database(server: str) -> bool:
    """Whether the server answers; makes our database on it the first time."""
    try:
        with psycopg.connect(f"{server}/postgres", autocommit=True, connect_timeout=5) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if found is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            raise StartError(NOT_LET_IN) from error
        return False
    return True

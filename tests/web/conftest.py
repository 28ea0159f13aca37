"""The door on a loopback port and a real database: an engine of the demo connection, and a client that knocks."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Thread

import fakeredis
import httpx
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from baton.domain.records import Crm
from baton.engine import Engine
from config.connection import Connection
from config.loading import load_connection
from config.settings import load_settings
from console.web.application import application
from console.web.keeping import Keeping
from console.web.nudging import Nudger
from console.web.serving import bound_socket, server_for
from console.web.spool import Spool
from workers import wiring

KEY = Fernet.generate_key().decode()
NOBODY_THERE = {
    "BATON_PRACTICE_ACTIVECAMPAIGN_URL": "http://127.0.0.1:9",
    "BATON_PRACTICE_ZOHO_URL": "http://127.0.0.1:9",
}
CHECKOUT = Path(__file__).parent.parent.parent


@dataclass
class Knocker:
    """A vendor at the door. `nudged`: the modules that workers were told to look at."""

    client: httpx.Client
    keeping: Keeping
    engine: Engine
    nudged: list = field(default_factory=list)

    def activecampaign(self, *, secret: str | None = None, connection: str = "demo", **form: str) -> httpx.Response:
        pairs = {name.replace("__", "[") + "]" if "__" in name else name: value for name, value in form.items()}
        path = f"/hooks/{connection}/activecampaign/{secret or self.engine.doors.secrets[Crm.ACTIVECAMPAIGN]}"
        return self.client.post(path, data=pairs)

    def zoho(self, *, connection: str = "demo", **said: object) -> httpx.Response:
        body = {"token": self.engine.doors.secrets[Crm.ZOHO], "module": "Leads", "operation": "update", **said}
        return self.client.post(f"/hooks/{connection}/zoho", json=body)

    def hints(self) -> dict[str, str]:
        with self.engine.doors.hints.desk.engine.connect() as tx:
            return dict(tx.execute(text("SELECT ref, kind FROM hints")).all())

    def counts(self) -> dict[str, int]:
        with self.engine.doors.hints.desk.engine.connect() as tx:
            found = tx.execute(text("SELECT connection, crm, outcome, count FROM hook_counts")).all()
        return {f"{connection} {crm} {outcome}": count for connection, crm, outcome, count in found}


@pytest.fixture(scope="session")
def connection() -> Connection:
    return load_connection("demo", load_settings(), NOBODY_THERE)


@pytest.fixture(scope="session")
def tables(database_url) -> str:
    wiring.migrate(database_url)
    return database_url


@pytest.fixture
def make_engine(connection) -> Iterator[Callable[[str], Engine]]:
    """`make_engine(database url)`: the demo connection; no vendor answers it."""
    made: list[Engine] = []

    def make(url: str) -> Engine:
        settings = load_settings(database_url=url, redis_url="redis://unused", secret_key=KEY)
        made.append(wiring.build_engine(connection, settings, fakeredis.FakeRedis()))
        return made[-1]

    yield make
    for engine in made:
        engine.intake.desk.engine.dispose()
        for gateway in engine.gateways.values():
            gateway.close()


@pytest.fixture
def engine(tables, make_engine) -> Engine:
    """Its tables hold no hints and no counts."""
    made = make_engine(tables)
    with made.doors.hints.desk.engine.begin() as tx:
        for table in ("hints", "hook_counts", "hook_installations"):
            tx.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - three names of ours
    return made


@pytest.fixture
def spool(tmp_path) -> Spool:
    return Spool(tmp_path / "spool", most=100_000)


@pytest.fixture
def open_door(spool, make_engine, eventually) -> Iterator[Callable[..., Knocker]]:
    """`open_door(engine)`: the application at work, upkeep and all. It ends before its engines do."""
    closing = ExitStack()

    def open_one(engine: Engine, **patience: object) -> Knocker:
        nudged: list = []
        nudger = Nudger(lambda _, modules: nudged.extend(modules), gather=timedelta(milliseconds=5))
        keeping = Keeping({"demo": engine}, spool, nudger, **patience)
        listener = bound_socket("127.0.0.1", 0)
        server = server_for(application(keeping, nudger, body_limit=4096, every=timedelta(milliseconds=300)))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        eventually(lambda: server.started)
        client = httpx.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", trust_env=False)
        closing.callback(listener.close)
        closing.callback(thread.join)
        closing.callback(setattr, server, "should_exit", True)
        closing.callback(client.close)
        return Knocker(client, keeping, engine, nudged)

    with closing:
        yield open_one


@pytest.fixture
def door(open_door, engine) -> Knocker:
    return open_door(engine)


@pytest.fixture
def run_and_kill() -> Callable[[str], None]:
    """Runs Python lines in a process of their own and kills it once they are through."""

    def run(lines: str) -> None:
        code = f"{lines}\nprint('through', flush=True)\nimport time\ntime.sleep(60)"
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=CHECKOUT) as process:
            assert process.stdout.readline() == b"through\n"
            process.kill()

    return run

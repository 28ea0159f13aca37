"""A connection at work without Celery: the real store, both practice CRMs over loopback, messages delivered by hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import fakeredis
import httpx
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import create_engine, text

from baton.domain.person import Lane
from baton.domain.records import CONTACT, CONTACTS, DEALS, LEADS, Module, RecordRef, Stream, StreamKind
from baton.domain.tasking import TASKS
from baton.engine import Engine
from baton.flows.fetch import fetch
from baton.flows.look_up import look_up
from baton.flows.pull import pull
from baton.flows.schemas import refresh_schemas
from baton.flows.sync import sync
from baton.flows.write import flush
from config.loading import load_connection
from config.settings import load_settings
from sandbox.calls import AsgiApp
from sandbox.opening import open_crm
from sandbox.serving import running
from workers import wiring

ACTIVECAMPAIGN = Stream(CONTACT, StreamKind.CHANGES)
OF_ZOHO = (LEADS, CONTACTS, DEALS)
ZOHO = tuple(Stream(module, kind) for kind in (StreamKind.CHANGES, StreamKind.DELETIONS) for module in OF_ZOHO)
WRITTEN = (CONTACT, LEADS, CONTACTS, TASKS)
FAST = {
    "pull": {"overlap": 2},
    "write": {"call_deadline": 2, "uncertain_grace": 0.3},
    "sync": {"lease": 5, "sweep": 1},
    "limits": {"activecampaign": False, "zoho": False},
}


@dataclass
class Practice:
    """One practice CRM, seen through its control API."""

    url: str
    client: httpx.Client

    def post(self, path: str, **body: object) -> dict:
        answer = self.client.post(f"{self.url}/_sandbox/{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def get(self, path: str, **params: object) -> dict:
        return self.client.get(f"{self.url}/_sandbox/{path}", params=params).json()

    def records(self, module: str) -> list[dict]:
        return self.get(f"records/{module}", limit=100_000)["records"]

    def last(self) -> int:
        return self.get("journal", after=0, limit=0)["last"]

    def journal(self, kind: str, after: int = 0) -> list[dict]:
        return self.get("journal", kind=kind, after=after, limit=1_000_000)["entries"]


@dataclass
class World:
    """Drives the flows as the tasks would, until nothing is left to do."""

    engine: Engine
    activecampaign: Practice
    zoho: Practice
    due: list[RecordRef] = field(default_factory=list)

    def pull(self, stream: Stream) -> None:
        pulled = pull(stream, self.engine)
        while pulled is not None:
            self.due += pulled.changed
            pulled = pull(stream, self.engine, going_on=pulled.goes_on) if pulled.goes_on else None

    def pull_activecampaign(self) -> None:
        self.pull(ACTIVECAMPAIGN)

    def forget_catch_up(self) -> None:
        """As if the last read of Zoho were long ago."""
        self._run("UPDATE cursors SET fresh_at = NULL")

    def forget_proofs(self) -> None:
        """As if the canaries had sung long ago."""
        self._run("UPDATE cursors SET proved_at = NULL")

    def end_leases(self) -> None:
        """As if every worker that holds something had died a while ago."""
        self._run("UPDATE people SET leased_until = now() - interval '1 second' WHERE lease IS NOT NULL")

    def _run(self, statement: str) -> None:
        with self.engine.intake.desk.engine.begin() as tx:
            tx.exec_driver_sql(statement)

    def decide(self) -> None:
        waiting = self.engine.people.due(limit=10_000, now=self.engine.now())
        refs = [*self.due, *waiting[Lane.LIVE]]
        self.due = []
        for start in range(0, len(refs), 50):
            sync(refs[start : start + 50], self.engine)

    def write(self) -> None:
        for module in WRITTEN:
            more = True
            while more:
                flushed = flush(module, self.engine)
                self.due += flushed.due
                more = flushed.is_worth_another

    def look_up(self) -> None:
        for module in WRITTEN:
            self.due += look_up(module, self.engine).due

    def cycle(self) -> None:
        """Everything once, Zoho first so that the mirror knows it before anything is decided."""
        for stream in (*ZOHO, ACTIVECAMPAIGN):
            self.pull(stream)
        self.settle()

    def settle(self) -> None:
        for _ in range(6):
            self.decide()
            self.write()
            self.due += fetch(self.engine)

    def edit_lead(self, lead: dict, **values: object) -> None:
        self.zoho.post("people/edit", module="Leads", id=lead["id"], values=values)

    def edit_contact(self, lead: dict, **values: object) -> None:
        """The contact that stands for the lead's person."""
        self.activecampaign.post("people/edit", module="contact", id=lead["ActiveCampaign_ID"], values=values)

    def contact_of(self, lead: dict) -> dict:
        return self.activecampaign.get(f"records/contact/{lead['ActiveCampaign_ID']}")

    def contacts_at(self, email: str) -> list[dict]:
        return [row for row in self.activecampaign.records("contact") if row["email"].lower() == email]

    def lead_now(self, lead: dict) -> dict:
        return self.zoho.get(f"records/Leads/{lead['id']}")

    def is_quiet(self) -> bool:
        """Whether another cycle tells neither side anything."""
        told, asked = self.zoho.last(), self.activecampaign.last()
        self.cycle()
        effects = self.zoho.journal("effect", after=told) + self.activecampaign.journal("effect", after=asked)
        return effects == []

    def status(self):
        return wiring.PostgresStatus(self.engine.intake.desk).look(
            streams=tuple(str(s) for s in self.engine.streams), now=self.engine.now()
        )


@pytest.fixture
def clean_database(database_url: str) -> str:
    """The tables, empty."""
    wiring.migrate(database_url)
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.begin() as tx:
        names = tx.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'")
        ).scalars()
        tx.execute(text(f"TRUNCATE {', '.join(names)} RESTART IDENTITY CASCADE"))
    engine.dispose()
    return database_url


@pytest.fixture
def make_world(clean_database: str) -> Iterator[Callable[..., World]]:
    """`make_world(people=…)`: a fresh pair of practice CRMs and an engine between them."""
    closing: list[Callable[[], object]] = []

    def make(
        people: int = 30, seed: int = 7, around: Callable[[str, AsgiApp], AsgiApp] = _as_it_is, **switches: object
    ) -> World:
        client = httpx.Client(timeout=30)
        closing.append(client.close)
        practices = {}
        for name in ("activecampaign", "zoho"):
            app = open_crm(name, people=people, seed=seed, settings={"limits": False, **_for(name, switches)})
            server = running(around(name, app))
            practices[name] = Practice(server.__enter__(), client)
            closing.append(app.close)
            closing.append(lambda server=server: server.__exit__(None, None, None))
        settings = load_settings(
            database_url=clean_database, redis_url="redis://unused", secret_key=Fernet.generate_key().decode(), **FAST
        )
        environ = {
            "BATON_PRACTICE_ACTIVECAMPAIGN_URL": practices["activecampaign"].url,
            "BATON_PRACTICE_ZOHO_URL": practices["zoho"].url,
        }
        server = fakeredis.FakeRedis()
        closing.append(server.close)
        engine = wiring.build_engine(load_connection("demo", settings, environ), settings, server)
        closing.append(engine.intake.desk.engine.dispose)
        closing.extend(gateway.close for gateway in engine.gateways.values())
        refresh_schemas(engine)
        return World(engine, practices["activecampaign"], practices["zoho"])

    yield make
    for close in reversed(closing):
        close()


def _as_it_is(_name: str, app: AsgiApp) -> AsgiApp:
    return app


def _for(name: str, switches: dict[str, object]) -> dict[str, object]:
    return {key.removeprefix(f"{name}_"): value for key, value in switches.items() if key.startswith(f"{name}_")}


def modules() -> tuple[Module, ...]:
    return (LEADS, CONTACTS)

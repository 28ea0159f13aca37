"""A whole Baton on a state folder of its own: servers, practice CRMs, workers and beat, each a real process."""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from io import StringIO
from pathlib import Path

import httpx
from rich.console import Console

from baton.domain.records import Crm
from baton.domain.status import Status
from benchmarks.practice import Practice
from config.practice import ACTIVECAMPAIGN_URL, ZOHO_URL
from config.settings import load_settings
from console.embedded.addresses import DATABASE_URL, REDIS_URL
from console.embedded.child import Child
from console.embedded.postgres import prepare_postgres
from console.embedded.redis import prepare_redis
from console.up import web
from console.up.crms import Sample, crm_answers, crm_command, crm_url
from console.up.logs import says
from console.up.processes import PROCESSES, Process, Stage
from console.up.run import Run
from console.up.starting import SECRET_KEY, ports_of, secret_key
from console.up.stopping import Stop
from workers import wiring

CONNECTION = "demo"
LOOK_EVERY = 0.1


class NotSoError(AssertionError):
    """What was waited for did not come."""


@dataclass
class Fleet:
    run: Run
    environment: Mapping[str, str]
    activecampaign: Practice
    zoho: Practice
    children: dict[str, Child] = field(default_factory=dict)

    def start(self, processes: Sequence[Process]) -> None:
        for process in processes:
            command = process.command(self.environment, self.run.state)
            self.children[process.name] = self.run.launch(process.stage, command)
        for process in processes:
            child = self.children[process.name]
            self.run.wait(child, partial(says, child.log, process.ready))

    def open_door(self) -> None:
        """Webhooks too, as `make up` has them: the door, and both practice CRMs told to call it."""
        port = ports_of(self.run.state).port_for("web", start=web.FIRST_PORT)
        self.children["web"] = self.run.launch(Stage.WEB, web.web_command(self.environment, port))
        self.run.wait(self.children["web"], partial(web.web_answers, port))
        connections = wiring.all_connections(load_settings())
        refused = [
            told.failure.reason for told in web.install_at_practice(connections, web.web_url(port)) if told.failure
        ]
        if refused:
            raise NotSoError(f"webhooks: {refused[0]}")

    def status(self) -> Status:
        return wiring.status(CONNECTION)

    def until(self, question: Callable[[], object], what: str, *, seconds: float, every: float = LOOK_EVERY) -> float:
        """Waits for a state; returns how long it took in seconds."""
        began = time.monotonic()
        while not question():
            if time.monotonic() - began > seconds:
                missing = ", ".join(self.status().what_is_missing())
                raise NotSoError(f"{what}: not so after {seconds:.0f} s ({missing})")
            time.sleep(every)
        return time.monotonic() - began

    def until_in_step(self, *, seconds: float = 120) -> float:
        # A look counts whole tables; looking all the time would be part of what is measured.
        return self.until(lambda: self.status().is_in_step, "in step", seconds=seconds, every=0.5)


@contextmanager
def fleet(
    state: Path,
    *,
    people: int,
    seed: int = 7,
    processes: Sequence[Process] = PROCESSES,
    environment: Mapping[str, str] | None = None,
    switches: Mapping[str, object] | None = None,
) -> Iterator[Fleet]:
    """Everything is ended with the block. The environment of this process names the fleet's servers meanwhile."""
    before = dict(os.environ)
    os.environ.update({"BATON_STATE_DIR": str(state), **(environment or {})})
    run = Run(state, Console(file=StringIO()), Stop())
    client = httpx.Client(timeout=120, trust_env=False)
    try:
        known = _servers(run, state)
        os.environ.update(known)
        wiring.migrate(known[DATABASE_URL])
        crms = _practices(run, state, Sample(people, seed), client)
        for practice in crms.values():
            practice.settings(**(switches or {}))
        known |= {ACTIVECAMPAIGN_URL: crms[Crm.ACTIVECAMPAIGN].url, ZOHO_URL: crms[Crm.ZOHO].url}
        os.environ.update(known)
        made = Fleet(run, {**(environment or {}), **known}, crms[Crm.ACTIVECAMPAIGN], crms[Crm.ZOHO])
        made.start(processes)
        yield made
    finally:
        client.close()
        run.end()
        os.environ.clear()
        os.environ.update(before)


def _servers(run: Run, state: Path) -> dict[str, str]:
    database = prepare_postgres(state, ports_of(state).port_for("postgres"))
    run.serve(Stage.DATABASE, database)
    broker = prepare_redis(state, ports_of(state).port_for("redis"))
    run.serve(Stage.REDIS, broker)
    return {
        DATABASE_URL: database.url,
        REDIS_URL: broker.url,
        SECRET_KEY: secret_key(state, load_settings().secret_key),
    }


def _practices(run: Run, state: Path, sample: Sample, client: httpx.Client) -> dict[Crm, Practice]:
    ports = {crm: ports_of(state).port_for(str(crm)) for crm in Crm}
    children = {crm: run.launch(Stage.CRMS, crm_command(crm, state, port, sample)) for crm, port in ports.items()}
    for crm, child in children.items():
        run.wait(child, partial(crm_answers, crm_url(ports[crm])))
    return {crm: Practice(crm_url(port), client) for crm, port in ports.items()}

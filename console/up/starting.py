"""The steps of coming up, in order; each adds what the next stand on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from cryptography.fernet import Fernet
from pydantic import SecretStr

from baton.domain.records import Crm
from config.connection import Connection
from config.settings import Settings
from console.embedded.addresses import DATABASE_URL, REDIS_URL
from console.embedded.child import Child
from console.embedded.ports import PortBook
from console.embedded.postgres import prepare_postgres
from console.embedded.redis import prepare_redis
from console.embedded.secret import write_private
from console.embedded.trouble import StartError
from console.up import web
from console.up.crms import Sample, crm_answers, crm_command, crm_url
from console.up.flower import FIRST_PORT, flower_answers, flower_command, flower_url
from console.up.logs import says
from console.up.processes import Process, Stage
from console.up.run import Run
from console.up.steps import step

SECRET_KEY = "BATON_SECRET_KEY"  # noqa: S105 - the name of a setting


def ports_of(state: Path) -> PortBook:
    return PortBook(state / "ports.json")


def start_database(run: Run, settings: Settings) -> str:
    with step(run.console, "database") as done:
        if settings.database_url:
            done.note = f"yours, from {DATABASE_URL}"
            return settings.database_url.get_secret_value()
        port = ports_of(run.state).port_for("postgres")
        server = prepare_postgres(run.state, port)
        run.serve(Stage.DATABASE, server)
        done.note = f"a private PostgreSQL on port {port}"
    return server.url


def start_redis(run: Run, settings: Settings) -> str:
    with step(run.console, "redis") as done:
        if settings.redis_url:
            done.note = f"yours, from {REDIS_URL}"
            return settings.redis_url.get_secret_value()
        port = ports_of(run.state).port_for("redis")
        server = prepare_redis(run.state, port)
        run.serve(Stage.REDIS, server)
        done.note = f"a private one on port {port}"
        done.warnings.extend([server.warning] if server.warning else [])
    return server.url


def secret_key(state: Path, given: SecretStr | None) -> str:
    """The key of the stored tokens and values: yours, else one made up for this state folder."""
    if given is not None:
        return given.get_secret_value()
    path = state / "secret-key"
    if not path.exists():
        write_private(path, Fernet.generate_key().decode())
    return path.read_text().strip()


def crm_ports(state: Path, crms: Sequence[Crm]) -> Mapping[Crm, int]:
    return {crm: ports_of(state).port_for(str(crm)) for crm in crms}


def start_crms(run: Run, ports: Mapping[Crm, int], sample: Sample) -> None:
    if not ports:
        return
    with step(run.console, "practice CRMs") as done:
        commands = {crm: crm_command(crm, run.state, port, sample) for crm, port in ports.items()}
        children = {crm: run.launch(Stage.CRMS, command) for crm, command in commands.items()}
        for crm, child in children.items():
            run.wait(child, partial(crm_answers, crm_url(ports[crm])))
        done.note = ", ".join(f"{crm} on port {port}" for crm, port in ports.items())
    run.know(replace(run.record, crms={str(crm): crm_url(port) for crm, port in ports.items()}))


def start_processes(run: Run, processes: Sequence[Process], environment: Mapping[str, str]) -> None:
    """All at once, for each takes a second or two to come up; then each is waited for."""
    children = [run.launch(process.stage, process.command(environment, run.state)) for process in processes]
    for process, child in zip(processes, children, strict=True):
        with step(run.console, process.name) as done:
            run.wait(child, partial(says, child.log, process.ready))
            done.note = process.note


def start_flower(run: Run, environment: Mapping[str, str]) -> None:
    with step(run.console, "flower") as done:
        port = ports_of(run.state).port_for("flower", start=FIRST_PORT)
        child = run.launch(Stage.FLOWER, flower_command(environment, run.state, port))
        run.wait(child, partial(flower_answers, port))
        done.note = flower_url(port)
    run.know(replace(run.record, flower_url=flower_url(port)))


def launch_web(run: Run, environment: Mapping[str, str]) -> tuple[Child, int]:
    """It comes up beside the workers."""
    port = ports_of(run.state).port_for("web", start=web.FIRST_PORT)
    return run.launch(Stage.WEB, web.web_command(environment, port)), port


def await_web(run: Run, child: Child, port: int, connections: Sequence[Connection]) -> None:
    with step(run.console, "web") as done:
        run.wait(child, partial(web.web_answers, port))
        done.note = f"takes webhooks on port {port}"
    run.know(replace(run.record, web_url=web.web_url(port)))
    with step(run.console, "webhooks") as done:
        told = web.install_at_practice(connections, web.web_url(port))
        # Without webhooks the pulls find every change, so a no here is worth a word and no end.
        done.warnings.extend(each.failure.reason for each in told if each.failure)
        done.note = f"{', '.join(each.crm for each in told if not each.failure) or 'nobody'} will call"


def migrate(run: Run, url: str) -> None:
    with step(run.console, "tables") as done:
        # The adapters are imported only after the environment names the servers.
        from workers import wiring  # noqa: PLC0415

        try:
            wiring.migrate(url)
        except Exception as error:
            raise StartError(f"the database could not be brought up to date: {first_line(error)}") from error
        done.note = "up to date"


def first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).partition("\n")[0]

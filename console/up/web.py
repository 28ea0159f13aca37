"""The fast door as a child, and the practice CRMs told to call it."""

import sys
from collections.abc import Mapping, Sequence

import httpx

from baton.domain.records import Crm
from baton.flows.webhooks import Ensured, install
from config.connection import Connection
from console.embedded.child import Command
from console.embedded.ports import LOOPBACK
from console.up.processes import AT_ONCE, CHECKOUT

FIRST_PORT = 8088


def web_url(port: int) -> str:
    return f"http://{LOOPBACK}:{port}"


def web_command(environment: Mapping[str, str], port: int) -> Command:
    argv = (sys.executable, "-m", "console.cli.main", "web", "--host", LOOPBACK, "--port", str(port))
    unbuffered = {**environment, "PYTHONUNBUFFERED": "1"}
    return Command("web", argv, env=unbuffered, folder=CHECKOUT, stop=AT_ONCE)


def web_answers(port: int) -> bool:
    try:
        return httpx.get(f"{web_url(port)}/health", timeout=2, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def install_at_practice(connections: Sequence[Connection], url: str) -> tuple[Ensured, ...]:
    """Real accounts are left alone: what they call is for a person to say, and they cannot call this machine."""
    # The wiring reads the environment, which is whole only once the servers are up.
    from workers import wiring  # noqa: PLC0415 - see above

    done: list[Ensured] = []
    for connection in connections:
        practised = [crm for crm in Crm if connection.is_practice(crm)]
        if practised:
            done += install(wiring.engine_for(connection.name), url, practised)
    return tuple(done)

"""A practice CRM for tests of the shared core: the ActiveCampaign one, small, without limits."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest

from sandbox.in_process import InProcessTransport
from sandbox.opening import open_crm
from sandbox.server import PracticeServer

TOKEN = {"Api-Token": "practice-activecampaign-token"}


@pytest.fixture
def app() -> Iterator[PracticeServer]:
    app = open_crm("activecampaign", people=10, settings={"limits": False})
    yield app
    app.close()


@pytest.fixture
def client(app: PracticeServer) -> Iterator[httpx.Client]:
    with httpx.Client(transport=InProcessTransport(app), base_url="http://crm.example", headers=TOKEN) as client:
        yield client


@pytest.fixture
def order(client: httpx.Client) -> Callable[..., int]:
    """Order a fault through the control API."""
    return lambda **spec: client.post("/_sandbox/faults", json=spec).json()["id"]


@pytest.fixture
def socket_client() -> Iterator[Callable[[str], httpx.Client]]:
    """Clients over a real port, without a cookie jar's memory between them."""
    with ExitStack() as opened:
        yield lambda address: opened.enter_context(httpx.Client(base_url=address, headers=TOKEN, timeout=5))

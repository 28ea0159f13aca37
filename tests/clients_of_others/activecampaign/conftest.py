"""The independent ActiveCampaign client, unmodified, on a practice account behind a real loopback port."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from activecampaign.client import Client

from sandbox.hooks.transports import Collected
from sandbox.opening import open_crm
from sandbox.server import PracticeServer
from sandbox.serving import running

KEY = "practice-activecampaign-token"


@pytest.fixture
def account() -> Iterator[PracticeServer]:
    app = open_crm("activecampaign", people=120, settings={"limits": False})
    yield app
    app.close()


@pytest.fixture
def address(account: PracticeServer) -> Iterator[str]:
    with running(account) as address:
        yield address


@pytest.fixture
def client(address: str) -> Client:
    return Client(address, KEY)


@pytest.fixture
def control(address: str) -> Iterator[httpx.Client]:
    """What the account itself says is in it."""
    with httpx.Client(base_url=f"{address}/_sandbox/") as control:
        yield control


@pytest.fixture
def stored(control: httpx.Client) -> Callable[..., dict[str, Any]]:
    """`stored("contact", 7)`: the record as a person at the screen sees it."""
    return lambda module, id_: control.get(f"records/{module}/{id_}").raise_for_status().json()


@pytest.fixture
def told(account: PracticeServer) -> Collected:
    """Whatever the account would have sent to its webhooks."""
    account.ground.hooks.transport = collected = Collected()
    return collected


@pytest.fixture
def ada(client: Client) -> dict[str, Any]:
    sent = {"email": "ada@halden.example", "firstName": "Ada", "lastName": "Birk", "phone": "030 231250"}
    return client.contacts.create_a_contact({"contact": sent})["contact"]

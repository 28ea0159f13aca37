"""A small practice account, in process, with its limits switched off unless a test wants them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from sandbox.clock import Clock
from sandbox.hooks.transports import Collected
from sandbox.in_process import InProcessTransport
from sandbox.opening import open_crm
from sandbox.server import PracticeServer

TOKEN = {"Api-Token": "practice-activecampaign-token"}


class HandClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **spans: float) -> None:
        self.moment += timedelta(**spans)


@pytest.fixture
def hand_clock() -> HandClock:
    return HandClock()


@pytest.fixture
def open_account(hand_clock: HandClock) -> Iterator[Callable[..., PracticeServer]]:
    """Opens accounts on the test's clock and closes them after it."""
    with ExitStack() as opened:

        def opener(people: int = 20, data: Path | None = None, **settings: Any) -> PracticeServer:
            clock = Clock(hand_clock)
            app = open_crm(
                "activecampaign", people=people, data=data, clock=clock, settings={"limits": False, **settings}
            )
            opened.callback(app.close)
            return app

        yield opener


@pytest.fixture
def account(open_account: Callable[..., PracticeServer]) -> PracticeServer:
    return open_account()


@pytest.fixture
def client(account: PracticeServer) -> Iterator[httpx.Client]:
    with client_of(account) as client:
        yield client


@pytest.fixture
def clients() -> Iterator[Callable[[PracticeServer], httpx.Client]]:
    """Clients for accounts a test opens itself."""
    with ExitStack() as opened:
        yield lambda app: opened.enter_context(client_of(app))


def client_of(app: PracticeServer) -> httpx.Client:
    return httpx.Client(transport=InProcessTransport(app), base_url="http://account.example/api/3/", headers=TOKEN)


@pytest.fixture
def contact(client: httpx.Client) -> dict[str, Any]:
    """A contact made through the API."""
    sent = {"email": "ada@halden.example", "firstName": "Ada", "lastName": "Birk", "phone": "030 231250"}
    return client.post("contacts", json={"contact": sent}).json()["contact"]


@pytest.fixture
def collected(account: PracticeServer) -> Collected:
    """Whatever the account would have sent."""
    account.ground.hooks.transport = collected = Collected()
    return collected


@pytest.fixture
def told(account: PracticeServer, collected: Collected) -> Callable[[], list[dict[str, str]]]:
    """What was sent so far, read as forms."""

    def read() -> list[dict[str, str]]:
        assert account.ground.hooks.drained(5)
        return [dict(parse_qsl(hook.body.decode(), keep_blank_values=True)) for hook in collected.hooks]

    return read


@pytest.fixture
def listen(client: httpx.Client, collected: Collected) -> Callable[..., dict[str, Any]]:
    """Register a webhook for everything a contact can go through, unless told otherwise."""
    everything = ["subscribe", "update", "unsubscribe", "contact_tag_added", "contact_tag_removed"]

    def register(**said: Any) -> dict[str, Any]:
        sent = {
            "name": "in",
            "url": "http://127.0.0.1:8080/in/secret",
            "events": everything,
            "sources": ["public", "admin", "api", "system"],
            **said,
        }
        return client.post("webhooks", json={"webhook": sent}).json()["webhook"]

    return register


@pytest.fixture
def person(client: httpx.Client) -> Callable[..., dict[str, Any]]:
    """A deed at the screens: `person("edit", id=1, values=…)`."""

    def does(deed: str, **body: Any) -> dict[str, Any]:
        answer = client.post(f"http://account.example/_sandbox/people/{deed}", json=body)
        assert answer.is_success, answer.text
        return answer.json()

    return does

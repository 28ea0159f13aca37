"""A small practice organisation, in process, with its limits switched off unless a test wants them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.clock import Clock
from sandbox.hooks.hook import Hook
from sandbox.hooks.transports import Collected
from sandbox.in_process import InProcessTransport
from sandbox.opening import open_crm
from sandbox.server import PracticeServer
from tests.conformance.zoho.watching import Watched

ORGANISATION = "http://organisation.example"
TARGET = "http://127.0.0.1:9/hooks/zoho?secret=s3&of=demo"
USUAL = {
    "Leads": {"Last_Name": "Birk", "Company": "Halden"},
    "Contacts": {"Last_Name": "Birk"},
    "Accounts": {"Account_Name": "Halden"},
    "Deals": {"Deal_Name": "Halden 2026", "Stage": "Qualification", "Closing_Date": "2026-06-30"},
    "Tasks": {"Subject": "Call"},
    "Calls": {"Subject": "Call", "Call_Type": "Outbound", "Call_Start_Time": "2026-03-02T15:00:00+01:00"},
}
CREDENTIALS = {
    "grant_type": "refresh_token",
    "client_id": "1000.PRACTICE",
    "client_secret": "practice-zoho-secret",
    "refresh_token": "1000.practice.refresh",
}


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
def open_organisation(hand_clock: HandClock) -> Iterator[Callable[..., PracticeServer]]:
    """Opens organisations on the test's clock and closes them after it."""
    with ExitStack() as opened:

        def opener(people: int = 100, data: Path | None = None, **settings: Any) -> PracticeServer:
            clock = Clock(hand_clock)
            app = open_crm("zoho", people=people, data=data, clock=clock, settings={"limits": False, **settings})
            opened.callback(app.close)
            return app

        yield opener


@pytest.fixture
def organisation(open_organisation: Callable[..., PracticeServer]) -> PracticeServer:
    return open_organisation()


@pytest.fixture
def strangers() -> Iterator[Callable[[PracticeServer], httpx.Client]]:
    """Clients without a token, for organisations a test opens itself. No answer is unlike the vendor's description."""
    watched: list[Watched] = []

    def client(app: PracticeServer) -> httpx.Client:
        watched.append(Watched(app))
        return httpx.Client(transport=InProcessTransport(watched[-1]), base_url=f"{ORGANISATION}/crm/v8/")

    with ExitStack() as opened:
        yield lambda app: opened.enter_context(client(app))
    assert [wrong for each in watched for wrong in each.wrong()] == []


@pytest.fixture
def sign_in() -> Callable[..., httpx.Response]:
    """Asks for an access token; what is said otherwise than usual goes by name."""

    def ask(client: httpx.Client, **said: str) -> httpx.Response:
        return client.post(f"{ORGANISATION}/oauth/v2/token", data={**CREDENTIALS, **said})

    return ask


@pytest.fixture
def clients(strangers: Any, sign_in: Any) -> Callable[[PracticeServer], httpx.Client]:
    """Clients that are signed in."""

    def signed_in(app: PracticeServer) -> httpx.Client:
        client = strangers(app)
        client.headers["authorization"] = f"Zoho-oauthtoken {sign_in(client).json()['access_token']}"
        return client

    return signed_in


@pytest.fixture
def client(organisation: PracticeServer, clients: Any) -> httpx.Client:
    return clients(organisation)


@pytest.fixture
def control(client: httpx.Client) -> Callable[..., Any]:
    """Asks the control API; a body makes it a POST."""

    def ask(path: str, /, **body: Any) -> Any:
        address = f"{ORGANISATION}/_sandbox/{path}"
        answer = client.post(address, json=body) if body else client.get(address)
        return answer.raise_for_status().json()

    return ask


@pytest.fixture
def make(client: httpx.Client) -> Callable[..., list[str]]:
    """Makes one record per set of values, Leads unless told, and gives their ids."""

    def insert(*records: dict[str, Any], module: str = "Leads") -> list[str]:
        answer = client.post(module, json={"data": [USUAL[module] | record for record in records]})
        assert answer.status_code == 201, answer.text
        return [item["details"]["id"] for item in answer.json()["data"]]

    return insert


@pytest.fixture
def delivered(organisation: PracticeServer) -> Callable[[], list[Hook]]:
    """What the organisation has called others with so far, once all of it is through."""
    collected = Collected()
    organisation.ground.hooks.transport = collected

    def look() -> list[Hook]:
        assert organisation.ground.hooks.drained(timeout=5)
        return collected.hooks

    return look


@pytest.fixture
def watch(client: httpx.Client) -> Callable[..., httpx.Response]:
    """Opens channel 10001 on the events named; more of what is said of it goes by name."""

    def open_channel(*events: str, **said: Any) -> httpx.Response:
        wish = {"channel_id": "10001", "events": list(events), "notify_url": TARGET, "token": "open sesame", **said}
        return client.post("actions/watch", json={"watch": [wish]})

    return open_channel


@pytest.fixture
def ask(client: httpx.Client) -> Callable[..., httpx.Response]:
    """Runs a query; `{}` in its text stands for the values, in their order."""

    def run(query: str, *values: str) -> httpx.Response:
        return client.post("coql", json={"select_query": query.format(*values)})

    return run

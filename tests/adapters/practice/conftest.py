"""The gateways over loopback against the practice CRMs, with the clock of the world."""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from baton.adapters.http.wire import Wire
from sandbox.opening import open_crm
from sandbox.serving import running


class RunningClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class Practice:
    """A practice CRM at an address, with its control API."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = httpx.Client(base_url=f"{url}/_sandbox", timeout=10)

    def post(self, path, **body):
        answer = self._client.post(path, json=body)
        answer.raise_for_status()
        return answer.json()

    def fault(self, kind, route, **more):
        return self.post("/faults", kind=kind, route=route, **more)

    def effects(self):
        return self._client.get("/journal", params={"kind": "effect", "limit": 1000}).json()["entries"]

    def records(self, module, limit=500):
        return self._client.get(f"/records/{module}", params={"limit": limit}).json()["records"]

    def close(self):
        self._client.close()


@pytest.fixture
def practise():
    """Starts a practice CRM by name; all of them end with the test."""
    with ExitStack() as opened:

        def start(name, people=30, **settings):
            app = open_crm(name, people=people, settings={"limits": False, **settings})
            opened.callback(app.close)
            practice = Practice(opened.enter_context(running(app)))
            opened.callback(practice.close)
            return practice

        yield start


@pytest.fixture
def real_wire(budget, calls):
    return Wire(budget=budget, clock=RunningClock(), on_call=calls.append, deadline=timedelta(seconds=5))


@pytest.fixture
def hasty_wire(budget, calls):
    """Gives up soon, for answers that never come."""
    return Wire(budget=budget, clock=RunningClock(), on_call=calls.append, deadline=timedelta(seconds=0.6))

"""What adapter tests stand on: a stopped clock, a budget, a wire that answers as told and remembers what was asked."""

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import fakeredis
import httpx
import pytest

from baton.adapters.http.wire import Wire
from baton.adapters.redis.budget import RedisBudget

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
DATE = {"date": "Wed, 04 Mar 2026 12:00:00 GMT"}


class StoppedClock:
    def __init__(self, now: datetime) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment


class Told:
    """Answers one after the other, the last one for ever after. An exception is raised instead."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    def queries(self) -> list[dict[str, str]]:
        return [dict(request.url.params) for request in self.asked]

    def bodies(self) -> list[object]:
        return [json.loads(request.content) for request in self.asked if request.content]


class MemoryTokens:
    """The token of a fleet that lives in one process."""

    def __init__(self, token=None) -> None:
        self.token = token
        self.refreshes = []
        self._lock = threading.Lock()
        self._claimed_until = None

    def read(self):
        return self.token

    def claim_refresh(self, now):
        with self._lock:
            recent = [moment for moment in self.refreshes if now - moment < timedelta(minutes=10)]
            if (self._claimed_until and now < self._claimed_until) or len(recent) >= 8:
                return False
            self._claimed_until = now + timedelta(seconds=30)
            self.refreshes.append(now)
            return True

    def keep(self, token, now):
        self.token = token
        self._claimed_until = None

    def give_up(self, now, wait):
        self._claimed_until = now + wait


@pytest.fixture
def memory_tokens() -> type[MemoryTokens]:
    return MemoryTokens


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(NOW)


@pytest.fixture
def budget() -> RedisBudget:
    return RedisBudget(client=fakeredis.FakeRedis(), connection=uuid4().hex, limits={})


@pytest.fixture
def calls() -> list[object]:
    return []


@pytest.fixture
def told() -> type[Told]:
    return Told


@pytest.fixture
def answer() -> Callable[..., httpx.Response]:
    def make(status: int, document: object = None, *, text: str = "", **headers: str) -> httpx.Response:
        body = text if document is None else json.dumps(document)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.Response(status, headers={**DATE, **named}, content=body.encode())

    return make


@pytest.fixture
def wire(budget, clock, calls) -> Callable[..., Wire]:
    def make(told: Told, **more: timedelta) -> Wire:
        transport = httpx.MockTransport(told)
        return Wire(budget=budget, clock=clock, on_call=calls.append, transport=transport, **more)

    return make

"""One vendor call as it came in, and the answer as it goes out, before any fault touches it."""

import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Call:
    """A request whose body has been read to the end."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    at: datetime
    request_id: str = field(default_factory=lambda: uuid4().hex)


@dataclass(slots=True)
class Answer:
    """A whole response. `content_type=None` sends no Content-Type at all."""

    status: int
    body: bytes = b""
    content_type: str | None = None
    headers: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of_json(cls, status: int, payload: object, content_type: str = "application/json") -> "Answer":
        return cls(status, json.dumps(payload).encode(), content_type)


async def read_call(scope: Scope, receive: Receive, at: datetime) -> Call:
    return Call(
        method=scope["method"],
        path=scope["path"],
        query=scope["query_string"].decode("latin-1"),
        headers={name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]},
        body=await _whole_body(receive),
        at=at,
    )


async def _whole_body(receive: Receive) -> bytes:
    parts = []
    more = True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


async def answer_of(app: AsgiApp, scope: Scope, body: bytes) -> Answer:
    """Run an ASGI app on a body already read and take its whole response."""
    captured = _Capture(body)
    await app(scope, captured.receive, captured.send)
    return captured.answer()


class _Capture:
    def __init__(self, body: bytes) -> None:
        self._body = body
        self._status = 500
        self._headers: list[tuple[str, str]] = []
        self._parts: list[bytes] = []

    async def receive(self) -> Message:
        body, self._body = self._body, b""
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in message["headers"]]
        elif message["type"] == "http.response.body":
            self._parts.append(message.get("body", b""))

    def answer(self) -> Answer:
        kept = [(name, value) for name, value in self._headers if name not in {"content-type", "content-length"}]
        content_type = next((value for name, value in self._headers if name == "content-type"), None)
        return Answer(self._status, b"".join(self._parts), content_type, kept)

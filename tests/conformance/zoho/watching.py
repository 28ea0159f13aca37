"""An ASGI app around a practice organisation that keeps what the judge says of every call and its answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sandbox.calls import AsgiApp, Message, Receive, Scope, Send
from tests.conformance.zoho.asking import judge_request
from tests.conformance.zoho.description import MATERIAL, description
from tests.conformance.zoho.judge import Judgement, judge

API = "/crm/"


@dataclass(slots=True)
class Watched:
    """Where there is no description nothing is judged. Requests are judged only of a client that means well."""

    app: AsgiApp
    means_well: bool = False
    answers: list[Judgement] = field(default_factory=list)
    requests: list[Judgement] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(API) or not MATERIAL.is_dir():
            await self.app(scope, receive, send)
            return
        told = _Exchange()
        await self.app(scope, told.hearing(receive), told.saying(send))
        # Where no answer came, there is nothing to judge.
        if told.status:
            self._judge(scope, told)

    def wrong(self) -> Sequence[Judgement]:
        return [each for each in (*self.answers, *self.requests) if each.why is not None]

    def _judge(self, scope: Scope, told: "_Exchange") -> None:
        method, path = scope["method"], scope["path"]
        self.answers.append(judge(description(), method, path, told.status, told.said, told.kind))
        if self.means_well:
            query = scope["query_string"].decode()
            self.requests.append(judge_request(description(), method, path, query, told.heard))


@dataclass(slots=True)
class _Exchange:
    heard: bytes = b""
    said: bytes = b""
    status: int = 0
    kind: str = ""

    def hearing(self, receive: Receive) -> Receive:
        async def hear() -> Message:
            message = await receive()
            self.heard += message.get("body", b"")
            return message

        return hear

    def saying(self, send: Send) -> Send:
        async def say(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = {bytes(name).lower(): bytes(value) for name, value in message["headers"]}
                self.status, self.kind = message["status"], headers.get(b"content-type", b"").decode()
            else:
                self.said += message.get("body", b"")
            await send(message)

        return say

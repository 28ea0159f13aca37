"""A practice CRM as a transport of httpx's ordinary client: the true wire format without a socket or a thread.

A held answer is a read timeout at once, a dropped connection a read error: what a client sees, without the waiting.
"""

from asyncio import Runner

import httpx

from sandbox.calls import AsgiApp, Message, Scope
from sandbox.delivery import ConnectionDroppedError


class InProcessTransport(httpx.BaseTransport):
    """Serves one client at a time. Closing the client closes it; the app's store stays with the caller."""

    def __init__(self, app: AsgiApp) -> None:
        self._app = app
        self._runner = Runner()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        exchange = _Exchange(request.read())
        try:
            self._runner.run(exchange.through(self._app, _scope_of(request)))
        except ConnectionDroppedError as error:
            raise httpx.ReadError("the connection was reset", request=request) from error
        if exchange.status is None:
            raise httpx.ReadTimeout("no answer came", request=request)
        return httpx.Response(exchange.status, headers=exchange.headers, content=exchange.body, request=request)

    def close(self) -> None:
        self._runner.close()


class _Exchange:
    """The client's end: sends its body once, then hangs up as soon as it is kept waiting."""

    def __init__(self, body: bytes) -> None:
        self._messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
        self.status: int | None = None
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = b""

    async def through(self, app: AsgiApp, scope: Scope) -> None:
        await app(scope, self.receive, self.send)

    async def receive(self) -> Message:
        return self._messages.pop() if self._messages else {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], message["headers"]
        else:
            self.body += message.get("body", b"")


def _scope_of(request: httpx.Request) -> Scope:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.url.scheme,
        "path": request.url.path,
        "raw_path": request.url.raw_path.partition(b"?")[0],
        "query_string": request.url.query,
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "client": ("127.0.0.1", 1),
        "server": (request.url.host, request.url.port or 80),
    }

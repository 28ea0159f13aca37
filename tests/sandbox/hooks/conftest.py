"""A sender of its own, with a list in place of the network, and a receiver on a loopback port."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from sandbox.ground import Ground, lay_ground
from sandbox.hooks.hook import Hook
from sandbox.hooks.transports import Collected


@pytest.fixture
def ground() -> Iterator[Ground]:
    ground = lay_ground()
    yield ground
    ground.close()


@pytest.fixture
def collected(ground: Ground) -> Collected:
    ground.hooks.transport = collected = Collected()
    return collected


@pytest.fixture
def send(ground: Ground) -> Callable[..., None]:
    """`send("a", "b")` hands over one hook per label."""

    def each(*labels: str, url: str = "http://127.0.0.1:9/in?secret=s3", **more: Any) -> None:
        for label in labels:
            ground.hooks.send(Hook(url=url, content_type="text/plain", body=label.encode(), label=label, **more))

    return each


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[tuple[str, str, bytes]]]]:
    """A real port: its address, and what came in as (path, content type, body)."""
    received: list[tuple[str, str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            received.append((self.path, self.headers["content-type"], body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ExitStack() as closing:
        server = closing.enter_context(HTTPServer(("127.0.0.1", 0), Handler))
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        closing.callback(thread.join)
        closing.callback(server.shutdown)
        yield f"http://127.0.0.1:{server.server_port}", received

"""Sockets that keep to a deadline: httpx bounds each read alone, so a server that drips bytes could hold a call long.

Which deadline is meant is known per thread: a synchronous call does all its reading and writing in its own thread.
"""

import ssl
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import httpcore
import httpx

from baton.adapters.http.deadline import Deadline

_CONNECTIONS = 32
# Below the five seconds after which many servers (uvicorn too) close an idle connection: a write sent into a closing
# connection is Uncertain, and costs a look-up.
_IDLE_SECONDS = 3.0
_SLICE = 65536

_of_this_thread = threading.local()


@contextmanager
def bounded_by(deadline: Deadline) -> Iterator[None]:
    before = getattr(_of_this_thread, "deadline", None)
    _of_this_thread.deadline = deadline
    try:
        yield
    finally:
        _of_this_thread.deadline = before


def _seconds(timeout: float | None, late: type[Exception]) -> float | None:
    deadline: Deadline | None = getattr(_of_this_thread, "deadline", None)
    if deadline is None:
        return timeout
    left = deadline.seconds_left
    if left <= 0:
        raise late("the deadline is over")
    return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    def __init__(self, plain: httpcore.NetworkStream) -> None:
        self._plain = plain

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._plain.read(max_bytes, _seconds(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _SLICE):
            self._plain.write(buffer[start : start + _SLICE], _seconds(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._plain.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._plain.start_tls(ssl_context, server_hostname, _seconds(timeout, httpcore.ConnectTimeout)))

    def get_extra_info(self, info: str) -> object:
        return self._plain.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    def __init__(self) -> None:
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        seconds = _seconds(timeout, httpcore.ConnectTimeout)
        return _Stream(self._plain.connect_tcp(host, port, seconds, local_address, socket_options))


class BoundedTransport(httpx.HTTPTransport):
    """httpx's pooled transport over sockets that keep to the deadline of the thread."""

    def __init__(self) -> None:
        super().__init__()
        # httpx has no argument for the network backend; a test with a dripping server fails should this stop working.
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=_CONNECTIONS,
            max_keepalive_connections=_CONNECTIONS,
            keepalive_expiry=_IDLE_SECONDS,
            network_backend=_Backend(),
        )

"""Sends one request over pooled connections and reads the whole answer, within a deadline and a size.

It speaks to httpx's transport and not through its client: no cookies are kept, no redirect is followed, no netrc or
proxy variable is read, and no address with an e-mail in it reaches the log.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import httpx

from baton.adapters.http.ask import Ask, lost
from baton.adapters.http.bounded import BoundedTransport, bounded_by
from baton.adapters.http.deadline import Deadline
from baton.adapters.http.reply import Reply, document_in, moment
from baton.domain.failures import Unreachable
from baton.ports import Clock

_CONNECT_SECONDS = 5.0
_LARGEST = 32 * 1024 * 1024
_HEADERS = {"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "baton"}
_NOTHING_WAS_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class Line:
    """Shared by all threads of a worker."""

    def __init__(self, *, clock: Clock, transport: httpx.BaseTransport | None = None, largest: int = _LARGEST) -> None:
        self._clock = clock
        self._transport = transport or BoundedTransport()
        self._largest = largest

    def send(self, ask: Ask, deadline: Deadline) -> Reply:
        if deadline.is_over:
            raise Unreachable(f"{ask}: no time was left to send it", code="deadline")
        started, asked = time.monotonic(), self._clock.now()
        with bounded_by(deadline), _in_our_words(ask):
            response = self._transport.handle_request(_request(ask, deadline))
            try:
                body = self._body(ask, response, deadline)
            finally:
                response.close()
        took = timedelta(seconds=time.monotonic() - started)
        return Reply(response.status_code, response.headers, body, document_in(body), _began(response, asked, took))

    def close(self) -> None:
        self._transport.close()

    def _body(self, ask: Ask, response: httpx.Response, deadline: Deadline) -> bytes:
        read = bytearray()
        for chunk in response.iter_bytes():
            read += chunk
            if len(read) > self._largest:
                raise lost(ask, "the answer is too large", "too_large")
            if deadline.is_over:
                raise lost(ask, "the answer came too slowly", "deadline")
        return bytes(read)


def _request(ask: Ask, deadline: Deadline) -> httpx.Request:
    left = max(deadline.seconds_left, 0.001)
    timeout = {"connect": min(left, _CONNECT_SECONDS), "read": left, "write": left, "pool": left}
    return httpx.Request(
        ask.method,
        ask.url,
        params=ask.params or None,
        headers={**_HEADERS, **ask.headers},
        json=ask.body,
        data=ask.form,
        extensions={"timeout": timeout},
    )


@contextmanager
def _in_our_words(ask: Ask) -> Iterator[None]:
    try:
        yield
    except _NOTHING_WAS_SENT as error:
        raise Unreachable(f"{ask}: {type(error).__name__}, nothing was sent") from error
    except (httpx.TransportError, httpx.DecodingError) as error:
        # The text of the error may hold the address, and that an e-mail.
        raise lost(ask, type(error).__name__) from error


def _began(response: httpx.Response, asked: datetime, took: timedelta) -> datetime:
    answered = moment(response.headers.get("date"))
    # The Date header is written at the end: a slow answer shows the world as it was before.
    return asked if answered is None else answered - took

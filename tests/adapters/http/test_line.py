"""Calls over real sockets: bounded in time and size, and sorted by what may have happened."""

import socket
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from select import select

import pytest

from baton.adapters.http.ask import Ask
from baton.adapters.http.deadline import Deadline
from baton.adapters.http.line import Line
from baton.domain.failures import Uncertain, Unreachable

SOON = timedelta(seconds=0.4)
FAR_BEYOND = timedelta(seconds=10)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


class Server:
    """Answers each connection with one conversation: a function of the socket."""

    def __init__(self, converse) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.heard: list[bytes] = []
        self.connections = 0
        self._converse = converse
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            with closing(connection):
                self._talk(connection)

    def _talk(self, connection) -> None:
        try:
            self._converse(self, connection)
        except OSError:
            return

    def close(self) -> None:
        # A thread that waits in accept() is not woken by close().
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)


@pytest.fixture
def server():
    started = []

    def start(converse):
        started.append(Server(converse))
        return started[-1]

    yield start
    for one in started:
        one.close()


@pytest.fixture
def line(clock):
    opened = Line(clock=clock, largest=100_000)
    yield opened
    opened.close()


def says(*parts, pause=0.0):
    def converse(server, connection):
        server.heard.append(connection.recv(65536))
        for part in parts:
            connection.sendall(part)
            threading.Event().wait(pause)

    return converse


def says_slowly(whole, first=b""):
    """The rest byte by byte: a whole answer, for whoever waits far beyond the deadline."""
    return says(first, *(bytes([each]) for each in whole), pause=0.1)


def is_silent(server, connection):
    """A whole answer, but only once the caller is gone or has waited far beyond the deadline."""
    server.heard.append(connection.recv(65536))
    select([connection], [], [], FAR_BEYOND.total_seconds())
    connection.sendall(body(b"{}"))


def body(content, *headers):
    lines = b"".join(header + b"\r\n" for header in headers)
    return HEAD + lines + b"Content-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(content), content)


def read(server, **more):
    return Ask(method="GET", url=f"{server.url}/contacts", route="/contacts", **more)


def write(server):
    return Ask(method="POST", url=f"{server.url}/contacts", route="/contacts", body={"a": 1}, is_write=True)


def test_an_answer_is_read_whole(server, line):
    there = server(says(body(b'{"contacts":[{"id":"1"}]}', b"X-Request-Id: abc")))

    reply = line.send(read(there), Deadline.after(SOON))

    assert reply.items("contacts") == [{"id": "1"}]
    assert (reply.status, reply.request_id) == (200, "abc")


def test_a_read_began_by_the_servers_clock(server, line):
    there = server(says(body(b"{}", b"Date: Wed, 04 Mar 2026 09:08:07 GMT")))

    began = line.send(read(there), Deadline.after(SOON)).began

    assert timedelta(0) < datetime(2026, 3, 4, 9, 8, 7, tzinfo=UTC) - began < timedelta(seconds=1)


def test_without_a_date_the_read_began_when_we_asked(server, line, now):
    there = server(says(body(b"{}")))

    assert line.send(read(there), Deadline.after(SOON)).began == now


@pytest.mark.parametrize(("make", "failure"), [(read, Unreachable), (write, Uncertain)])
@pytest.mark.parametrize(
    "converse",
    [
        pytest.param(says(), id="closes without a word"),
        pytest.param(says(HEAD), id="closes in the headers"),
        pytest.param(says(body(b'{"contacts": [')[:-9]), id="cuts the body"),
        pytest.param(says_slowly(b'{"a": 1}' + b" " * 100, HEAD + b"\r\n"), id="drips the body"),
        pytest.param(says_slowly(body(b"{}", b"X-Padding: " + b"x" * 60)), id="drips the headers"),
        pytest.param(is_silent, id="says nothing for too long"),
        pytest.param(says(b"SSH-2.0-OpenSSH\r\n\r\n"), id="is no web server"),
        pytest.param(says(body(b'"' + b"x" * 200_000 + b'"')), id="sends too much"),
        pytest.param(says(body(b"no gzip at all", b"Content-Encoding: gzip")), id="sends what cannot be unpacked"),
    ],
)
def test_a_read_without_an_answer_did_nothing_and_a_write_may_have_happened(server, line, make, failure, converse):
    there = server(converse)

    with pytest.raises(failure):
        line.send(make(there), Deadline.after(SOON))


def test_where_nobody_listens_nothing_was_sent(line):
    with closing(socket.create_server(("127.0.0.1", 0))) as closed:
        port = closed.getsockname()[1]
    nobody = Ask(method="POST", url=f"http://127.0.0.1:{port}/", route="/", is_write=True)

    with pytest.raises(Unreachable, match="nothing was sent"):
        line.send(nobody, Deadline.after(SOON))


def test_when_the_time_is_over_nothing_is_sent(server, line):
    there = server(says(body(b"{}")))

    with pytest.raises(Unreachable):
        line.send(write(there), Deadline.after(timedelta(0)))

    assert there.heard == []


def test_cookies_are_not_kept(server, line):
    there = server(says(body(b"{}", b"Set-Cookie: PHPSESSID=1; Path=/")))
    line.send(read(there), Deadline.after(SOON))

    line.send(read(there), Deadline.after(SOON))

    assert b"cookie" not in there.heard[1].lower()


def test_a_redirect_is_not_followed(server, line):
    there = server(says(b"HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n"))

    reply = line.send(read(there), Deadline.after(SOON))

    assert reply.status == 302
    assert len(there.heard) == 1


def test_one_connection_serves_many_calls(server, line):
    def converse(there, connection):
        while connection.recv(65536):
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    there = server(converse)

    for _ in range(3):
        line.send(read(there), Deadline.after(SOON))
    line.close()

    assert there.connections == 1


def test_neither_a_log_nor_a_reason_holds_an_address_with_an_email_in_it(server, line, caplog):
    caplog.set_level("INFO")
    there = server(says())
    asked = read(there, params=(("email", "ada@example.com"),))

    with pytest.raises(Unreachable) as raised:
        line.send(asked, Deadline.after(SOON))

    assert "ada@" not in caplog.text + raised.value.reason + repr(asked)


def test_odd_json_is_still_read(server, line):
    there = server(says(body(b'\xef\xbb\xbf{"a": "b\tc", "d": NaN, "e": "\\/x"}')))

    assert line.send(read(there), Deadline.after(SOON)).document == {"a": "b\tc", "d": None, "e": "/x"}


@pytest.mark.parametrize("content", [b"<html>Sign in</html>", b"[1]", b'{"a": ', b"[" * 50_000])
def test_what_is_no_json_object_is_no_document(server, line, content):
    there = server(says(body(content)))

    assert line.send(read(there), Deadline.after(SOON)).document is None

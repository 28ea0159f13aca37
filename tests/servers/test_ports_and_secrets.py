"""What a state folder remembers between two starts: ports and made-up passwords."""

import socket
import stat

from console.embedded.ports import PortBook
from console.embedded.secret import secret_in


def test_a_port_is_the_same_the_next_time(tmp_path):
    book = PortBook(tmp_path / "ports.json")

    assert book.port_for("redis") == book.port_for("redis")


def test_a_port_that_is_taken_meanwhile_is_replaced(tmp_path):
    book = PortBook(tmp_path / "ports.json")
    first = book.port_for("redis")

    with socket.create_server(("127.0.0.1", first)):
        second = book.port_for("redis")

    assert second != first
    assert book.port_for("redis") == second


def test_each_name_has_its_own_port(tmp_path):
    book = PortBook(tmp_path / "ports.json")

    assert book.port_for("redis") != book.port_for("postgres")


def test_looking_begins_where_it_was_asked_to(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        start = taken.getsockname()[1]

        assert start < PortBook(tmp_path / "ports.json").port_for("flower", start=start) <= start + 50


def test_a_book_that_cannot_be_read_is_begun_anew(tmp_path):
    (tmp_path / "ports.json").write_text("{")

    assert PortBook(tmp_path / "ports.json").port_for("redis") > 0


def test_a_secret_is_made_once_and_hidden_from_others(tmp_path):
    path = tmp_path / "flower-password"

    first = secret_in(path)

    assert secret_in(path) == first
    assert len(first) >= 20
    assert stat.S_IMODE(path.stat().st_mode) == 0o600

"""Which port a server gets: the one it had last time if it is free, else another; remembered in a file."""

import socket
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

LOOPBACK = "127.0.0.1"
_BOOK = TypeAdapter(dict[str, int])


def is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # A connection that has just ended must not make its port look taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def any_free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def port_beside(known: Set[int]) -> int:
    """A free one that nobody else in the book is about to use."""
    return next(port for port in iter(any_free_port, None) if port not in known)


def first_free_port(start: int, *, tries: int = 50) -> int:
    return next((port for port in range(start, start + tries) if is_free(port)), 0) or any_free_port()


@dataclass(frozen=True, slots=True)
class PortBook:
    """The ports of one state folder, by name."""

    path: Path

    def port_for(self, name: str, *, start: int | None = None) -> int:
        """`start`: where to begin looking when there is none from last time (None: anywhere)."""
        book = self._read()
        port = book.get(name)
        if port is None or not is_free(port):
            port = first_free_port(start) if start else port_beside(set(book.values()))
            self.path.write_bytes(_BOOK.dump_json(book | {name: port}))
        return port

    def _read(self) -> dict[str, int]:
        try:
            return _BOOK.validate_json(self.path.read_bytes())
        except (FileNotFoundError, ValidationError):
            return {}

"""Records in memory, written through to one SQLite file once per request.

Knows shelves of JSON rows, numbered counters and the append-only log; what lies on a shelf is the CRM's matter.
"""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]

READ_AT_ONCE = 2_000
"""So many rows are decoded as one text: they then share the texts of their keys, which weigh more than the values."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS rows (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, shelf TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (shelf, id)
);
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS log (n INTEGER PRIMARY KEY, body TEXT NOT NULL);
"""
PUT_ROW = """
INSERT INTO rows (shelf, id, body) VALUES (?, ?, ?) ON CONFLICT (shelf, id) DO UPDATE SET body = excluded.body
"""


class Shelf:
    """One collection of JSON rows by id, in the order they came; remembers which changed since the last flush."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: dict[str, Row] = {}
        # A dict and not a set: new rows are written in the order they came, and so read back in it.
        self.changed: dict[str, None] = {}
        self._watchers: list[set[str]] = []

    def watch(self) -> set[str]:
        """A set that every key changed from now on is put into; whoever asked for it empties it."""
        watcher: set[str] = set()
        self._watchers.append(watcher)
        return watcher

    def put(self, key: str, row: Row) -> None:
        self.rows[key] = row
        self.touch(key)

    def touch(self, key: str) -> None:
        """Say that a row was changed in place."""
        self.changed[key] = None
        for watcher in self._watchers:
            watcher.add(key)

    def remove(self, key: str) -> Row | None:
        self.touch(key)
        return self.rows.pop(key, None)

    def clear(self) -> None:
        """Forget all rows, and that any of them was still to be written."""
        for watcher in self._watchers:
            watcher.update(self.rows)
        self.rows.clear()
        self.changed.clear()

    def get(self, key: str) -> Row | None:
        return self.rows.get(key)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows.values())


class Store:
    """All shelves, counters and the log of one practice CRM. Without a path nothing outlives the process."""

    def __init__(self, path: Path | None = None) -> None:
        self._shelves: dict[str, Shelf] = {}
        self._counters: dict[str, int] = {}
        self._counters_moved = False
        self.log: list[Row] = []
        self._log_kept = 0
        self._file = _opened(path) if path else None
        if self._file:
            self._read(self._file)

    def shelf(self, name: str) -> Shelf:
        return self._shelves.setdefault(name, Shelf(name))

    def next_number(self, name: str, first: int = 1) -> int:
        """The next of an ascending series that survives restarts and never gives a number twice."""
        number = self._counters.get(name, first - 1) + 1
        self.reserve_number(name, number)
        return number

    def reserve_number(self, name: str, number: int) -> None:
        """Keep the series above a number that came from outside."""
        self._counters[name] = max(number, self._counters.get(name, number))
        self._counters_moved = True

    def flush(self) -> None:
        """Write everything that changed since the last flush in one transaction."""
        # The log may grow while it is written: outgoing calls are noted by another thread.
        until = len(self.log)
        if self._file:
            with self._file:
                self._write(self._file, until)
        for shelf in self._shelves.values():
            shelf.changed.clear()
        self._counters_moved = False
        self._log_kept = until

    def wipe(self) -> None:
        """Forget rows, counters and log; shelves already handed out stay valid and become empty."""
        for shelf in self._shelves.values():
            shelf.clear()
        self._counters.clear()
        self.log.clear()
        self._log_kept = 0
        if self._file:
            with self._file:
                self._file.executescript("DELETE FROM rows; DELETE FROM counters; DELETE FROM log;")

    def close(self) -> None:
        self.flush()
        if self._file:
            self._file.close()
            self._file = None

    def _write(self, file: sqlite3.Connection, until: int) -> None:
        for shelf in self._shelves.values():
            if shelf.changed:
                _write_shelf(file, shelf)
        if self._counters_moved:
            file.executemany("INSERT OR REPLACE INTO counters VALUES (?, ?)", self._counters.items())
        fresh = enumerate(self.log[self._log_kept : until], start=self._log_kept + 1)
        file.executemany("INSERT INTO log VALUES (?, ?)", ((n, json.dumps(entry)) for n, entry in fresh))

    def _read(self, file: sqlite3.Connection) -> None:
        rows = file.execute("SELECT shelf, id, body FROM rows ORDER BY seq")
        while several := rows.fetchmany(READ_AT_ONCE):
            for (shelf, key, _), row in zip(several, _decoded([body for *_, body in several]), strict=True):
                self.shelf(shelf).rows[key] = row
        self._counters = dict(file.execute("SELECT name, value FROM counters"))
        entries = file.execute("SELECT body FROM log ORDER BY n")
        while several := entries.fetchmany(READ_AT_ONCE):
            self.log += _decoded([body for (body,) in several])
        self._log_kept = len(self.log)


def _decoded(bodies: list[str]) -> list[Row]:
    rows: list[Row] = json.loads(f"[{','.join(bodies)}]")
    return rows


def _opened(path: Path) -> sqlite3.Connection:
    # The server's thread may not be the one that opened the file; only one of them ever uses it at a time.
    file = sqlite3.connect(path, check_same_thread=False)
    file.execute("PRAGMA journal_mode=WAL")
    file.execute("PRAGMA synchronous=OFF")
    file.executescript(SCHEMA)
    return file


def _write_shelf(file: sqlite3.Connection, shelf: Shelf) -> None:
    gone = [(shelf.name, key) for key in shelf.changed if key not in shelf.rows]
    kept = [key for key in shelf.changed if key in shelf.rows]
    file.executemany("DELETE FROM rows WHERE shelf = ? AND id = ?", gone)
    file.executemany(PUT_ROW, ((shelf.name, key, json.dumps(shelf.rows[key])) for key in kept))

"""Where hints wait while the database is away: one line per delivery, on disk before it is answered.

Only refs lie here, no personal values. A process writes into a file of its own and holds a lock on it, so that what a
killed one left behind can be told from what a living one still writes.
"""

import errno
import fcntl
import json
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import FileIO
from pathlib import Path
from threading import Lock
from typing import BinaryIO
from uuid import uuid4

from baton.domain.hooks import Hint, HintKind, NotTaken, Refusal
from baton.domain.records import Crm, RecordRef

log = logging.getLogger("baton.web")

SUFFIX = ".hints"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Spooled:
    """One delivery as it was taken."""

    connection: str
    crm: Crm
    hints: tuple[Hint, ...]


class Spool:
    """Used by all threads of one process; several processes may share the folder. `most` bounds it in bytes."""

    def __init__(self, folder: Path, *, most: int) -> None:
        self._folder = folder
        self._most = most
        self._lock = Lock()
        self._file: FileIO | None = None

    def add(self, spooled: Spooled) -> None:
        """Comes back when the line is on the disk. Raises NotTaken when it cannot be."""
        line = _line(spooled)
        with self._lock:
            if self.size() + len(line) > self._most:
                raise NotTaken(Refusal.SPOOL_FULL)
            try:
                self._append(line)
            except OSError as error:
                log.warning("the spool cannot be written: %s", error.strerror)
                raise NotTaken(Refusal.SPOOL_FULL) from None

    def drain(self, store: Callable[[Sequence[Spooled]], None]) -> int:
        """Hands over what lies here, file by file, and deletes a file once it was taken; returns how many deliveries.

        Killed in between, a file is handed over again, which costs a read and nothing else.
        """
        with self._lock:
            self._let_go()
        count = 0
        for path in self._files():
            with suppress(FileNotFoundError), path.open("rb") as file:
                if not _locked(file):
                    continue
                deliveries = tuple(_deliveries(file))
                store(deliveries)
                path.unlink()
                count += len(deliveries)
        return count

    def size(self) -> int:
        """Bytes that wait here."""
        total = 0
        for path in self._files():
            with suppress(FileNotFoundError):
                total += path.stat().st_size
        return total

    def trouble(self) -> str | None:
        """Why nothing could be spooled now, or None."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            return error.strerror or "the folder cannot be made"
        if not os.access(self._folder, os.W_OK | os.X_OK):
            return "the folder may not be written"
        return "full" if self.size() >= self._most else None

    def close(self) -> None:
        with self._lock:
            self._let_go()

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob(f"*{SUFFIX}"))

    def _append(self, line: bytes) -> None:
        file = self._file or self._opened()
        end = file.tell()
        try:
            _write_whole(file, line)
        except OSError:
            # Half a line before whole ones would make them unreadable.
            with suppress(OSError):
                file.truncate(end)
            self._let_go()
            raise

    def _opened(self) -> FileIO:
        self._folder.mkdir(parents=True, exist_ok=True)
        file = (self._folder / f"{uuid4().hex}{SUFFIX}").open("xb", buffering=0)
        fcntl.flock(file, fcntl.LOCK_EX)
        # The name of a new file is only on the disk when its folder is.
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        self._file = file
        return file

    def _let_go(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def _write_whole(file: FileIO, line: bytes) -> None:
    if file.write(line) != len(line):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(file.fileno())


def _locked(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _line(spooled: Spooled) -> bytes:
    hints = [[str(hint.ref), hint.kind, hint.happened_at and hint.happened_at.isoformat()] for hint in spooled.hints]
    whole = {"v": VERSION, "connection": spooled.connection, "crm": spooled.crm, "hints": hints}
    return json.dumps(whole, separators=(",", ":")).encode() + b"\n"


def _deliveries(file: BinaryIO) -> Iterator[Spooled]:
    for line in file:
        try:
            yield _delivery(json.loads(line))
        except (ValueError, KeyError, TypeError):
            # The last line of a process that was killed while it wrote: it was not answered either.
            log.warning("a line of the spool is torn and was left out")


def _delivery(whole: dict[str, object]) -> Spooled:
    listed = whole["hints"]
    if not isinstance(listed, list):
        raise TypeError("no list of hints")
    hints = tuple(
        Hint(RecordRef.parse(ref), HintKind(kind), at and datetime.fromisoformat(at)) for ref, kind, at in listed
    )
    return Spooled(str(whole["connection"]), Crm(str(whole["crm"])), hints)

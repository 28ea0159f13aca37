"""One `make up` per state folder: the second is told so."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from console.embedded.trouble import StartError
from console.up.record import read_record

FILE = "up.lock"


@contextmanager
def claimed(state: Path) -> Iterator[None]:
    """The kernel drops the claim with the process, so that a crash leaves none behind."""
    state.mkdir(parents=True, exist_ok=True)
    with (state / FILE).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StartError(_told(state)) from None
        yield


def _told(state: Path) -> str:
    record = read_record(state)
    who = f" (pid {record.supervisor.pid})" if record else ""
    return (
        f"Baton is already up in {state}{who}: look with `baton status`, end it with Ctrl-C in its window, "
        "or set BATON_STATE_DIR to run another beside it"
    )

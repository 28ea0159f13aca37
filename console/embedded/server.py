"""A private server as a value: how it is started, where it answers, how one knows that it does."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from console.embedded.child import Child, Command
from console.embedded.mark import read_mark, write_mark
from console.embedded.trouble import StartError

PATIENCE = timedelta(seconds=60)
LOOK_EVERY = timedelta(milliseconds=50)

Rest = Callable[[timedelta], None]
"""Waits a moment; may raise to end the waiting."""


def sleep(wait: timedelta) -> None:
    time.sleep(wait.total_seconds())


@dataclass(frozen=True, slots=True)
class PrivateServer:
    """`answers` tells whether it can be used; `mark` is the file that remembers the process, for when we are killed."""

    command: Command
    url: str
    answers: Callable[[], bool]
    mark: Path
    warning: str | None = None


def start_server(server: PrivateServer, log: Path, rest: Rest = sleep) -> Child:
    """Starts it and waits until it answers; ends what an earlier start left behind."""
    end_leftover(server)
    child = Child.start(server.command, log)
    write_mark(server.mark, child.mark)
    try:
        wait_until(server.answers, child, rest)
    except BaseException:
        stop_server(server, child)
        raise
    return child


def stop_server(server: PrivateServer, child: Child) -> None:
    child.stop()
    server.mark.unlink(missing_ok=True)


def end_leftover(server: PrivateServer) -> None:
    mark = read_mark(server.mark)
    if mark is not None and not mark.end(server.command.stop):
        raise StartError(
            f"a {server.command.name} server of an earlier start (pid {mark.pid}) does not end: end it by hand"
        )
    server.mark.unlink(missing_ok=True)


def wait_until(answers: Callable[[], bool], child: Child, rest: Rest = sleep) -> None:
    """Raises StartError when the child ends before, or does not answer in time."""
    deadline = time.monotonic() + PATIENCE.total_seconds()
    while not answers():
        if not child.is_running():
            raise StartError(f"{child.command.name} ended at once: {child.last_words()} (log: {child.log})")
        if time.monotonic() > deadline:
            raise StartError(f"{child.command.name} does not answer after {PATIENCE.seconds} s; see {child.log}")
        rest(LOOK_EVERY)


@contextmanager
def running(server: PrivateServer, log: Path) -> Iterator[str]:
    child = start_server(server, log)
    try:
        yield server.url
    finally:
        stop_server(server, child)

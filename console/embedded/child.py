"""One process we start, watch and end. It has its own session, its own log file, and does not outlive us."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Self

from console.embedded.mark import ProcessMark
from console.embedded.trouble import StartError

LEASH = Path(__file__).with_name("leash.py")

Steps = Sequence[tuple[signal.Signals, timedelta]]

GENTLY: Steps = ((signal.SIGTERM, timedelta(seconds=10)), (signal.SIGKILL, timedelta(seconds=5)))


@dataclass(frozen=True, slots=True)
class Account:
    """Whom a child of root runs as. `keeps_file_access`: it may still enter folders that only root may."""

    uid: int
    gid: int
    keeps_file_access: bool

    def __str__(self) -> str:
        return f"{self.uid}:{self.gid}:{int(self.keeps_file_access)}"


@dataclass(frozen=True, slots=True)
class Command:
    """What to start and how to end it.

    stop        signals in order, each with the time it is given to work.
    orphaned    the signal Linux sends it when we are killed without a chance to end it.
    """

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    stop: Steps = GENTLY
    orphaned: signal.Signals = signal.SIGKILL
    account: Account | None = None


@dataclass(frozen=True, slots=True)
class Child:
    """A started command."""

    command: Command
    process: subprocess.Popen[bytes]
    mark: ProcessMark
    log: Path

    @classmethod
    def start(cls, command: Command, log: Path) -> Self:
        """From the main thread only: to Linux the thread that started a child is its parent."""
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as out:
            process = subprocess.Popen(  # noqa: S603 - the command is ours, from a table
                leashed(command),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **command.env},
                cwd=command.folder,
                start_new_session=True,
            )
        mark = ProcessMark.of(process.pid)
        if mark is None:
            raise StartError(f"{command.name} ended as soon as it was started; see {log}")
        return cls(command, process, mark, log)

    def is_running(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        for number, patience in self.command.stop:
            if not self.is_running():
                break
            self.process.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(patience.total_seconds())
        self.end_what_it_left()

    def end_what_it_left(self) -> None:
        """Children of the child live in its session; none of them may stay."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def last_words(self, lines: int = 3) -> str:
        """The end of its log, for the sentence that says why it is gone."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return " | ".join(line.strip() for line in text.splitlines()[-lines:] if line.strip())


def leashed(command: Command) -> list[str]:
    account = str(command.account) if command.account else "-"
    leash = [sys.executable, "-I", str(LEASH), str(int(command.orphaned)), str(os.getpid()), account]
    return [*leash, *command.argv]

"""A process told by pid and start time, so that a reused pid is never taken for ours."""

import os
import signal
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Self

import psutil
from pydantic import TypeAdapter, ValidationError

# The kernel counts start times from boot; a corrected clock moves them a little.
SAME_START = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class ProcessMark:
    pid: int
    started: float

    @classmethod
    def of(cls, pid: int) -> Self | None:
        """None when there is no such process, or only what is left of one."""
        try:
            process = psutil.Process(pid)
            if process.status() == psutil.STATUS_ZOMBIE:
                return None
            return cls(pid, process.create_time())
        except psutil.NoSuchProcess:
            return None

    def is_alive(self) -> bool:
        now = ProcessMark.of(self.pid)
        return now is not None and abs(now.started - self.started) < SAME_START.total_seconds()

    def end(self, steps: Sequence[tuple[signal.Signals, timedelta]]) -> bool:
        """Sends each signal in turn until it is gone; tells whether it is."""
        for number, patience in steps:
            if not self.is_alive():
                return True
            self._send(number)
            self._wait(patience)
        return not self.is_alive()

    def _send(self, number: signal.Signals) -> None:
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            return

    def _wait(self, patience: timedelta) -> None:
        try:
            psutil.Process(self.pid).wait(timeout=patience.total_seconds())
        except (psutil.NoSuchProcess, psutil.TimeoutExpired):
            return


def read_mark(path: Path) -> ProcessMark | None:
    """What the file remembers; None when there is none or it cannot be read."""
    try:
        return TypeAdapter(ProcessMark).validate_json(path.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def write_mark(path: Path, mark: ProcessMark) -> None:
    path.write_bytes(TypeAdapter(ProcessMark).dump_json(mark))


def mark_json(mark: ProcessMark) -> dict[str, float]:
    return asdict(mark)

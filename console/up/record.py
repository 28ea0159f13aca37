"""What runs in a state folder, kept in its `run.json`: for the other commands, and for the start after a crash."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from console.embedded.child import GENTLY
from console.embedded.mark import ProcessMark
from console.embedded.secret import write_private

FILE = "run.json"


@dataclass(frozen=True, slots=True)
class RunRecord:
    """crms: the addresses of the practice CRMs. children: in the order they were started."""

    supervisor: ProcessMark
    environment: Mapping[str, str] = field(default_factory=dict)
    crms: Mapping[str, str] = field(default_factory=dict)
    flower_url: str | None = None
    web_url: str | None = None
    children: Mapping[str, ProcessMark] = field(default_factory=dict)

    def is_alive(self) -> bool:
        return self.supervisor.is_alive()


_RECORD = TypeAdapter(RunRecord)


def read_record(state: Path) -> RunRecord | None:
    try:
        return _RECORD.validate_json((state / FILE).read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValidationError):
        return None


def read_running(state: Path) -> RunRecord | None:
    """The record, if what it speaks of is up now."""
    record = read_record(state)
    return record if record is not None and record.is_alive() else None


def write_record(state: Path, record: RunRecord) -> None:
    # It holds the servers' passwords.
    write_private(state / FILE, _RECORD.dump_json(record, indent=2).decode())


def forget_record(state: Path) -> None:
    with suppress(FileNotFoundError):
        (state / FILE).unlink()


def end_leftovers(state: Path) -> tuple[str, ...]:
    """Ends the children of a supervisor that was killed, the last started first; returns their names."""
    record = read_record(state)
    if record is None or record.is_alive():
        return ()
    left = {name: mark for name, mark in reversed(list(record.children.items())) if mark.is_alive()}
    for mark in left.values():
        mark.end(GENTLY)
    forget_record(state)
    return tuple(left)

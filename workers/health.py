"""What counts as well, for each kind of process. Each question is answered with one line, or raises Unwell with one.

It builds no engine, needs no vendor's credentials and loads neither Celery nor Redis, so it may be asked every minute.
"""

from datetime import datetime, timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from baton.adapters.database.pulse import Silent, answers, last_tick
from workers.notes import FOLDER, Note

PATIENCE = timedelta(seconds=5)

# A note is written every 5 s; the broker's own checks notice a half-open line within 51 s.
OLD_AFTER = timedelta(seconds=60)

# A call has a deadline of 30 s, and what a task does is a few calls: where none has ended for this long, none will.
STUCK_AFTER = timedelta(minutes=10)


class Unwell(Exception):
    """Says in one line what is wrong and where to look."""


def worker(state: Path, database: str, now: float) -> str:
    """Every worker that has its notes in this state folder, and the way from here to the database."""
    notes = _notes(state / FOLDER)
    if not notes:
        raise Unwell(f"no worker has left a note in {state / FOLDER}: it has not begun to consume")
    told = [_judged(note, now) for note in notes]
    _has_database(database)
    return f"{'; '.join(told)}; the database answers"


def _notes(folder: Path) -> tuple[Note, ...]:
    try:
        return tuple(Note.read(path) for path in sorted(folder.glob("*.json")))
    except (OSError, ValueError) as error:
        raise Unwell(f"the notes in {folder} cannot be read: {type(error).__name__}") from None


def _judged(note: Note, now: float) -> str:
    age = now - note.at
    if age > OLD_AFTER.total_seconds():
        raise Unwell(f"{note.worker} has been silent for {age:.0f} s: its loop hangs, or it has lost the broker")
    if not note.queues:
        raise Unwell(f"{note.worker} consumes no queue")
    if note.busy >= note.slots and note.last_start is not None:
        held = now - note.last_start
        if held > STUCK_AFTER.total_seconds():
            raise Unwell(f"{note.worker} is stuck: all {note.slots} slots have been held for {held:.0f} s")
    return f"{note.worker} consumes {', '.join(note.queues)}, {note.busy} of {note.slots} slots busy"


def _has_database(url: str) -> None:
    try:
        answers(url, patience=PATIENCE)
    except Silent as silent:
        raise Unwell(f"the database does not answer: {silent}") from None


def beat(database: str, now: datetime, within: timedelta) -> str:
    """Beat is well when what it sends is done: the newest tick is a row that a worker wrote."""
    try:
        last = last_tick(database, patience=PATIENCE)
    except Silent as silent:
        raise Unwell(f"the database does not answer: {silent}") from None
    if last is None:
        raise Unwell("there has never been a tick: beat does not send, or no worker takes `pull` and `upkeep`")
    age = now - last
    if age > within:
        raise Unwell(
            f"the last tick is {age.total_seconds():.0f} s old: beat does not send, or no worker takes `upkeep`"
        )
    return f"the last tick is {max(age.total_seconds(), 0):.0f} s old"


def page(url: str) -> str:
    """A page that answers with 2xx. Asked directly, whatever proxy the environment names."""
    try:
        with build_opener(ProxyHandler({})).open(url, timeout=PATIENCE.total_seconds()) as answer:
            return f"{url} answers with {answer.status}"
    except URLError as error:
        raise Unwell(f"{url}: {error.reason}") from None
    except (OSError, ValueError) as error:
        raise Unwell(f"{url}: {type(error).__name__}") from None

"""What counts as well, for each kind of process. Each question is answered with one line, or raises Unwell with one.

It builds no engine and needs no vendor's credentials, so that it is cheap enough to be asked every minute.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import redis

from baton.adapters.database.pulse import Silent, answers, last_tick
from workers.queues import WORK_QUEUES
from workers.vitals import FOLDER, Note

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


def fleet(database: str, broker: redis.Redis, within: timedelta) -> str:
    """All of it, seen from outside: servers, ticks, and a worker for each queue."""
    troubles = [_trouble_of_redis(broker)]
    told = ""
    try:
        told = beat(database, datetime.now(UTC), within)
    except Unwell as unwell:
        troubles.append(str(unwell))
    served: Mapping[str, Collection[str]] = {} if troubles[0] else consumers()
    if not troubles[0]:
        troubles.append(unserved(served))
    found = [trouble for trouble in troubles if trouble]
    if found:
        raise Unwell("; ".join(found))
    return f"{len(served)} workers serve all {len(WORK_QUEUES)} queues; {told}"


def _trouble_of_redis(broker: redis.Redis) -> str:
    try:
        broker.ping()
        policy = broker.config_get("maxmemory-policy").get("maxmemory-policy", "noeviction")
    except redis.ResponseError:
        # Servers for hire allow no CONFIG; that one answered is enough.
        return ""
    except redis.RedisError as error:
        return f"Redis does not answer: {type(error).__name__}"
    return "" if policy == "noeviction" else f"Redis may evict keys ({policy}): set maxmemory-policy to noeviction"


def consumers() -> Mapping[str, Collection[str]]:
    """Worker → the queues it consumes, asked of all that listen."""
    from workers.window import app  # noqa: PLC0415 - needs the broker's address, which only this question does

    replies = app.control.inspect(timeout=3).active_queues() or {}
    return {name: [str(queue["name"]) for queue in queues] for name, queues in replies.items()}


def unserved(served: Mapping[str, Collection[str]]) -> str:
    """Empty when every queue has somebody."""
    taken = {queue for queues in served.values() for queue in queues}
    missing: Sequence[str] = [queue.name for queue in WORK_QUEUES if queue.name not in taken]
    return f"no worker takes {', '.join(missing)}" if missing else ""

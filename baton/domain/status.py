"""How a connection stands at one moment: the numbers the live view, `baton status` and `--until in-step` judge by.

How they are counted is known by the database adapter; how they look, by the console.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

WAITING = "waiting"
"""The people nobody has decided yet; the other keys of `Status.people` are the standings of `domain.person`."""

UNSETTLED = (WAITING, "writing")


@dataclass(frozen=True, slots=True)
class Box:
    """Rows that wait in the inbox or the outbox: how many per lane, and for how long the oldest has waited."""

    depth: Mapping[str, int] = field(default_factory=dict)
    oldest: timedelta | None = None

    @property
    def total(self) -> int:
        return sum(self.depth.values())

    def to_json(self) -> dict[str, object]:
        return {"depth": dict(self.depth), "oldest_seconds": self.oldest.total_seconds() if self.oldest else None}


@dataclass(frozen=True, slots=True)
class StreamStatus:
    """When a stream was last read to its end; None: never yet."""

    stream: str
    last_pass: datetime | None = None
    is_reading: bool = False

    def to_json(self) -> dict[str, object]:
        return {
            "stream": self.stream,
            "last_pass": self.last_pass.isoformat() if self.last_pass else None,
            "is_reading": self.is_reading,
        }


@dataclass(frozen=True, slots=True)
class Event:
    """Something worth a line on the screen; never with a personal value."""

    at: datetime
    text: str

    def to_json(self) -> dict[str, object]:
        return {"at": self.at.isoformat(), "text": self.text}


@dataclass(frozen=True, slots=True)
class Status:
    """One look at one connection.

    people       how many stand how, by the words of `Standing` and WAITING.
    totals       what was done since the beginning: `read`, `decided`, `written`; rates are their differences.
    unexplained  records that differ or are missing without a standing that says why; must be 0.
    trouble      why the connection is paused, if it is.
    """

    connection: str
    at: datetime
    people: Mapping[str, int] = field(default_factory=dict)
    inbox: Box = Box()
    outbox: Box = Box()
    dead_letters: int = 0
    streams: tuple[StreamStatus, ...] = ()
    events: tuple[Event, ...] = ()
    totals: Mapping[str, int] = field(default_factory=dict)
    unexplained: int = 0
    trouble: str | None = None

    @property
    def is_in_step(self) -> bool:
        """Every stream was read to its end once, nothing waits or is on its way, and every difference has a reason."""
        return not self.what_is_missing()

    def what_is_missing(self) -> tuple[str, ...]:
        """The reasons, as a person would say them, why the two sides are not in step."""
        unread = [stream.stream for stream in self.streams if stream.last_pass is None]
        unsettled = sum(self.people.get(word, 0) for word in UNSETTLED)
        reasons = {
            self.trouble or "": self.trouble is not None,
            "nothing was read yet": not self.streams,
            f"not read to the end yet: {', '.join(unread)}": bool(unread),
            f"{self.inbox.total} in the inbox": self.inbox.total > 0,
            f"{self.outbox.total} in the outbox": self.outbox.total > 0,
            f"{unsettled} people not settled": unsettled > 0,
            f"{self.unexplained} records unexplained": self.unexplained > 0,
        }
        return tuple(reason for reason, holds in reasons.items() if holds)

    def to_json(self) -> dict[str, object]:
        return {
            "connection": self.connection,
            "at": self.at.isoformat(),
            "is_in_step": self.is_in_step,
            "missing": list(self.what_is_missing()),
            "people": dict(self.people),
            "inbox": self.inbox.to_json(),
            "outbox": self.outbox.to_json(),
            "dead_letters": self.dead_letters,
            "unexplained": self.unexplained,
            "trouble": self.trouble,
            "totals": dict(self.totals),
            "streams": [stream.to_json() for stream in self.streams],
            "events": [event.to_json() for event in self.events],
        }

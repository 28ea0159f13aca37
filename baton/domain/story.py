"""A person's story as it is told: the records, how they stand, and what happened, oldest first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from baton.domain.records import Value


@dataclass(frozen=True, slots=True)
class ToldRecord:
    """One record of the person: what it shows now, what was last agreed on, and how it stands."""

    ref: str
    role: str
    standing: str
    reason: str
    version: datetime
    row: Mapping[str, object]
    base: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the ledger; `values` are gone once the person was erased."""

    at: datetime
    kind: str
    ref: str | None
    run: int | None
    facts: Mapping[str, object]
    values: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work of this person that is not over: where it waits, since when, until when, and what went wrong last."""

    box: str
    what: str
    state: str
    since: datetime
    due: datetime
    attempts: int
    last_failure: str | None


@dataclass(frozen=True, slots=True)
class Story:
    person: int
    email: str | None
    revision: int
    records: tuple[ToldRecord, ...]
    happenings: tuple[Happening, ...]
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class NextRead:
    """When a stream was last read to its end (None: never), and when it is read next."""

    stream: str
    last: datetime | None
    next: datetime


@dataclass(frozen=True, slots=True)
class UnknownReport:
    """Nobody is known by `who`: no record with it was ever seen. `refused`: why the contract would not take it."""

    who: str
    refused: str | None
    streams: tuple[NextRead, ...]
    trouble: str | None = None

"""What a backfill, a resync or a census goes through, and in which legs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from baton.domain.records import CONTACT, Module, RecordRef


class Kind(StrEnum):
    """backfill: read again, decide what changed. resync: decide all of it anew. census: find what no stream tells."""

    BACKFILL = "backfill"
    RESYNC = "resync"
    CENSUS = "census"


class State(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Way(StrEnum):
    """How a leg goes: page by page through the vendor's records, through named ones, or through those we hold."""

    PAGES = "pages"
    NAMED = "named"
    HELD = "held"
    SIGHTINGS = "sightings"


@dataclass(frozen=True, slots=True)
class Leg:
    way: Way
    module: Module


@dataclass(frozen=True, slots=True)
class Scope:
    """Which records take part. Nothing said: all of them.

    since, until  by the vendor's own change stamps.
    narrowed      an ActiveCampaign filter and its id: `listid`, `segmentid` or `tagid`.
    """

    modules: tuple[Module, ...]
    since: datetime | None = None
    until: datetime | None = None
    refs: tuple[RecordRef, ...] = ()
    narrowed: tuple[str, str] | None = None

    def holds(self, version: datetime) -> bool:
        return self.until is None or version < self.until

    def legs(self, kind: Kind) -> tuple[Leg, ...]:
        """A census reads everything, looks for what it holds and did not see, and looks for that once more later."""
        if kind is Kind.CENSUS:
            ways = [Leg(way, module) for module in self.modules for way in (Way.PAGES, Way.HELD)]
            return (*ways, *(Leg(Way.SIGHTINGS, module) for module in self.modules))
        if self.refs:
            named = dict.fromkeys(ref.module for ref in self.refs)
            return tuple(Leg(Way.NAMED, module) for module in named)
        if self.narrowed:
            return (Leg(Way.PAGES, CONTACT),)
        return tuple(Leg(Way.PAGES, module) for module in self.modules)

    def plain(self) -> dict[str, object]:
        return {
            "modules": [str(module) for module in self.modules],
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "refs": [str(ref) for ref in self.refs],
            "narrowed": list(self.narrowed) if self.narrowed else None,
        }

    @classmethod
    def of(cls, plain: Mapping[str, object]) -> Self:
        narrowed = _texts(plain.get("narrowed"))
        return cls(
            modules=tuple(Module.parse(text) for text in _texts(plain.get("modules"))),
            since=_moment(plain.get("since")),
            until=_moment(plain.get("until")),
            refs=tuple(RecordRef.parse(text) for text in _texts(plain.get("refs"))),
            narrowed=(narrowed[0], narrowed[1]) if narrowed else None,
        )


def _texts(raw: object) -> Sequence[str]:
    return [str(each) for each in raw] if isinstance(raw, list) else []


def _moment(raw: object) -> datetime | None:
    return datetime.fromisoformat(raw) if isinstance(raw, str) else None


MOST_MISSING = 0.2
FEW = 20


def is_credible(missing: int, held: int) -> bool:
    """A vendor that answers short must not make hundreds of people look deleted."""
    return missing <= FEW or missing <= held * MOST_MISSING

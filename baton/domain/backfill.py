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
    """How a leg goes.

    PAGES      page by page through what the vendor shows of the scope.
    NAMED      through the records that were named.
    SURVEY     through all there is in the order of ids, beside what we hold.
    UNSEEN     through what we hold and the survey did not show, by id.
    SIGHTINGS  through what is missing, for a second look some minutes after the first.
    """

    PAGES = "pages"
    NAMED = "named"
    SURVEY = "survey"
    UNSEEN = "unseen"
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
    is_believed   a person says that many records are really gone, so a census need not doubt it.
    """

    modules: tuple[Module, ...]
    since: datetime | None = None
    until: datetime | None = None
    refs: tuple[RecordRef, ...] = ()
    narrowed: tuple[str, str] | None = None
    is_believed: bool = False

    def holds(self, version: datetime) -> bool:
        return self.until is None or version < self.until

    def legs(self, kind: Kind) -> tuple[Leg, ...]:
        """A census surveys everything, looks for what it did not see, and looks for what it missed once more later."""
        if kind is Kind.CENSUS:
            ways = [Leg(way, module) for module in self.modules for way in (Way.SURVEY, Way.UNSEEN)]
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
            "is_believed": self.is_believed,
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
            is_believed=plain.get("is_believed") is True,
        )


def _texts(raw: object) -> Sequence[str]:
    return [str(each) for each in raw] if isinstance(raw, list) else []


def _moment(raw: object) -> datetime | None:
    return datetime.fromisoformat(raw) if isinstance(raw, str) else None


MOST_MISSING = 0.2
FEW = 5
SHORTFALL = 0.01


def is_credible(missing: int, held: int) -> bool:
    """A vendor that answers short must not make hundreds of people look deleted."""
    return missing <= FEW or missing <= held * MOST_MISSING


def is_complete(shown: int, told: int | None) -> bool:
    """Whether a survey showed about as many records as the vendor counted; some come and go while it lasts."""
    return told is None or shown >= told - max(FEW, told * SHORTFALL)

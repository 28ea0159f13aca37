"""The census: what no stream tells. Deletions and merges in ActiveCampaign, tags that moved no stamp, silent losses.

All records are surveyed in the order of their ids. What we hold and the survey did not show is read by its id; what is
not there either is looked for once more some minutes later, and only then counts as gone.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from baton.domain.backfill import Kind, Scope, is_complete, is_credible
from baton.domain.records import Module, Reading
from baton.engine import Engine
from baton.flows.slices import AT_ONCE, Brought, Unbelievable, keep, module_of
from baton.ports import Survey
from baton.ports.backfills import Backfill

SECOND_LOOK = timedelta(minutes=10)
"""A record is gone when it was missing twice, this far apart."""
MORE = "more"


@dataclass(frozen=True, slots=True)
class _Place:
    """How far a survey has come: the last id, how many records it showed, and how many the vendor said there were."""

    after: str | None
    shown: int
    told: int | None

    def __str__(self) -> str:
        return f"{self.after or ''}|{self.shown}|{'' if self.told is None else self.told}"

    @classmethod
    def parse(cls, text: str) -> Self:
        after, shown, told = text.split("|")
        return cls(after or None, int(shown), int(told) if told else None)


def survey(ours: Backfill, engine: Engine) -> Brought:
    module = module_of(ours)
    gateway = engine.gateways[module.crm]
    place = _Place.parse(ours.position) if ours.position else _Place(None, 0, gateway.size(module).records)
    stretch, reading = _differing(module, gateway.survey(module, position=place.after), engine)
    engine.sightings.compare(module, tuple(stretch.stamps), after=place.after, until=stretch.position)
    due = keep(ours, reading, engine)
    shown = place.shown + len(stretch.stamps)
    if stretch.position is None and not is_complete(shown, place.told):
        raise Unbelievable(f"{module} has {place.told} records and showed {shown}: that is not believed, none is gone")
    position = None if stretch.position is None else str(_Place(stretch.position, shown, place.told))
    return Brought(position, len(stretch.stamps), due)


def _differing(module: Module, shown: Survey, engine: Engine) -> tuple[Survey, Reading]:
    """The stretch that one slice can keep, and the records of it that differ from what we hold."""
    if shown.rows:
        return shown, Reading(shown.began, shown.rows)
    stale = engine.sightings.stale(shown.stamps, limit=AT_ONCE)
    if not stale:
        return shown, Reading(shown.began)
    return shown if len(stale) < AT_ONCE else shown.up_to(stale[-1]), engine.gateways[module.crm].read(stale)


def look_for_unseen(ours: Backfill, engine: Engine) -> Brought:
    """A first look by id: what is not there is missed, and nothing more yet."""
    module = module_of(ours)
    refs = engine.sightings.unseen(module, limit=AT_ONCE)
    if not refs:
        return Brought(None)
    reading = engine.gateways[module.crm].read(refs)
    engine.sightings.miss(reading.missing, now=engine.now())
    engine.sightings.seen([seen.ref for seen in reading.rows])
    return Brought(MORE, due=keep(ours, reading, engine))


def look_again(ours: Backfill, engine: Engine) -> Brought | None:
    """What is still not there is gone. None: it is too early to look."""
    module = module_of(ours)
    missed, held = engine.sightings.counts(module)
    if not missed:
        return Brought(None)
    if not (ours.scope.is_believed or is_credible(missed, held)):
        raise Unbelievable(f"{missed} of {held} {module} are missing: that is not believed, and none is called gone")
    refs = engine.sightings.missed(module, before=engine.now() - SECOND_LOOK, limit=AT_ONCE)
    if not refs:
        due = engine.now() + SECOND_LOOK
        engine.backfills.put_off(ours, until=due, why="waits for a second look at what is missing")
        return None
    reading = engine.gateways[module.crm].read(refs)
    due_now = keep(ours, reading, engine, gone=reading.missing)
    engine.sightings.seen(refs)
    return Brought(MORE, due=due_now, gone=sum(ref in reading.missing for ref in due_now))


def begin_census(engine: Engine, *, is_believed: bool = False) -> int:
    modules = engine.contract.modules
    held = sum(engine.sightings.counts(module)[1] for module in modules)
    scope = Scope(modules, is_believed=is_believed)
    return engine.backfills.start(Kind.CENSUS, scope, expected=held, now=engine.now())


def start_census(engine: Engine, every: timedelta) -> bool:
    """Once in a while, and not before everything was read once; whether one was begun."""
    if not all(engine.intake.was_read(module) for module in engine.contract.modules):
        return False
    if engine.backfills.ended_since(Kind.CENSUS, engine.now() - every):
        return False
    begin_census(engine)
    return True

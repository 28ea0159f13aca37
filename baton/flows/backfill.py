"""Backfill, resync and census: one slice at a time on the bulk lane, standing back for what people edit now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from baton.domain.backfill import Kind, Scope, Way, is_credible
from baton.domain.calls import calls_of_run
from baton.domain.failures import Failure, Rejected, Waiting
from baton.domain.records import Crm, Module, Page, RecordRef, Stream, StreamKind
from baton.engine import Engine
from baton.ports.backfills import Backfill

AT_ONCE = 100
TROUBLE = timedelta(seconds=30)
"""How long a slice waits whose vendor did not answer."""
SECOND_LOOK = timedelta(minutes=10)
"""A record is gone when it was missing twice, this far apart."""


@dataclass(frozen=True, slots=True)
class Sliced:
    """What one slice brought: whom to decide, and whether more is to be done now."""

    due: tuple[RecordRef, ...] = ()
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class _Brought:
    position: str | None
    read: int = 0
    due: tuple[RecordRef, ...] = ()
    gone: int = 0


class _Incredible(Exception):
    """The vendor misses more than a day of business can explain."""


def work_a_slice(engine: Engine) -> Sliced:
    """Safe to run twice and to be killed: the place moves only after what was read is kept."""
    ours = engine.backfills.claim(now=engine.now())
    if ours is None:
        return Sliced()
    try:
        with calls_of_run(ours.run):
            brought = _WAYS[_way(ours)](ours, engine)
    except Waiting as waiting:
        engine.backfills.put_off(ours, until=engine.now() + waiting.wait)
        return Sliced()
    except Rejected as refused:
        engine.backfills.fail(ours, refused.reason, now=engine.now())
        return Sliced()
    except Failure as failure:
        engine.backfills.put_off(ours, until=engine.now() + TROUBLE, why=failure.reason)
        raise
    except _Incredible as incredible:
        engine.backfills.fail(ours, str(incredible), now=engine.now())
        return Sliced()
    if brought is None:
        return Sliced()
    counts = {"read": brought.read, "changed": len(brought.due) - brought.gone, "gone": brought.gone}
    engine.backfills.advance(ours, brought.position, now=engine.now(), **counts)
    return Sliced(brought.due, engine.backfills.has_work(now=engine.now()))


def _way(ours: Backfill) -> Way | None:
    return ours.current.way if ours.current else None


def _module(ours: Backfill) -> Module:
    if ours.current is None:
        raise ValueError(f"backfill {ours.id} is over")
    return ours.current.module


def _pages(ours: Backfill, engine: Engine) -> _Brought:
    module, scope = _module(ours), ours.scope
    stream = Stream(module, StreamKind.CHANGES)
    gateway = engine.gateways[module.crm]
    page = gateway.read_page(stream, since=scope.since, position=ours.position, narrowed=scope.narrowed)
    due = _keep(ours, page, engine)
    # Zoho shows records in the order of their stamps, so the first that is too young ends the leg.
    is_past = module.crm is Crm.ZOHO and bool(page.rows) and not scope.holds(page.rows[-1].version)
    return _Brought(None if is_past else page.position, read=len(page.rows), due=due)


def _keep(ours: Backfill, page: Page, engine: Engine) -> tuple[RecordRef, ...]:
    rows = [engine.imprinted(seen) for seen in page.rows if ours.scope.holds(seen.version)]
    if ours.kind is Kind.CENSUS:
        engine.sightings.seen([row.seen.ref for row in rows])
    return engine.intake.store_backfill(
        rows, (), began=page.began, run=ours.run, is_forced=ours.kind is Kind.RESYNC, now=engine.now()
    )


def _named(ours: Backfill, engine: Engine) -> _Brought:
    start = int(ours.position or 0)
    refs = [ref for ref in ours.scope.refs if ref.module == _module(ours)]
    chunk = refs[start : start + AT_ONCE]
    reading = engine.gateways[_module(ours).crm].read(chunk)
    rows = [engine.imprinted(seen) for seen in reading.rows]
    due = engine.intake.store_backfill(
        rows, reading.missing, began=reading.began, run=ours.run, is_forced=ours.kind is Kind.RESYNC, now=engine.now()
    )
    position = str(start + AT_ONCE) if start + AT_ONCE < len(refs) else None
    return _Brought(position, len(rows), due, gone=sum(ref in reading.missing for ref in due))


def _held(ours: Backfill, engine: Engine) -> _Brought:
    """What we hold is looked for by id; what the vendor does not show is missed, and nothing more yet."""
    refs = engine.sightings.held(_module(ours), after=ours.position, limit=AT_ONCE)
    if not refs:
        return _Brought(None)
    reading = engine.gateways[_module(ours).crm].read(refs)
    engine.sightings.miss(reading.missing, now=engine.now())
    engine.sightings.seen([seen.ref for seen in reading.rows])
    rows = [engine.imprinted(seen) for seen in reading.rows]
    due = engine.intake.store_backfill(rows, (), began=reading.began, run=ours.run, is_forced=False, now=engine.now())
    return _Brought(str(refs[-1]) if len(refs) == AT_ONCE else None, len(rows), due)


def _sightings(ours: Backfill, engine: Engine) -> _Brought | None:
    """The second look, some minutes after the first: what is still not there is gone."""
    module = _module(ours)
    missed, held = engine.sightings.counts(module)
    if not missed:
        return _Brought(None)
    if not is_credible(missed, held):
        raise _Incredible(f"{missed} of {held} {module} are not shown any more: that is not believed, and none is gone")
    refs = engine.sightings.missed(module, before=engine.now() - SECOND_LOOK, limit=AT_ONCE)
    if not refs:
        engine.backfills.put_off(
            ours, until=engine.now() + SECOND_LOOK, why="waits for a second look at what is missing"
        )
        return None
    reading = engine.gateways[module.crm].read(refs)
    rows = [engine.imprinted(seen) for seen in reading.rows]
    due = engine.intake.store_backfill(
        rows, reading.missing, began=reading.began, run=ours.run, is_forced=False, now=engine.now()
    )
    engine.sightings.seen(refs)
    return _Brought("again", len(rows), due, gone=sum(ref in reading.missing for ref in due))


def start_census(engine: Engine, every: timedelta) -> bool:
    """Once in a while, and not before everything was read once; whether one was begun."""
    modules = engine.contract.modules
    if not all(engine.intake.was_read(module) for module in modules):
        return False
    if engine.backfills.ended_since(Kind.CENSUS, engine.now() - every):
        return False
    engine.backfills.start(Kind.CENSUS, Scope(engine.contract.modules), now=engine.now())
    return True


_WAYS: Mapping[Way | None, Callable[[Backfill, Engine], _Brought | None]] = {
    Way.PAGES: _pages,
    Way.NAMED: _named,
    Way.HELD: _held,
    Way.SIGHTINGS: _sightings,
    None: lambda *_: _Brought(None),
}

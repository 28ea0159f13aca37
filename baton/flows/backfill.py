"""Backfill, resync and census: one slice at a time on the bulk lane, standing back for what people edit now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from baton.domain.backfill import Way
from baton.domain.calls import calls_in_lane, calls_of_run
from baton.domain.failures import Failure, Rejected, Waiting
from baton.domain.person import Lane
from baton.domain.records import Crm, Reading, RecordRef, Stream, StreamKind
from baton.engine import Engine
from baton.flows.census import look_again, look_for_unseen, survey
from baton.flows.slices import AT_ONCE, Brought, Unbelievable, keep, module_of
from baton.ports.backfills import Backfill

TROUBLE = timedelta(seconds=30)
"""How long a slice waits whose vendor did not answer."""
MOST_WAITING = 5_000
"""No more is read while so many records of the bulk lane wait for their decision."""


@dataclass(frozen=True, slots=True)
class Sliced:
    """What one slice brought: whom to decide, and whether more is to be done now."""

    due: tuple[RecordRef, ...] = ()
    goes_on: bool = False


def work_a_slice(engine: Engine) -> Sliced:
    """Safe to run twice and to be killed: the place moves only after what was read is kept."""
    if engine.backfills.crowd(limit=MOST_WAITING) >= MOST_WAITING:
        return Sliced()
    ours = engine.backfills.claim(now=engine.now())
    if ours is None:
        return Sliced()
    brought = _brought(ours, engine)
    if brought is None:
        return Sliced()
    counts = {"read": brought.read, "changed": len(brought.due) - brought.gone, "gone": brought.gone}
    engine.backfills.advance(ours, brought.position, now=engine.now(), **counts)
    return Sliced(brought.due, engine.backfills.has_work(now=engine.now()))


def _brought(ours: Backfill, engine: Engine) -> Brought | None:
    """None: nothing can be done now, or ever; the row says which."""
    try:
        with calls_of_run(ours.run), calls_in_lane(Lane.BULK):
            return _WAYS[ours.current.way if ours.current else None](ours, engine)
    except Waiting as waiting:
        engine.backfills.put_off(ours, until=engine.now() + waiting.wait)
    except (Rejected, Unbelievable) as refused:
        engine.backfills.fail(ours, str(refused), now=engine.now())
    except Failure as failure:
        engine.backfills.put_off(ours, until=engine.now() + TROUBLE, why=failure.reason)
        raise
    except Exception as bug:
        # A slice that cannot be understood would be tried for ever.
        engine.backfills.fail(ours, f"a bug ({type(bug).__name__}); its dead letter tells where", now=engine.now())
        raise
    return None


def _pages(ours: Backfill, engine: Engine) -> Brought:
    module, scope = module_of(ours), ours.scope
    page = engine.gateways[module.crm].read_page(
        Stream(module, StreamKind.CHANGES),
        since=scope.since,
        position=ours.position,
        until=scope.until,
        narrowed=scope.narrowed,
    )
    due = keep(ours, Reading(page.began, page.rows), engine)
    # Zoho shows records in the order of their stamps, so the first that is too young ends the leg.
    is_past = module.crm is Crm.ZOHO and bool(page.rows) and not scope.holds(page.rows[-1].version)
    return Brought(None if is_past else page.position, sum(scope.holds(seen.version) for seen in page.rows), due)


def _named(ours: Backfill, engine: Engine) -> Brought:
    """What is not there is only missed: a file of ids and one bad answer must not make them all look deleted."""
    module, start = module_of(ours), int(ours.position or 0)
    refs = [ref for ref in ours.scope.refs if ref.module == module]
    reading = engine.gateways[module.crm].read(refs[start : start + AT_ONCE])
    engine.sightings.miss(reading.missing, now=engine.now())
    due = keep(ours, reading, engine)
    return Brought(str(start + AT_ONCE) if start + AT_ONCE < len(refs) else None, len(reading.rows), due)


_WAYS: Mapping[Way | None, Callable[[Backfill, Engine], Brought | None]] = {
    Way.PAGES: _pages,
    Way.NAMED: _named,
    Way.SURVEY: survey,
    Way.UNSEEN: look_for_unseen,
    Way.SIGHTINGS: look_again,
    None: lambda *_: Brought(None),
}

"""Pull: read one page of what changed, keep it whole, and say who must be decided."""

from dataclasses import dataclass
from datetime import timedelta

from baton.domain.calls import calls_in_lane, calls_of_run
from baton.domain.failures import Failure, Waiting
from baton.domain.person import Lane
from baton.domain.records import DEALS, Crm, Page, RecordRef, Stream, StreamKind
from baton.engine import Engine
from baton.ports import Cursor

# Zoho refuses a query it does not understand.
IGNORES_WHAT_IT_DOES_NOT_KNOW = frozenset({Crm.ACTIVECAMPAIGN})
BURST = timedelta(seconds=3)
UNTRUSTED = "the window could not be trusted (a canary failed); everything was read instead"


@dataclass(frozen=True, slots=True)
class Pulled:
    """What one page brought. `goes_on` is the run to go on with (after `wait`), None when the pass is complete."""

    changed: tuple[RecordRef, ...]
    lane: Lane
    goes_on: int | None
    wait: timedelta | None = None


def pull(stream: Stream, engine: Engine, *, going_on: int | None = None) -> Pulled | None:
    """None when somebody else reads the stream. A failure gives the stream back first: the next tick may try."""
    cursor = engine.cursors.claim(stream, now=engine.now(), going_on=going_on)
    if cursor is None:
        return None
    try:
        with calls_of_run(cursor.run), calls_in_lane(cursor.lane):
            return _read(cursor, engine)
    except Failure as failure:
        engine.cursors.release(cursor, now=engine.now(), not_before=engine.now() + _pause(failure))
        raise


def _read(cursor: Cursor, engine: Engine) -> Pulled:
    cursor = _trusted(cursor, engine)
    gateway = engine.gateways[cursor.stream.module.crm]
    page = gateway.read_page(cursor.stream, since=cursor.since, position=cursor.position)
    if cursor.stream.module == DEALS:
        due = engine.intake.store_deals(cursor, page, engine.contract.deal_fields, now=engine.now())
        return Pulled(due, cursor.lane, cursor.run if page.position else None)
    rows = [engine.imprinted(seen) for seen in page.rows]
    if _is_amid_a_burst(cursor, page, engine):
        due = engine.intake.store_reading(rows, (), began=page.began, now=engine.now())
        engine.cursors.release(cursor, now=engine.now(), not_before=engine.now() + BURST)
        return Pulled(due, cursor.lane, cursor.run, BURST)
    changed = engine.intake.store(cursor, page, rows, now=engine.now())
    if page.position is None and cursor.since is None:
        # Proved while the full pass is fresh, so that the first increment costs one call like every other.
        _proved(cursor, engine)
    return Pulled(changed, cursor.lane, cursor.run if page.position else None)


def _is_amid_a_burst(cursor: Cursor, page: Page, engine: Engine) -> bool:
    """Somebody edits many records just now, and a pass begun in the same seconds would have to be read once more.

    Windows overlap, so a pass that begins when the burst is over reads each record once. It is put off only as it
    opens: edits that never end must not hold it for ever.
    """
    is_opening = cursor.position is None and engine.now() - cursor.opened_at < BURST
    if cursor.since is None or page.position is None or not is_opening:
        return False
    return max(seen.version for seen in page.rows) > page.began - BURST


def _trusted(cursor: Cursor, engine: Engine) -> Cursor:
    if cursor.since is None or cursor.is_window_proved or _proved(cursor, engine):
        return cursor
    return engine.cursors.fall_back(cursor, UNTRUSTED)


def _proved(cursor: Cursor, engine: Engine) -> bool:
    """A vendor that ignores an unknown filter in silence would make every increment read the wrong thing."""
    stream = cursor.stream
    if stream.module.crm not in IGNORES_WHAT_IT_DOES_NOT_KNOW or stream.kind is not StreamKind.CHANGES:
        return True
    known = engine.intake.known(stream.module)
    if known is None:
        return True
    works = engine.gateways[stream.module.crm].filters_work(known)
    if works:
        engine.cursors.prove(cursor, now=engine.now())
    return works


def _pause(failure: Failure) -> timedelta:
    return failure.wait if isinstance(failure, Waiting) else timedelta(seconds=2)

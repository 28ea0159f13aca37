"""Fetch: read named records, because what we hold of them can no longer be believed or a vendor hinted at them."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from itertools import groupby

from baton.domain.calls import calls_about
from baton.domain.failures import Failure, Waiting
from baton.domain.records import Module, RecordRef
from baton.engine import Engine

AT_ONCE = 100
A_MOMENT = timedelta(seconds=2)
# A record that is hinted at and not there may be deleted, or only late to show: it is looked for once more.
LATE = timedelta(seconds=5)


def fetch(engine: Engine, modules: Sequence[Module] = ()) -> tuple[RecordRef, ...]:
    """Reads what the inbox asks for and what hints point at, in one call per module (none named: all of them).

    Returns what is now due for a decision.
    """
    due: list[RecordRef] = []
    for module in modules or engine.contract.modules:
        due += _fetch(module, engine)
    return tuple(due)


def _fetch(module: Module, engine: Engine) -> tuple[RecordRef, ...]:
    asked = engine.intake.to_read(module, limit=AT_ONCE, now=engine.now())
    hints = engine.doors.hints.take(module, limit=AT_ONCE - len(asked), now=engine.now())
    doubtful = {hint.ref for hint in hints if not hint.is_sure}.difference(asked)
    named = sorted({*asked, *(hint.ref for hint in hints)})
    try:
        due, late = _read(named, doubtful, engine) if named else ((), ())
    except Failure as failure:
        engine.doors.hints.put_back(hints, not_before=engine.now() + _pause(failure))
        raise
    if hints:
        engine.doors.hints.done([hint for hint in hints if hint.ref not in late])
        missed = [hint for hint in hints if hint.ref in late]
        engine.doors.hints.put_back(missed, not_before=engine.now() + LATE, is_miss=True)
    return due


def fetch_named(refs: Sequence[RecordRef], engine: Engine) -> tuple[RecordRef, ...]:
    due: list[RecordRef] = []
    for _, group in groupby(sorted(set(refs)), key=_module):
        due += _read(list(group), (), engine)[0]
    return tuple(due)


def _read(
    named: Sequence[RecordRef], doubtful: Collection[RecordRef], engine: Engine
) -> tuple[tuple[RecordRef, ...], Collection[RecordRef]]:
    """Records of one module. The second part: those missing of whom it is not yet believed."""
    with calls_about(named):
        reading = engine.gateways[named[0].crm].read(named)
    rows = [engine.imprinted(seen) for seen in reading.rows]
    gone = [ref for ref in reading.missing if ref not in doubtful]
    due = engine.intake.store_reading(rows, gone, began=reading.began, now=engine.now())
    return due, frozenset(reading.missing).difference(gone)


def fetch_held(module: Module, field: str, values: Sequence[str], engine: Engine) -> tuple[RecordRef, ...]:
    """Reads the records whose unique `field` holds one of the values."""
    reading = engine.gateways[module.crm].find(module, field=field, values=values)
    rows = [engine.imprinted(seen) for seen in reading.rows]
    return engine.intake.store_reading(rows, (), began=reading.began, now=engine.now())


def _pause(failure: Failure) -> timedelta:
    return failure.wait if isinstance(failure, Waiting) else A_MOMENT


def _module(ref: RecordRef) -> Module:
    return ref.module

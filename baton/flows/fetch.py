"""Fetch: read named records again, because what we hold of them can no longer be believed."""

from collections.abc import Sequence
from itertools import groupby

from baton.domain.records import Module, RecordRef
from baton.engine import Engine

AT_ONCE = 100


def fetch(engine: Engine) -> tuple[RecordRef, ...]:
    """Reads what the inbox asks to be read; returns what is now due for a decision."""
    due: list[RecordRef] = []
    for module in engine.contract.modules:
        due += fetch_named(engine.intake.to_read(module, limit=AT_ONCE, now=engine.now()), engine)
    return tuple(due)


def fetch_named(refs: Sequence[RecordRef], engine: Engine) -> tuple[RecordRef, ...]:
    due: list[RecordRef] = []
    for module, group in groupby(sorted(set(refs)), key=_module):
        reading = engine.gateways[module.crm].read(list(group))
        rows = [engine.imprinted(seen) for seen in reading.rows]
        due += engine.intake.store_reading(rows, reading.missing, began=reading.began, now=engine.now())
    return tuple(due)


def _module(ref: RecordRef) -> Module:
    return ref.module

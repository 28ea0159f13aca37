"""Receive: keep which records a vendor says have changed. Nothing is read here; fetch does that a moment later."""

from collections.abc import Sequence

from baton.domain.hooks import Hint
from baton.domain.records import Crm, Module
from baton.engine import Engine


def receive(hints: Sequence[Hint], engine: Engine, *, crm: Crm) -> tuple[Module, ...]:
    """One delivery, one transaction. Returns the modules whose records should now be read."""
    engine.doors.hints.keep(hints, source=crm, now=engine.now())
    return tuple(dict.fromkeys(hint.ref.module for hint in hints))

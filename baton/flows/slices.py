"""What one slice of a backfill brings, and how the records it read are kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from baton.domain.backfill import Kind
from baton.domain.records import Module, Reading, RecordRef, Seen
from baton.engine import Engine
from baton.ports.backfills import Backfill

AT_ONCE = 100
"""How many records are read by name in one call."""


class Unbelievable(Exception):
    """A vendor says something that would do harm if it were not so."""


@dataclass(frozen=True, slots=True)
class Brought:
    """`position` is where the next slice goes on in this leg; None: the leg is over. `due` are to be decided."""

    position: str | None
    read: int = 0
    due: tuple[RecordRef, ...] = ()
    gone: int = 0


def module_of(ours: Backfill) -> Module:
    if ours.current is None:
        raise ValueError(f"backfill {ours.id} is over")
    return ours.current.module


def keep(ours: Backfill, reading: Reading, engine: Engine, *, gone: Sequence[RecordRef] = ()) -> tuple[RecordRef, ...]:
    """Returns whom to decide: what differs, in a resync everybody; and those `gone`."""
    rows = [engine.imprinted(seen) for seen in reading.rows if _takes_part(ours, seen)]
    is_forced = ours.kind is Kind.RESYNC
    return engine.intake.store_backfill(
        rows, gone, began=reading.began, run=ours.run, is_forced=is_forced, now=engine.now()
    )


def _takes_part(ours: Backfill, seen: Seen) -> bool:
    return bool(ours.scope.refs) or ours.scope.holds(seen.version)

"""Telling the journal what became of a record that is no contact: accounts, deals, notes, tasks, their definitions."""

from typing import Any

from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.world import World
from sandbox.journal import Effect, Op
from sandbox.store import Row


def note(world: World, op: Op, module: str, row: Row, source: Source, changed: dict[str, Any] | None = None) -> None:
    values = changed or {}
    effect = Effect(op=op, module=module, id=row["id"], actor=source.actor, changed=list(values), values=values)
    world.ground.journal.effect(effect)
    if source is Source.API:
        world.ground.journal.note_records(1)

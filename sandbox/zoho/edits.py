"""A record made, changed, deleted, brought back: stamps, hands, derived names, and the effect in the journal.

Whether it may be done was decided before.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sandbox.journal import Actor, Effect, Op
from sandbox.store import Row
from sandbox.zoho.derived import derived
from sandbox.zoho.notifications.news import Change
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.related.touching import touch_parents
from sandbox.zoho.staff import INTEGRATION, User
from sandbox.zoho.tagging.catalogue import with_known_tags
from sandbox.zoho.world import World

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose hand it is. `trigger` is what an API call said of workflows: None runs them all, an empty tuple none.

    `deed` names what the edit is part of, when it is more than an edit: a merge, a conversion.
    """

    user: User
    actor: Actor
    trigger: tuple[str, ...] | None = None
    deed: str = ""

    @property
    def notes(self) -> dict[str, Any]:
        by = {"by": self.user.id, **({"deed": self.deed} if self.deed else {})}
        return by if self.actor is Actor.PERSON else {**by, "trigger": self.trigger}


API = Hand(INTEGRATION, Actor.API)


def create(world: World, table: RecordTable, values: Values, hand: Hand) -> Row:
    values = with_known_tags(world, table.module, values, hand.user)
    now, named = world.stamp(), hand.user.named
    row = {
        "Owner": named,
        **values,
        "id": world.next_id(),
        "Created_By": named,
        "Modified_By": named,
        "Created_Time": now,
        "Modified_Time": now,
    }
    whole = table.add(row | derived(table.module, None, row, now))
    _note(world, table, Op.CREATE, whole, hand, dict(values))
    return whole


def update(world: World, table: RecordTable, row: Row, values: Values, hand: Hand) -> None:
    """Every write moves the stamps, also one that changes no value."""
    values = with_known_tags(world, table.module, values, hand.user)
    changed = {name: value for name, value in values.items() if row.get(name) != value}
    now = world.stamp()
    stamps = {"Modified_By": hand.user.named, "Modified_Time": now}
    before = {name: row.get(name) for name in changed}
    table.change(row, {**changed, **derived(table.module, row, {**row, **changed}, now), **stamps})
    _note(world, table, Op.UPDATE, row, hand, changed, before=before)


def delete(world: World, table: RecordTable, id_: str, hand: Hand) -> None:
    row = table.remove(id_)
    entry = {
        "id": id_,
        "deleted_by": _by(hand.user),
        "display_name": row.get(table.spec.title_field),
        "type": "recycle",
        "created_by": {"name": row["Created_By"]["name"], "id": row["Created_By"]["id"]},
        "deleted_time": world.stamp(),
    }
    world.bin(table.module).put(id_, {"entry": entry, "record": row})
    _note(world, table, Op.DELETE, row, hand, {})


def restore(world: World, table: RecordTable, id_: str, hand: Hand) -> Row:
    held = world.bin(table.module).get(id_)
    if held is None or held["record"] is None:
        raise KeyError(id_)
    world.bin(table.module).remove(id_)
    stamps = {"Modified_By": hand.user.named, "Modified_Time": world.stamp()}
    whole = table.add({**held["record"], **stamps})
    _note(world, table, Op.CREATE, whole, replace(hand, deed="restored"), {})
    return whole


def _by(user: User) -> dict[str, str]:
    return {"name": user.full_name, "id": user.id}


def _note(
    world: World, table: RecordTable, op: Op, row: Row, hand: Hand, values: Row, *, before: Row | None = None
) -> None:
    effect = Effect(
        op=op,
        module=table.module,
        id=row["id"],
        actor=hand.actor,
        email=row.get("Email"),
        changed=list(values),
        values=values,
        notes=hand.notes if before is None else {**hand.notes, "before": before},
    )
    world.ground.journal.effect(effect)
    touch_parents(world, table.module, row)
    if hand.actor is not Actor.API or world.ground.settings["api_writes_are_told"]:
        world.news.tell(Change(op, table.module, row, tuple(values)))

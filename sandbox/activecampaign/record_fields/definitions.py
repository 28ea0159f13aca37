"""The custom fields an account has defined for its accounts and deals."""

from typing import Any

from sandbox.activecampaign import effects
from sandbox.activecampaign.record_fields.kinds import Kind
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.world import World
from sandbox.journal import Op
from sandbox.store import Row, Shelf

CHANGEABLE = {
    "fieldLabel": "label",
    "fieldOptions": "options",
    "fieldDefault": "default",
    "fieldDefaultCurrency": "currency",
    "isFormVisible": "visible",
    "isRequired": "required",
    "displayOrder": "order",
}
SWITCHES = frozenset({"visible", "required"})


def shelf(world: World, kind: Kind) -> Shelf:
    return world.ground.store.shelf(kind.definitions)


def define(world: World, kind: Kind, sent: dict[str, Any]) -> Row:
    row = lay(world, kind, sent)
    effects.note(world, Op.CREATE, kind.definition, row, Source.API, {"label": row["label"]})
    return row


def lay(world: World, kind: Kind, sent: dict[str, Any], known: int | None = None) -> Row:
    """The field, told to nobody. `known` is the number of one that every account is born with."""
    rows, now = shelf(world, kind), world.now()
    id_ = world.next_id(rows)
    row: Row = {
        "id": id_,
        "type": sent["fieldType"],
        "options": None,
        "default": None,
        "currency": None,
        "visible": 0,
        "required": 0,
        "order": len(rows) + 1,
        "tag": _free_tag(world, kind, str(sent["fieldLabel"])),
        "known": known,
        "created": now,
        "updated": now,
        **_said(sent),
    }
    rows.put(id_, row)
    return row


def change(world: World, kind: Kind, row: Row, sent: dict[str, Any]) -> None:
    """The type stays, and so does the tag. Nothing said moves no stamp."""
    changed = {name: value for name, value in _said(sent).items() if row[name] != value}
    if changed:
        row |= changed | {"updated": world.now()}
        shelf(world, kind).touch(row["id"])
    effects.note(world, Op.UPDATE, kind.definition, row, Source.API, changed)


def _said(sent: dict[str, Any]) -> dict[str, Any]:
    said = {name: sent[key] for key, name in CHANGEABLE.items() if key in sent}
    return {name: int(bool(value)) if name in SWITCHES else value for name, value in said.items()}


def _free_tag(world: World, kind: Kind, label: str) -> str:
    """A tag that is taken gets a number."""
    tag = kind.prefix + label.upper().replace(" ", "_")
    taken = kind.taken | {row["tag"] for row in shelf(world, kind)}
    number = 0
    free = tag
    while free in taken:
        number += 1
        free = f"{tag}_{number}"
    return free

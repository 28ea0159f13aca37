"""Contacts put in as they are: ids and stamps kept, nothing told to the journal."""

from typing import Any

from sandbox.activecampaign import edits, stamps
from sandbox.activecampaign.wishes import Wish
from sandbox.activecampaign.world import World
from sandbox.store import Row


def load_contact(world: World, record: Row, wish: Wish) -> None:
    id_ = str(record.get("id") or world.next_id(world.contacts))
    known = world.contacts.get(id_)
    if known is not None:
        world.remove_contact(known)
    created = _moment(record.get("cdate"), world.now())
    row = edits.new_contact(id_, str(record["email"]), created)
    updated = _moment(record.get("udate"), created)
    row |= {"hash": record.get("hash", row["hash"]), "udate": updated, "updated": updated}
    world.add_contact(row)
    edits.apply(world, row, wish)
    for value in record.get("fieldValues", ()):
        edits.apply(world, row, Wish(values={str(value["field"]): str(value["value"])}))


def _moment(said: Any, otherwise: int) -> int:
    if isinstance(said, int):
        return said
    parsed = stamps.parsed(said) if said else None
    return otherwise if parsed is None else parsed

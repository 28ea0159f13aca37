"""What people type and see: fields, lists and tags by their names instead of ids."""

from collections.abc import Mapping
from typing import Any

from sandbox.activecampaign import contact_shapes, edits, sample
from sandbox.activecampaign.wishes import Wish
from sandbox.activecampaign.world import World
from sandbox.crm import RefusedEditError
from sandbox.store import Row

BASE = "http://practice.example/api/3"
NOT_SHOWN = frozenset({"links"})
BY_HAND = "0"


def wish_of(world: World, values: Mapping[str, Any]) -> Wish:
    tags = {row["tag"]: row["id"] for row in world.tags}
    lists = {row["name"]: row["id"] for row in world.lists}
    return Wish(
        attributes={name: str(values[name] or "") for name in edits.ATTRIBUTES if name in values},
        account=values.get("orgname"),
        values=field_values(world, values.get("fields", {})),
        lists={known(lists, name): _status(status) for name, status in values.get("lists", {}).items()},
        tags=tuple(known(tags, name) for name in values.get("tags", ())),
        tags_gone=tuple(known(tags, name) for name in values.get("remove_tags", ())),
        sourceid=BY_HAND,
    )


def field_values(world: World, said: Mapping[str, Any]) -> dict[str, str | None]:
    ids = world.field_by_perstag
    return {known(ids, name): None if value is None else str(value) for name, value in said.items()}


def shown(world: World, row: Row) -> Row:
    """The wire row, with values, standings and tags by name."""
    found = {name: value for name, value in contact_shapes.full(world, row, BASE).items() if name not in NOT_SHOWN}
    values = (world.field_values.rows[id_] for id_ in world.values_of[row["id"]].values())
    standings = (world.contact_lists.rows[id_] for id_ in world.lists_of[row["id"]].values())
    return found | {
        "fields": {world.fields.rows[value["field"]]["perstag"]: value["value"] for value in values},
        "lists": {world.lists.rows[link["list"]]["name"]: link["status"] for link in standings},
        "tags": [world.tags.rows[tag]["tag"] for tag in world.tags_of[row["id"]]],
    }


def known(ids: Mapping[str, str], name: str) -> str:
    """The id behind a name; an id is taken as it is."""
    found = ids.get(name, name if name in ids.values() else None)
    if found is None:
        raise RefusedEditError(f"{name!r} is not known here; there are {', '.join(ids)}")
    return found


def _status(status: object) -> str:
    """`unsubscribed`, `2` and "2" are the same."""
    names = {str(standing): code for standing, code in sample.STATUSES.items()}
    return names.get(str(status), str(status))

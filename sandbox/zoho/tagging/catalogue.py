"""The tags each module knows, by id and by name, and how they stand in the records that carry them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sandbox.store import Row, Shelf
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.staff import User
from sandbox.zoho.world import World

SHELF = "tags"
LONGEST_NAME = 25
MOST_OF_A_MODULE = 100
MOST_OF_A_RECORD = 10
UNTAGGED = frozenset({"Notes"})
"""Modules without tags."""


def shelf_of(world: World) -> Shelf:
    return world.ground.store.shelf(SHELF)


def tags_of(world: World, module: str) -> list[Row]:
    return [tag for tag in shelf_of(world) if tag["module"] == module]


def tag_named(world: World, module: str, name: str) -> Row | None:
    """Names are the same whatever their case."""
    return next((tag for tag in tags_of(world, module) if tag["name"].lower() == name.lower()), None)


def add_tag(world: World, module: str, name: str, color: str | None, user: User) -> Row:
    by, now = {"name": user.full_name, "id": user.id}, world.stamp()
    tag: Row = {
        "id": world.next_id(),
        "module": module,
        "name": name,
        "color_code": color,
        "created_by": by,
        "modified_by": by,
        "created_time": now,
        "modified_time": now,
    }
    shelf_of(world).put(tag["id"], tag)
    return tag


def change_tag(world: World, tag: Row, values: Row, user: User) -> None:
    tag.update(values, modified_by={"name": user.full_name, "id": user.id}, modified_time=world.stamp())
    shelf_of(world).touch(tag["id"])
    replace_on_records(world, tag, tag)


def worn(tag: Row) -> Row:
    """How a tag stands in a record."""
    return {"name": tag["name"], "id": tag["id"], "color_code": tag["color_code"]}


def tags_for(world: World, module: str, names: Iterable[str], user: User) -> list[Row]:
    """As they stand in a record; one the module does not know yet comes into being."""
    unique = {name.lower(): name for name in names}.values()
    return [worn(tag_named(world, module, name) or add_tag(world, module, name, None, user)) for name in unique]


def with_known_tags(world: World, module: str, values: Mapping[str, Any], user: User) -> Mapping[str, Any]:
    """Values to store in which the tags, said by name, are those of the module."""
    said = values.get("Tag")
    if not said:
        return values
    names = [tag.get("name") if isinstance(tag, Mapping) else tag for tag in said]
    return {**values, "Tag": tags_for(world, module, [name for name in names if isinstance(name, str)], user)}


def wearers(table: RecordTable, tag_id: str) -> list[Row]:
    return [row for row in table.shelf if any(tag.get("id") == tag_id for tag in row.get("Tag") or ())]


def replace_on_records(world: World, tag: Row, by: Row | None) -> None:
    """No stamp of a record moves when the tag it carries is renamed, merged or deleted."""
    table = world.tables[tag["module"]]
    for row in wearers(table, tag["id"]):
        swapped = [(worn(by) if by else None) if each.get("id") == tag["id"] else each for each in row["Tag"]]
        table.change(row, {"Tag": _distinct([each for each in swapped if each])})


def _distinct(tags: Sequence[Row]) -> list[Row]:
    return list({tag["id"]: tag for tag in tags}.values())

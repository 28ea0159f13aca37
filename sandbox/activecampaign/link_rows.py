"""The stored form of what ties a contact to a field, a tag or a list. Moments may lie in the past."""

from sandbox.activecampaign.world import World
from sandbox.store import Row

ACTIVE = "1"


def add_value(world: World, contact: str, field: str, value: str, now: int) -> None:
    id_ = world.next_id(world.field_values)
    row: Row = {"id": id_, "contact": contact, "field": field, "value": value, "cdate": now, "udate": now}
    world.link(world.field_values, world.values_of, "field", row)


def add_tag(world: World, contact: str, tag: str, now: int) -> None:
    row: Row = {"id": world.next_id(world.contact_tags), "contact": contact, "tag": tag, "cdate": now}
    world.link(world.contact_tags, world.tags_of, "tag", row)


def add_standing(world: World, contact: str, list_id: str, status: str, *, since: int, left: int, source: str) -> str:
    """`left` counts only when the status is not active."""
    row: Row = {
        "id": world.next_id(world.contact_lists),
        "contact": contact,
        "list": list_id,
        "status": status,
        "sdate": since,
        "udate": None if status == ACTIVE else left,
        "created": since,
        "sourceid": source,
    }
    world.link(world.contact_lists, world.lists_of, "list", row)
    return str(row["id"])


def change_standing(world: World, row: Row, status: str, *, now: int, source: str) -> None:
    world.change_status(row, status)
    row["sourceid"] = source
    row["udate"] = None if status == ACTIVE else now
    if status == ACTIVE:
        row["sdate"] = now

"""A record locked and unlocked, and the row that tells of it; at most one for a record."""

from dataclasses import replace

from sandbox.store import Row, Shelf
from sandbox.zoho import edits
from sandbox.zoho.edits import Hand
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.world import World

SHELF = "record locks"
LOCK = "Locked__s"


def shelf_of(world: World) -> Shelf:
    return world.ground.store.shelf(SHELF)


def lock_of(world: World, row: Row) -> Row | None:
    return next((lock for lock in shelf_of(world) if lock["record"] == row["id"]), None)


def lock(world: World, table: RecordTable, row: Row, reason: str, hand: Hand) -> Row:
    held: Row = {
        "id": world.next_id(),
        "module": table.module,
        "record": row["id"],
        "by": {"name": hand.user.full_name, "id": hand.user.id},
        "reason": reason,
        "created_time": world.stamp(),
        "modified_time": world.stamp(),
    }
    shelf_of(world).put(held["id"], held)
    edits.update(world, table, row, {LOCK: True}, replace(hand, deed="record_locked"))
    return held


def change_reason(world: World, held: Row, reason: str) -> None:
    held |= {"reason": reason, "modified_time": world.stamp()}
    shelf_of(world).touch(held["id"])


def unlock(world: World, table: RecordTable, row: Row, held: Row, hand: Hand) -> None:
    shelf_of(world).remove(held["id"])
    edits.update(world, table, row, {LOCK: False}, replace(hand, deed="record_unlocked"))

"""Batches as they lie in the account: queued, under way, done. They move with the account's clock."""

from collections.abc import Iterator
from itertools import takewhile
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from sandbox.activecampaign import stamps
from sandbox.activecampaign.bulk.reading import Import
from sandbox.activecampaign.world import World
from sandbox.store import Row, Shelf

SILENT_SECONDS = 1
MINUTE = 60
IMPORTS_A_MINUTE = 100
SINGLE_IMPORTS_A_MINUTE = 20


def shelf_of(world: World) -> Shelf:
    return world.ground.store.shelf("imports")


def moment(world: World) -> float:
    return world.ground.clock.now().timestamp()


def queue(world: World, said: Import) -> Row:
    shelf, now = shelf_of(world), moment(world)
    number = world.next_id(shelf)
    row: Row = {
        "id": str(uuid5(NAMESPACE_OID, f"import {number} {now}")),
        "accepted": now,
        "size": len(said.contacts),
        "contacts": said.contacts,
        "callback": said.callback,
        "starts_automations": said.starts_automations,
        "is_done": False,
        "success": [],
        "failure": [],
    }
    shelf.put(row["id"], row)
    return row


def due(world: World) -> list[Row]:
    """Whatever has waited long enough, the oldest first. Batches are done in their order, so open ones come last."""
    latest = moment(world) - world.ground.settings["bulk_import_seconds"]
    waiting = list(takewhile(lambda row: not row["is_done"], reversed(shelf_of(world).rows.values())))
    return [row for row in reversed(waiting) if row["accepted"] <= latest]


def status(world: World, row: Row) -> str | bool:
    """For its first second a batch has no status, and the vendor says false."""
    if row["is_done"]:
        return "completed"
    waited = moment(world) - row["accepted"]
    if waited < SILENT_SECONDS and world.ground.settings["bulk_status_begins_false"]:
        return False
    return "waiting" if waited < world.ground.settings["bulk_import_seconds"] / 2 else "active"


def throttled_at(world: World, size: int) -> int | None:
    """The limit this request would break, if any; requests for a single contact have a lower one of their own."""
    if not world.ground.settings["limits"]:
        return None
    is_single = size == 1
    limit = SINGLE_IMPORTS_A_MINUTE if is_single else IMPORTS_A_MINUTE
    recent = sum((row["size"] == 1) == is_single for row in _of_the_last_minute(world))
    return limit if recent >= limit else None


def by_day(rows: list[Row]) -> list[dict[str, Any]]:
    days: dict[str, list[Row]] = {}
    for row in rows:
        days.setdefault(stamps.naive(int(row["accepted"]))[:10], []).append(row)
    return [
        {"forDate": day, "batches": str(len(found)), "contacts": str(sum(row["size"] for row in found))}
        for day, found in days.items()
    ]


def _of_the_last_minute(world: World) -> Iterator[Row]:
    now = moment(world)
    start = now - now % MINUTE if world.ground.settings["rate_window"] == "fixed" else now - MINUTE
    for row in reversed(shelf_of(world).rows.values()):
        if row["accepted"] <= start:
            return
        yield row

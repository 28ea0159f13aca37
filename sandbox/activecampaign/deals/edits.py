"""Changing deals: one way for the API and for people, so that stamps, journal and webhooks agree.

Whether what is asked for may be is the matter of `judging`.
"""

from collections.abc import Mapping
from hashlib import md5
from typing import Any

from sandbox.activecampaign import effects
from sandbox.activecampaign.deals import telling
from sandbox.activecampaign.record_fields import values
from sandbox.activecampaign.record_fields.kinds import DEAL
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.webhooks.catalogue import DEAL_ADDED, DEAL_UPDATED
from sandbox.activecampaign.world import World
from sandbox.journal import Op
from sandbox.store import Row

MODULE = "deal"
AT_FIRST: Mapping[str, Any] = {
    "description": "",
    "percent": 0,
    "status": 0,
    "activities": 2,
    "task": None,
    "nextdate": None,
}


def create(world: World, said: Mapping[str, Any], own: list[values.Saying], source: Source) -> Row:
    now, id_ = world.now(), world.next_id(world.deals)
    hash_ = md5(f"deal {id_} {now}".encode(), usedforsecurity=False).hexdigest()[:8]
    row: Row = {"id": id_, "hash": hash_, **AT_FIRST, **said, "cdate": now, "mdate": now}
    world.deals.put(id_, row)
    values.save(world, DEAL, id_, own)
    effects.note(world, Op.CREATE, MODULE, row, source, dict(said))
    telling.of_a_deal(world, row, DEAL_ADDED, source)
    return row


def change(
    world: World, row: Row, said: Mapping[str, Any], source: Source, own: list[values.Saying] | None = None
) -> None:
    """Saving what was there already moves the stamp like any other save."""
    changed = {name: value for name, value in said.items() if row[name] != value}
    row |= {**changed, "mdate": world.now(), "activities": row["activities"] + len(changed)}
    row["task"] = row["task"] or "0"
    world.deals.touch(row["id"])
    values.save(world, DEAL, row["id"], own or ())
    effects.note(world, Op.UPDATE, MODULE, row, source, changed)
    telling.of_a_deal(world, row, DEAL_UPDATED, source, changed)


def delete(world: World, row: Row, source: Source) -> None:
    """What hangs on it goes with it. The vendor has no event for this."""
    forget_what_hangs_on(world, row["id"])
    world.deals.remove(row["id"])
    effects.note(world, Op.DELETE, MODULE, row, source)


def forget_what_hangs_on(world: World, deal: str) -> None:
    values.forget(world, DEAL, deal)
    for shelf in (world.notes, world.tasks):
        for row in [row["id"] for row in shelf if (row["reltype"], row["relid"]) == ("Deal", deal)]:
            shelf.remove(row)
    for row in [row["id"] for row in world.contact_deals if row["deal"] == deal]:
        world.contact_deals.remove(row)


def plan_next(world: World, deal: str) -> None:
    """A deal shows the first of its open tasks."""
    row = world.deals.get(deal)
    if row is None:
        return
    own = (task for task in world.tasks if (task["reltype"], task["relid"]) == ("Deal", deal))
    open_ = sorted((task["duedate"], int(task["id"])) for task in own if task["status"] == 0)
    row["task"], row["nextdate"] = (str(open_[0][1]), open_[0][0]) if open_ else ("0", None)
    world.deals.touch(deal)

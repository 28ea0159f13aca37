"""Changing tasks: one way for the API and for people. The deal a task hangs on shows the next one that is open."""

from typing import Any

from sandbox.activecampaign import effects
from sandbox.activecampaign.deals import telling
from sandbox.activecampaign.deals.edits import plan_next
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.tasks import shapes
from sandbox.activecampaign.webhooks.catalogue import CONTACT_TASK_ADDED, DEAL_TASK_ADDED, DEAL_TASK_DONE
from sandbox.activecampaign.webhooks.deliveries import tell
from sandbox.activecampaign.webhooks.happenings import Happening
from sandbox.activecampaign.world import World
from sandbox.journal import Op
from sandbox.store import Row

AT_FIRST = {"title": None, "note": "", "status": 0, "assignee": "1", "donedate": None, "outcome": None}
DONE = 1


def create(world: World, said: dict[str, Any], source: Source) -> Row:
    now, id_ = world.now(), world.next_id(world.tasks)
    row: Row = {"id": id_, **AT_FIRST, "outcome_info": None, **said, "cdate": now, "udate": now}
    row["donedate"] = now if row["status"] == DONE else None
    world.tasks.put(id_, row)
    _note(world, Op.CREATE, row, source, said)
    if row["reltype"] == "Deal":
        telling.of_a_deal(world, world.deals.rows[row["relid"]], DEAL_TASK_ADDED, source, more=shapes.told(world, row))
    if row["reltype"] == "Subscriber":
        happening = Happening(CONTACT_TASK_ADDED, more=shapes.told(world, row), subject=id_)
        tell(world, world.contacts.get(row["relid"]), [happening], source)
    return row


def change(world: World, row: Row, said: dict[str, Any], source: Source) -> None:
    changed = {name: value for name, value in said.items() if row[name] != value}
    row |= {**changed, "udate": world.now()}
    is_done_now = changed.get("status") == DONE
    if "status" in changed:
        row["donedate"] = world.now() if is_done_now else None
    world.tasks.touch(row["id"])
    _note(world, Op.UPDATE, row, source, changed)
    if is_done_now and row["reltype"] == "Deal":
        telling.of_a_deal(world, world.deals.rows[row["relid"]], DEAL_TASK_DONE, source, more=shapes.told(world, row))


def delete(world: World, row: Row, source: Source) -> None:
    world.tasks.remove(row["id"])
    _note(world, Op.DELETE, row, source, {})


def _note(world: World, op: Op, row: Row, source: Source, changed: dict[str, Any]) -> None:
    effects.note(world, op, shapes.MODULE, row, source, changed)
    if row["reltype"] == "Deal":
        plan_next(world, row["relid"])

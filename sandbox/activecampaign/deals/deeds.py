"""What sales people do at the screens: move a deal to another stage, complete a task, write a note."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.activecampaign.deals import edits
from sandbox.activecampaign.deals.pipelines import staged
from sandbox.activecampaign.notes.bearers import BY_OWNER, is_there
from sandbox.activecampaign.notes.edits import write
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.tasks import edits as tasks
from sandbox.activecampaign.world import World
from sandbox.crm import NoSuchRecordError
from sandbox.store import Row

Body = Mapping[str, Any]


def move_stage(world: World, body: Body) -> Row:
    """The deal (`id`) goes to another `stage`: one of its pipeline by its name, or any by its id."""
    row = world.deals.get(str(body["id"]))
    if row is None:
        raise NoSuchRecordError(f"there is no deal {body['id']}")
    stage = staged(world, row["group"], str(body["stage"]))
    edits.change(world, row, {"stage": stage["id"], "group": stage["group"]}, Source.ADMIN)
    return row


def complete_task(world: World, body: Body) -> Row:
    """The task (`id`) is done."""
    row = world.tasks.get(str(body["id"]))
    if row is None:
        raise NoSuchRecordError(f"there is no task {body['id']}")
    tasks.change(world, row, {"status": tasks.DONE}, Source.ADMIN)
    return row


def write_note(world: World, body: Body) -> Row:
    """A `note` on the `contact`, `deal` or `account` with that id."""
    owner = next((name for name in ("contact", "deal", "account") if name in body), "contact")
    if not is_there(world, BY_OWNER[owner], str(body[owner])):
        raise NoSuchRecordError(f"there is no {owner} {body[owner]}")
    return write(world, BY_OWNER[owner], str(body[owner]), str(body["note"]), Source.ADMIN)


DEEDS: Mapping[str, Callable[[World, Body], Row]] = {
    "move_stage": move_stage,
    "complete_task": complete_task,
    "write_note": write_note,
}

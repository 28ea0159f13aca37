"""Types of tasks: calls, e-mails, and whatever an account adds."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, effects, refusals, stamps
from sandbox.activecampaign.accounts.refusals import refused, related_missing
from sandbox.activecampaign.answers import base_of, collection, say
from sandbox.activecampaign.deals import shapes as deal_shapes
from sandbox.activecampaign.deals import telling
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.tasks import shapes
from sandbox.activecampaign.webhooks.catalogue import TASK_TYPE_ADDED
from sandbox.activecampaign.world import World
from sandbox.journal import Op
from sandbox.store import Row

MODULE = "dealTasktype"
MINUTES = 15


async def list_types(world: World, request: Request) -> Response:
    rows = list(world.task_types)
    return collection("dealTasktypes", [_shown(row) for row in asked.page(request).cut(rows)], len(rows))


async def get_type(world: World, request: Request) -> Response:
    return say({"dealTasktype": _shown(_type_or_refuse(world, request))})


async def create_type(world: World, request: Request) -> Response:
    title = str((await asked.wrapped(request, "dealTasktype")).get("title") or "")
    _refuse_title(world, title)
    row = add_type(world, title)
    effects.note(world, Op.CREATE, MODULE, row, Source.API, {"title": title})
    telling.of_a_definition(world, TASK_TYPE_ADDED, "tasktype", row, ("title",), Source.API)
    return say({"dealTasktype": _shown(row)}, 201)


async def change_type(world: World, request: Request) -> Response:
    row, sent = _type_or_refuse(world, request), await asked.wrapped(request, "dealTasktype")
    title = str(sent.get("title", row["title"]))
    if title != row["title"]:
        _refuse_title(world, title)
    row |= {"title": title, "status": str(sent.get("status", row["status"])), "udate": world.now()}
    world.task_types.touch(row["id"])
    effects.note(world, Op.UPDATE, MODULE, row, Source.API, {"title": title})
    return say({"dealTasktype": _shown(row)})


async def delete_type(world: World, request: Request) -> Response:
    """A type that tasks still are of stays."""
    row = _type_or_refuse(world, request)
    if any(task["type"] == row["id"] for task in world.tasks):
        raise refusals.RefusalError(say({}, 403))
    world.task_types.remove(row["id"])
    effects.note(world, Op.DELETE, MODULE, row, Source.API)
    return say({})


async def move_tasks(world: World, request: Request) -> Response:
    """All tasks of a type become of another; the deals they hang on come along."""
    row, base = _type_or_refuse(world, request), base_of(request)
    wanted = str((await asked.wrapped(request, "dealTask")).get("dealTasktype"))
    if wanted not in world.task_types.rows:
        raise related_missing("dealTasktype")
    moved = [task for task in world.tasks if task["type"] == row["id"]]
    for task in moved:
        task |= {"type": wanted, "udate": world.now()}
        world.tasks.touch(task["id"])
        effects.note(world, Op.UPDATE, shapes.MODULE, task, Source.API, {"type": wanted})
    deals = dict.fromkeys(task["relid"] for task in moved if task["reltype"] == "Deal")
    shown = [deal_shapes.read(world, world.deals.rows[id_], base) for id_ in deals]
    return say({"deals": shown, "dealTasks": [shapes.read(task, base) for task in moved]})


def add_type(world: World, title: str) -> Row:
    now, id_ = world.now(), world.next_id(world.task_types)
    row: Row = {"id": id_, "title": title, "status": "1", "minutes": MINUTES, "cdate": now, "udate": now}
    world.task_types.put(id_, row)
    return row


def _refuse_title(world: World, title: str) -> None:
    if not title:
        raise refused("The dealTasktype title was not provided.", "field_missing", "title")
    if any(row["title"].lower() == title.lower() for row in world.task_types):
        raise refused("A task type with the same title already exists.", "duplicate", "title")


def _type_or_refuse(world: World, request: Request) -> Row:
    id_ = request.path_params["id"]
    row = world.task_types.get(id_)
    if row is None:
        raise refusals.no_result("DealTasktype", id_)
    return row


def _shown(row: Row) -> dict[str, Any]:
    return {
        "title": row["title"],
        "status": row["status"],
        "defduration": str(row["minutes"]),
        "cdate": stamps.with_offset(row["cdate"]),
        "udate": stamps.with_offset(row["udate"]),
        "links": [],
        "id": row["id"],
    }

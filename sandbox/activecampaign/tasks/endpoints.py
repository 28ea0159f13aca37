"""Tasks through the API, for deals and contacts alike."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, refusals, stamps
from sandbox.activecampaign.accounts.refusals import refused, related_missing
from sandbox.activecampaign.answers import base_of, collection, say
from sandbox.activecampaign.notes.bearers import BEARERS, BY_OWNER, Bearer, beside, is_there
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.tasks import edits, shapes
from sandbox.activecampaign.tasks.kinds import MINUTES
from sandbox.activecampaign.world import World
from sandbox.store import Row

SAME = {"reltype": "reltype", "relid": "relid", "d_tasktypeid": "type", "assignee_userid": "assignee"}
INSIDE = ("title", "note")
STATUSES = frozenset({0, 1})


async def list_tasks(world: World, request: Request) -> Response:
    filters = asked.bracketed(request, "filters")
    found = [row for row in world.tasks if _is_wanted(row, filters)]
    shown = [shapes.read(row, base_of(request)) for row in asked.page(request).cut(found)]
    return collection("dealTasks", shown, len(found))


async def get_task(world: World, request: Request) -> Response:
    return say({"dealTask": shapes.read(_task_or_refuse(world, request), base_of(request))})


async def create_task(world: World, request: Request) -> Response:
    sent, base = await asked.wrapped(request, "dealTask"), base_of(request)
    bearer = _bearer(sent)
    for name in ("relid", "duedate", "dealTasktype"):
        if not sent.get(name):
            called = f"{bearer.owner} id" if name == "relid" else name
            raise refused(f"The task {called} was not provided.", "field_missing", name)
    if not is_there(world, bearer, str(sent["relid"])):
        raise related_missing("relid")
    said = _said(world, sent)
    row = edits.create(world, {"reltype": bearer.reltype, **said}, Source.API)
    along = beside(world, bearer, row["relid"], base)
    return say({**along, "dealTask": shapes.written(row, base, sent)}, 201)


async def change_task(world: World, request: Request) -> Response:
    """`status` 1 marks it done."""
    row, base = _task_or_refuse(world, request), base_of(request)
    sent = await asked.wrapped(request, "dealTask")
    said = {name: value for name, value in _said(world, sent, row).items() if name != "relid"}
    edits.change(world, row, said, Source.API)
    return say({"dealTask": shapes.written(row, base, sent) | {"relid": row["relid"]}})


async def delete_task(world: World, request: Request) -> Response:
    edits.delete(world, _task_or_refuse(world, request), Source.API)
    return say({})


async def of_a_deal(world: World, request: Request) -> Response:
    """`/deals/{id}/tasks`: the rows alone."""
    wanted = ("Deal", request.path_params["id"])
    rows = [row for row in world.tasks if (row["reltype"], row["relid"]) == wanted]
    return say({"dealTasks": [shapes.read(row, base_of(request)) for row in rows]})


def _task_or_refuse(world: World, request: Request) -> Row:
    id_ = request.path_params["id"]
    row = world.tasks.get(id_)
    if row is None:
        raise refusals.no_result("DealTask", id_)
    return row


def _bearer(sent: dict[str, Any]) -> Bearer:
    """`ownerType` or `reltype`; without either it is a deal's."""
    return BY_OWNER.get(str(sent.get("ownerType"))) or BEARERS.get(str(sent.get("reltype"))) or BEARERS["Deal"]


def _said(world: World, sent: dict[str, Any], row: Row | None = None) -> dict[str, Any]:
    said: dict[str, Any] = {name: sent[name] for name in ("title", "note") if name in sent}
    for name, key in (("relid", "relid"), ("assignee", "assignee"), ("type", "dealTasktype")):
        if sent.get(key) not in (None, ""):
            said[name] = str(sent[key])
    if said.get("type", "") not in {"", *world.task_types.rows}:
        raise related_missing("dealTasktype")
    if sent.get("outcomeId"):
        said["outcome"] = asked.number_or_none(str(sent["outcomeId"]))
    if "outcomeInfo" in sent:
        said["outcome_info"] = sent["outcomeInfo"]
    return said | _status(sent) | _moments(sent, row)


def _status(sent: dict[str, Any]) -> dict[str, int]:
    if sent.get("status") in (None, ""):
        return {}
    status = asked.number_or_none(str(sent["status"]))
    if status not in STATUSES:
        raise refused("The status is invalid.", "field_invalid", "status")
    return {"status": status}


def _moments(sent: dict[str, Any], row: Row | None) -> dict[str, int]:
    """A task without an end takes a quarter of an hour; one that is put off ends later by as much."""
    moments = {name: stamps.parsed(str(sent[name])) for name in ("duedate", "edate") if sent.get(name)}
    said = {name: moment for name, moment in moments.items() if moment is not None}
    if len(said) < len(moments):
        raise refused("The task duedate is invalid.", "field_invalid", "duedate")
    if "duedate" in said and "edate" not in said:
        said["edate"] = said["duedate"] + (row["edate"] - row["duedate"] if row else MINUTES * 60)
    return said


def _is_wanted(row: Row, filters: dict[str, str]) -> bool:
    after, before = (stamps.parsed(filters.get(name, "")) for name in ("due_after", "due_before"))
    return (
        all(filters[name] == row[key] for name, key in SAME.items() if name in filters)
        and all(filters[name].lower() in (row[name] or "").lower() for name in INSIDE if name in filters)
        and filters.get("status") in {None, str(row["status"])}
        and (after is None or row["duedate"] >= after)
        and (before is None or row["duedate"] < before)
    )

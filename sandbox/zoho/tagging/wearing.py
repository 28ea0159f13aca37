"""The doors by which records get tags and lose them, one record or up to a hundred at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from sandbox.store import Row
from sandbox.zoho import edits
from sandbox.zoho.answers import Item, error, say, success
from sandbox.zoho.bodies import Body, read_body
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.refusals import RefusalError, RefusedRecord, missing_parameter, too_many
from sandbox.zoho.staff import INTEGRATION
from sandbox.zoho.struck import demand_unstruck
from sandbox.zoho.tagging.catalogue import LONGEST_NAME, MOST_OF_A_RECORD, UNTAGGED, tags_for, worn
from sandbox.zoho.world import World

MOST_RECORDS = 100
Change = Callable[[World, RecordTable, Row, "Wish"], list[Row]]


@dataclass(frozen=True, slots=True)
class Wish:
    """Which tags, on which records; whether those that are there give way."""

    names: tuple[str, ...]
    ids: tuple[str, ...]
    overwrites: bool


async def add_tags(world: World, request: Request) -> Response:
    return await _change(world, request, _with)


async def remove_tags(world: World, request: Request) -> Response:
    return await _change(world, request, _without)


async def _change(world: World, request: Request, change: Change) -> Response:
    table = world.table(request.path_params["module"])
    if table.module in UNTAGGED:
        raise RefusalError(400, "INVALID_MODULE", "the given module is not supported for this api", {})
    wish = await _wish(request)
    world.ground.journal.note_records(len(wish.ids))
    items = [_change_one(world, request, table, id_, place, wish, change) for place, id_ in enumerate(wish.ids)]
    locked = sum(item["code"] == "RECORD_LOCKED" for item in items)
    failed = sum(item["status"] == "error" for item in items)
    counts = {"success_count": str(len(items) - failed)} if change is _with else {}
    status = 400 if failed == len(items) else 207 if failed else 200
    return say({"data": items, **counts, "locked_count": str(locked)}, status)


def _change_one(
    world: World, request: Request, table: RecordTable, id_: str, place: int, wish: Wish, change: Change
) -> Item:
    row = table.get(id_)
    if row is None:
        return error("INVALID_DATA", "the id given seems to be invalid", {"id": id_})
    try:
        demand_unstruck(world, request.method, request.url.path, {}, place, held=row)
    except RefusedRecord as refused:
        return refused.item
    tags = change(world, table, row, wish)
    if len(tags) > MOST_OF_A_RECORD:
        return error("LIMIT_EXCEEDED", "tags limit exceeded", {"limit": MOST_OF_A_RECORD, "id": id_})
    edits.update(world, table, row, {"Tag": tags}, edits.API)
    details = {"modifiedTime": row["Modified_Time"], "id": id_, "affected_data": None, "tags": tags}
    return success("tags updated successfully", details)


def _with(world: World, table: RecordTable, row: Row, wish: Wish) -> list[Row]:
    added = tags_for(world, table.module, wish.names, INTEGRATION)
    kept = [] if wish.overwrites else [tag for tag in row["Tag"] or () if tag not in added]
    return [*kept, *added]


def _without(_world: World, _table: RecordTable, row: Row, wish: Wish) -> list[Row]:
    gone = {name.lower() for name in wish.names}
    return [worn(tag) for tag in row["Tag"] or () if tag["name"].lower() not in gone]


async def _wish(request: Request) -> Wish:
    """Parameters of the address or the same words in the body; the path names one record itself."""
    asked = request.query_params
    body: Body = await read_body(request) if await request.body() else {}
    names = asked["tag_names"].split(",") if "tag_names" in asked else _names(body)
    ids = [request.path_params["id"]] if "id" in request.path_params else _ids(asked.get("ids"), body)
    overwrites = str(asked.get("over_write", body.get("over_write", False))).lower() == "true"
    return Wish(tuple(names), tuple(ids), overwrites)


def _ids(asked: str | None, body: Body) -> Sequence[str]:
    said = asked.split(",") if asked else body.get("ids")
    if not said:
        raise missing_parameter("ids")
    ids = [str(id_) for id_ in (said if isinstance(said, list) else [said])]
    if len(ids) > MOST_RECORDS:
        raise too_many("ids", MOST_RECORDS)
    return ids


def _names(body: Body) -> Sequence[str]:
    said = body.get("tags")
    if not isinstance(said, list) or not said:
        details = {"expected_data_type": "jsonarray", "api_name": "tags", "json_path": "$.tags"}
        raise RefusalError(400, "INVALID_DATA", "Invalid data type", details)
    return [_name(tag, place) for place, tag in enumerate(said)]


def _name(tag: object, place: int) -> str:
    name = tag.get("name") if isinstance(tag, dict) else tag
    at = {"api_name": "name", "json_path": f"$.tags[{place}].name"}
    if not isinstance(name, str) or not name:
        raise RefusalError(400, "INVALID_DATA", "Invalid data type", {"expected_data_type": "string", **at})
    if len(name) > LONGEST_NAME:
        raise RefusalError(400, "INVALID_DATA", "invalid data", {"maximum_length": LONGEST_NAME, **at})
    return name


ROUTES = (
    ("POST", "/crm/v8/{module}/actions/add_tags", add_tags),
    ("POST", "/crm/v8/{module}/actions/remove_tags", remove_tags),
    ("POST", "/crm/v8/{module}/{id}/actions/add_tags", add_tags),
    ("POST", "/crm/v8/{module}/{id}/actions/remove_tags", remove_tags),
)

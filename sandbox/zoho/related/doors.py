"""The doors to related lists: what hangs on a record, a note hung on it, and which lists a module has."""

from starlette.requests import Request
from starlette.responses import Response

from sandbox.zoho.answers import nothing, say
from sandbox.zoho.bodies import read_body
from sandbox.zoho.deletes import delete_from
from sandbox.zoho.metadata import module_id
from sandbox.zoho.reads import say_page
from sandbox.zoho.record_shapes import asked_fields, demanded_fields, selected, whole
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.refusals import RefusalError, bad_body, missing_parameter
from sandbox.zoho.related.lists import LISTS, RelatedList, members, related_list
from sandbox.zoho.world import World
from sandbox.zoho.writes import insert_into, update_in

LIST_IDS = 487600000000003001


async def list_related(world: World, request: Request) -> Response:
    parent = world.table(request.path_params["module"])
    related = _demanded_list(parent.module, request.path_params["related"])
    demanded_fields(request.query_params)
    if parent.get(request.path_params["id"]) is None:
        return nothing()
    ids = [row["id"] for row in members(world, related, request.path_params["id"])]
    return say_page(world, world.tables[related.module], request, ids, is_related=True)


async def get_related(world: World, request: Request) -> Response:
    """One record of a related list, with the fields asked for or all of them."""
    table, ids = _members(world, request)
    row = table.get(request.path_params["one"]) if request.path_params["one"] in ids else None
    if row is None:
        return nothing()
    names = asked_fields(request.query_params)
    return say({"data": [whole(row) if names is None else selected(table, row, names)]})


async def insert_notes(world: World, request: Request) -> Response:
    module, id_ = request.path_params["module"], request.path_params["id"]
    _demanded_list(world.table(module).module, "Notes")
    parent = {"id": id_, "module": {"api_name": module}}
    return await insert_into(world, request, "Notes", always={"Parent_Id": parent})


async def update_related(world: World, request: Request) -> Response:
    table, ids = _members(world, request)
    _demand_notes(table.module)
    return await update_in(world, request, table.module, ids, id_=request.path_params.get("one"))


async def delete_related(world: World, request: Request) -> Response:
    table, ids = _members(world, request)
    _demand_notes(table.module)
    asked = request.path_params.get("one") or request.query_params.get("ids")
    if not asked:
        raise missing_parameter("ids")
    return delete_from(world, request, table, asked.split(","), ids)


async def count_related(world: World, request: Request) -> Response:
    parent, id_ = world.table(request.path_params["module"]), request.path_params["id"]
    if parent.get(id_) is None:
        raise RefusalError(400, "INVALID_DATA", "the id given seems to be invalid", {"resource_path_index": 1})
    asked = (await read_body(request)).get("get_related_records_count")
    if not isinstance(asked, list) or not asked:
        raise bad_body("get_related_records_count", "jsonarray")
    counts = [_count(world, parent.module, id_, wish, place) for place, wish in enumerate(asked)]
    return say({"get_related_records_count": [counts]})


def _count(world: World, module: str, id_: str, wish: object, place: int) -> dict[str, object]:
    named = wish.get("related_list") if isinstance(wish, dict) else None
    name = named.get("api_name") if isinstance(named, dict) else None
    found = related_list(module, str(name))
    if found is None:
        path = f"$.get_related_records_count[{place}].related_list.api_name"
        raise RefusalError(400, "INVALID_DATA", "invalid data", {"api_name": "api_name", "json_path": path})
    shown = {"api_name": found.module, "id": list_id(world, module, found)}
    return {"count": len(members(world, found, id_)), "related_list": shown}


def _members(world: World, request: Request) -> tuple[RecordTable, frozenset[str]]:
    parent = world.table(request.path_params["module"])
    related = _demanded_list(parent.module, request.path_params.get("related", "Notes"))
    rows = members(world, related, request.path_params["id"])
    return world.tables[related.module], frozenset(row["id"] for row in rows)


def _demand_notes(module: str) -> None:
    """Records hang on others by a lookup of their own: there is no link between them to make or to cut."""
    if module != "Notes":
        said = "the related list does not support this operation"
        raise RefusalError(400, "NOT_SUPPORTED", said, {"resource_path_index": 2})


async def list_lists(world: World, request: Request) -> Response:
    module = request.query_params.get("module")
    if module is None:
        raise missing_parameter("module")
    lists = LISTS.get(world.table(module).module, ())
    shown = [_shown(world, module, related, place) for place, related in enumerate(lists, start=1)]
    return say({"related_lists": shown}) if shown else nothing()


def list_id(world: World, module: str, related: RelatedList) -> str:
    return str(LIST_IDS + 100 * list(world.tables).index(module) + LISTS[module].index(related) + 1)


def _demanded_list(module: str, name: str) -> RelatedList:
    related = related_list(module, name)
    if related is None:
        said = "the relation name given seems to be invalid"
        raise RefusalError(400, "INVALID_DATA", said, {"resource_path_index": 2})
    return related


def _shown(world: World, module: str, related: RelatedList, place: int) -> dict[str, object]:
    name = related.module
    return {
        "id": list_id(world, module, related),
        "sequence_number": str(place),
        "display_label": name,
        "api_name": name,
        "module": {"api_name": name, "id": module_id(world, name)},
        "name": name,
        "action": None,
        "href": f"{module}/{{ENTITYID}}/{name}",
        "type": "default",
        "connectedmodule": None,
        "linkingmodule": None,
        "customize_sort": True,
        "customize_fields": True,
        "customize_display_label": True,
        "status": "visible",
    }


OF_SETTINGS = (("GET", "/crm/v8/settings/related_lists", list_lists),)
ROUTES = (
    ("POST", "/crm/v8/{module}/{id}/actions/get_related_records_count", count_related),
    ("POST", "/crm/v8/{module}/{id}/Notes", insert_notes),
    ("GET", "/crm/v8/{module}/{id}/{related}", list_related),
    ("PUT", "/crm/v8/{module}/{id}/{related}", update_related),
    ("DELETE", "/crm/v8/{module}/{id}/{related}", delete_related),
    ("GET", "/crm/v8/{module}/{id}/{related}/{one}", get_related),
    ("PUT", "/crm/v8/{module}/{id}/{related}/{one}", update_related),
    ("DELETE", "/crm/v8/{module}/{id}/{related}/{one}", delete_related),
)

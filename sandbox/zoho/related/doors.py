"""The doors to related lists: what hangs on a record, a note hung on it, and which lists a module has."""

from starlette.requests import Request
from starlette.responses import Response

from sandbox.zoho.answers import nothing, say
from sandbox.zoho.metadata import module_id
from sandbox.zoho.reads import say_page
from sandbox.zoho.record_shapes import demanded_fields
from sandbox.zoho.refusals import RefusalError, missing_parameter
from sandbox.zoho.related.lists import LISTS, RelatedList, members, related_list
from sandbox.zoho.world import World
from sandbox.zoho.writes import insert_into

LIST_IDS = 487600000000003001


async def list_related(world: World, request: Request) -> Response:
    parent = world.table(request.path_params["module"])
    related = _demanded_list(parent.module, request.path_params["related"])
    demanded_fields(request.query_params)
    if parent.get(request.path_params["id"]) is None:
        return nothing()
    ids = [row["id"] for row in members(world, related, request.path_params["id"])]
    return say_page(world, world.tables[related.module], request, ids)


async def insert_notes(world: World, request: Request) -> Response:
    module, id_ = request.path_params["module"], request.path_params["id"]
    _demanded_list(world.table(module).module, "Notes")
    parent = {"id": id_, "module": {"api_name": module}}
    return await insert_into(world, request, "Notes", always={"Parent_Id": parent})


async def list_lists(world: World, request: Request) -> Response:
    module = request.query_params.get("module")
    if module is None:
        raise missing_parameter("module")
    lists = LISTS.get(world.table(module).module, ())
    shown = [_shown(world, module, related, place) for place, related in enumerate(lists, start=1)]
    return say({"related_lists": shown}) if shown else nothing()


def _demanded_list(module: str, name: str) -> RelatedList:
    related = related_list(module, name)
    if related is None:
        said = "the relation name given seems to be invalid"
        raise RefusalError(400, "INVALID_DATA", said, {"resource_path_index": 2})
    return related


def _shown(world: World, module: str, related: RelatedList, place: int) -> dict[str, object]:
    name = related.module
    return {
        "id": str(LIST_IDS + 100 * list(world.tables).index(module) + place),
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
        "sort_by": None,
        "sort_order": None,
        "fields": [],
        "status": "visible",
    }

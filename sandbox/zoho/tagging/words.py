"""The doors to the tags of a module: listed, made, renamed, merged, counted, deleted."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.store import Row
from sandbox.zoho.answers import Item, error, say, success, verdicts
from sandbox.zoho.bodies import Body, read_body
from sandbox.zoho.refusals import RefusalError, RefusedRecord
from sandbox.zoho.staff import INTEGRATION
from sandbox.zoho.tagging.catalogue import (
    LONGEST_NAME,
    MOST_OF_A_MODULE,
    UNTAGGED,
    add_tag,
    change_tag,
    replace_on_records,
    shelf_of,
    tag_named,
    tags_of,
    wearers,
)
from sandbox.zoho.world import World

DETAILS = ("created_time", "modified_time", "modified_by", "id", "created_by", "color_code")
UPDATED = "tags updated successfully"


async def list_tags(world: World, request: Request) -> Response:
    tags = tags_of(world, _module(world, request))
    shown = [{"name": tag["name"], **_details(tag)} for tag in tags]
    return say({"tags": shown, "info": {"count": len(tags), "allowed_count": MOST_OF_A_MODULE}})


async def create_tags(world: World, request: Request) -> Response:
    module = _module(world, request)

    def create(said: Body, place: int) -> Item:
        name = _name(said, place)
        _demand_free(world, module, name, place, own=None)
        if len(tags_of(world, module)) >= MOST_OF_A_MODULE:
            raise RefusedRecord(error("LICENSE_LIMIT_EXCEEDED", "tags edition limit exceeded"))
        tag = add_tag(world, module, name, said.get("color_code"), INTEGRATION)
        return success("tags created successfully", _details(tag))

    return verdicts(_each(await _tags_in(request), create), all_fine=201, under="tags")


async def update_tags(world: World, request: Request) -> Response:
    module = _module(world, request)

    def update(said: Body, place: int) -> Item:
        return _rename(world, module, str(said.get("id")), said, place)

    return verdicts(_each(await _tags_in(request), update), under="tags")


async def update_tag(world: World, request: Request) -> Response:
    module = _module(world, request)
    tag = _demanded(world, request)

    def update(said: Body, place: int) -> Item:
        return _rename(world, module, tag["id"], said, place)

    return verdicts(_each((await _tags_in(request))[:1], update), under="tags")


async def delete_tag(world: World, request: Request) -> Response:
    tag = _demanded(world, request)
    replace_on_records(world, tag, None)
    shelf_of(world).remove(tag["id"])
    return say({"tags": [success("tags deleted successfully", {"id": tag["id"]})]})


async def merge_tags(world: World, request: Request) -> Response:
    """The tag in the path dissolves into the one it is in conflict with."""
    tag = _demanded(world, request)
    kept = shelf_of(world).get(str((await _tags_in(request))[0].get("conflict_id")))
    if kept is None or kept is tag or kept["module"] != tag["module"]:
        at = {"api_name": "conflict_id", "json_path": "$.tags[0].conflict_id"}
        return say({"tags": [error("INVALID_DATA", "invalid data", at)]}, 400)
    replace_on_records(world, tag, kept)
    shelf_of(world).remove(tag["id"])
    change_tag(world, kept, {}, INTEGRATION)
    return say({"tags": [success("tags merged successfully", _details(kept))]})


async def count_records(world: World, request: Request) -> Response:
    module = _module(world, request)
    tag = shelf_of(world).get(request.path_params["id"])
    if tag is None or tag["module"] != module:
        raise RefusalError(400, "TAG_ID_NOT_FOUND", "invalid tag id", {})
    return say({"count": str(len(wearers(world.tables[module], tag["id"])))})


def _rename(world: World, module: str, id_: str, said: Body, place: int) -> Item:
    tag = shelf_of(world).get(id_)
    if tag is None or tag["module"] != module:
        raise RefusedRecord(error("INVALID_DATA", "invalid tag id", _at("id", place)))
    values: Row = {"color_code": said["color_code"]} if "color_code" in said else {}
    if "name" in said or not values:
        values["name"] = _name(said, place)
        _demand_free(world, module, values["name"], place, own=id_)
    change_tag(world, tag, values, INTEGRATION)
    return success(UPDATED, _details(tag))


def _each(said: list[Body], write: Callable[[Body, int], Item]) -> list[Item]:
    items = []
    for place, tag in enumerate(said):
        try:
            items.append(write(tag, place))
        except RefusedRecord as refused:
            items.append(refused.item)
    return items


def _name(said: Body, place: int) -> str:
    name = said.get("name")
    if name in (None, ""):
        raise RefusedRecord(error("MANDATORY_NOT_FOUND", "required field not found", _at("name", place)))
    if not isinstance(name, str):
        details = {"expected_data_type": "string", **_at("name", place)}
        raise RefusedRecord(error("INVALID_DATA", "Invalid data type", details))
    if len(name) > LONGEST_NAME:
        details = {"maximum_length": LONGEST_NAME, **_at("name", place)}
        raise RefusedRecord(error("INVALID_DATA", "invalid data", details))
    return name


def _demand_free(world: World, module: str, name: str, place: int, *, own: str | None) -> None:
    there = tag_named(world, module, name)
    if there is not None and there["id"] != own:
        raise RefusedRecord(error("DUPLICATE_DATA", "duplicate data", {**_at("name", place), "id": there["id"]}))


def _at(name: str, place: int) -> dict[str, Any]:
    return {"api_name": name, "json_path": f"$.tags[{place}].{name}"}


def _details(tag: Row) -> Mapping[str, Any]:
    return {name: tag[name] for name in DETAILS}


async def _tags_in(request: Request) -> list[Body]:
    tags = (await read_body(request)).get("tags")
    if not isinstance(tags, list) or not tags or not all(isinstance(tag, dict) for tag in tags):
        details = {"api_name": "tags", "json_path": "$.tags"}
        raise RefusalError(400, "MANDATORY_NOT_FOUND", "required field not found", details)
    return tags


def _module(world: World, request: Request) -> str:
    module = request.query_params.get("module")
    if module is None:
        said = "One of the expected parameter is missing"
        raise RefusalError(400, "REQUIRED_PARAM_MISSING", said, {"param": "module"})
    if module in UNTAGGED:
        raise RefusalError(400, "INVALID_MODULE", "the given module is not supported for this api", {})
    if module not in world.tables:
        raise RefusalError(400, "INVALID_MODULE", "the module name given seems to be invalid", {})
    return module


def _demanded(world: World, request: Request) -> Row:
    tag = shelf_of(world).get(request.path_params["id"])
    if tag is None:
        details = {"api_name": "id", "json_path": "$.id"}
        raise RefusalError(400, "INVALID_DATA", "invalid tag id", details)
    return tag


ROUTES = (
    ("GET", "/crm/v8/settings/tags", list_tags),
    ("POST", "/crm/v8/settings/tags", create_tags),
    ("PUT", "/crm/v8/settings/tags", update_tags),
    ("PUT", "/crm/v8/settings/tags/{id}", update_tag),
    ("DELETE", "/crm/v8/settings/tags/{id}", delete_tag),
    ("POST", "/crm/v8/settings/tags/{id}/actions/merge", merge_tags),
    ("GET", "/crm/v8/settings/tags/{id}/actions/records_count", count_records),
)

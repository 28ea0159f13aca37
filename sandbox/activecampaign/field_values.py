"""Custom field values as a collection of their own. Every write moves the contact's stamp."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, contact_shapes, edits, link_shapes, refusals
from sandbox.activecampaign.answers import base_of, collection, say
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.wishes import Wish
from sandbox.activecampaign.world import World
from sandbox.store import Row


async def list_values(world: World, request: Request) -> Response:
    """`filters[fieldid]` and `filters[val]` work here; others do nothing."""
    filters = asked.bracketed(request, "filters")
    field, value = filters.get("fieldid"), filters.get("val")
    found = [row for row in world.field_values if field in {None, row["field"]} and value in {None, row["value"]}]
    shown = [link_shapes.field_value(row, base_of(request)) for row in asked.page(request).cut(found)]
    return collection("fieldValues", shown, len(found))


async def get_value(world: World, request: Request) -> Response:
    row = _value_or_refuse(world, request.path_params["id"])
    return say({"fieldValue": link_shapes.field_value(row, base_of(request))})


async def set_value(world: World, request: Request) -> Response:
    """An upsert on contact and field."""
    sent = await asked.wrapped(request, "fieldValue")
    contact, field = str(sent.get("contact")), str(sent.get("field"))
    if contact not in world.contacts.rows:
        raise refusals.no_result("Subscriber", contact, 403)
    if field not in world.fields.rows:
        raise refusals.no_result("Field", field, 403)
    return _written(world, request, contact, field, sent.get("value"), 201)


async def change_value(world: World, request: Request) -> Response:
    row = _value_or_refuse(world, request.path_params["id"])
    sent = await asked.wrapped(request, "fieldValue")
    return _written(world, request, row["contact"], row["field"], sent.get("value"), 200)


async def delete_value(world: World, request: Request) -> Response:
    """The sure way to un-set a value."""
    row = _value_or_refuse(world, request.path_params["id"], 404)
    edits.update(world, world.contacts.rows[row["contact"]], Wish(values={row["field"]: None}), Source.API)
    return say({})


def _value_or_refuse(world: World, id_: str, status: int = 403) -> Row:
    row = world.field_values.get(id_)
    if row is None:
        raise refusals.no_result("FieldValue", id_, status)
    return row


def _written(world: World, request: Request, contact_id: str, field: str, value: Any, status: int) -> Response:
    contact = world.contacts.rows[contact_id]
    edits.update(world, contact, Wish(values={field: "" if value is None else str(value)}), Source.API)
    world.ground.journal.note_records(1)
    row, base = world.field_values.rows[world.values_of[contact_id][field]], base_of(request)
    shown = link_shapes.field_value(row, base)
    if status == 201:
        # What is made does not say who made it.
        del shown["created_by"], shown["updated_by"]
    return say({"contacts": [contact_shapes.full(world, contact, base)], "fieldValue": shown}, status)

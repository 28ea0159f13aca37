"""Definitions of custom fields of accounts and deals through the API: one set of doors for both kinds."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, effects
from sandbox.activecampaign.answers import base_of, say
from sandbox.activecampaign.record_fields import definitions, judging, shapes, values
from sandbox.activecampaign.record_fields.kinds import Kind
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.world import World
from sandbox.journal import Op
from sandbox.store import Row

DEFAULT_LIMIT = 100


async def list_definitions(kind: Kind, world: World, request: Request) -> Response:
    """Without a `meta`."""
    rows = asked.page(request, DEFAULT_LIMIT).cut(list(definitions.shelf(world, kind)))
    return say({kind.definitions: [shapes.definition(world, kind, row, base_of(request)) for row in rows]})


async def get_definition(kind: Kind, world: World, request: Request) -> Response:
    return _shown(kind, world, request, _definition_or_refuse(kind, world, request))


async def create_definition(kind: Kind, world: World, request: Request) -> Response:
    sent = await asked.wrapped(request, kind.definition)
    judging.check_definition(sent)
    return _shown(kind, world, request, definitions.define(world, kind, sent), 201)


async def change_definition(kind: Kind, world: World, request: Request) -> Response:
    """A body under another name is a body that says nothing: it changes nothing, and is answered like one that does."""
    row = _definition_or_refuse(kind, world, request)
    sent: Any = (await asked.body(request)).get(kind.definition)
    definitions.change(world, kind, row, sent if isinstance(sent, dict) else {})
    return _shown(kind, world, request, row)


async def delete_definition(kind: Kind, world: World, request: Request) -> Response:
    """Its values go with it."""
    row = _definition_or_refuse(kind, world, request)
    for value in [value for value in values.shelf(world, kind) if value["field"] == row["id"]]:
        values.shelf(world, kind).remove(value["id"])
    definitions.shelf(world, kind).remove(row["id"])
    effects.note(world, Op.DELETE, kind.definition, row, Source.API)
    return say({"message": f"{kind.said(kind.definitions)} deleted."})


def _definition_or_refuse(kind: Kind, world: World, request: Request) -> Row:
    row = definitions.shelf(world, kind).get(request.path_params["id"])
    if row is None:
        raise judging.not_found()
    return row


def _shown(kind: Kind, world: World, request: Request, row: Row, status: int = 200) -> Response:
    return say({kind.definition: shapes.definition(world, kind, row, base_of(request))}, status)

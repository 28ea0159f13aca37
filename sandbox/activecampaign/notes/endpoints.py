"""Notes through the API: as a collection of their own, and under the contact, deal or account they hang on."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, catalogue_shapes, refusals
from sandbox.activecampaign.accounts.refusals import refused
from sandbox.activecampaign.answers import base_of, say
from sandbox.activecampaign.notes import edits, shapes
from sandbox.activecampaign.notes.bearers import BEARERS, BY_OWNER, Bearer, beside, is_there
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.world import World
from sandbox.store import Row

MODELS = {"Subscriber": "Subscriber", "Deal": "Deal", "CustomerAccount": "CustomerAccount", "DealTask": "DealTask"}


async def list_notes(world: World, request: Request) -> Response:
    """No filter works here."""
    rows = list(world.notes)
    shown = [shapes.read(row, base_of(request)) for row in asked.page(request).cut(rows)]
    return say({"notes": shown, "meta": {"total": len(rows)}})


async def get_note(world: World, request: Request) -> Response:
    return say({"note": shapes.read(_note_or_refuse(world, request.path_params["id"]), base_of(request))})


async def create_note(world: World, request: Request) -> Response:
    sent = await asked.wrapped(request, "note")
    bearer = _bearer_or_refuse(sent)
    return _written(world, request, bearer, sent.get("relid"), sent, 403)


async def change_note(world: World, request: Request) -> Response:
    row = _note_or_refuse(world, request.path_params["id"])
    sent = await asked.wrapped(request, "note")
    _refuse_strange_place(world, sent)
    edits.rewrite(world, row, str(sent.get("note", row["note"])), Source.API)
    return say({"note": shapes.read(row, base_of(request))})


async def delete_note(world: World, request: Request) -> Response:
    edits.remove(world, _note_or_refuse(world, request.path_params["id"]), Source.API)
    return say({})


async def list_of_a_bearer(owner: str, world: World, request: Request) -> Response:
    """The rows alone, without a `meta`."""
    bearer, relid = BY_OWNER[owner], request.path_params["id"]
    if not is_there(world, bearer, relid):
        raise refusals.no_result(MODELS[bearer.reltype], relid)
    found = [row for row in world.notes if (row["reltype"], row["relid"]) == (bearer.reltype, relid)]
    return say({"notes": [shapes.read(row, base_of(request)) for row in found]})


async def create_on_a_bearer(owner: str, world: World, request: Request) -> Response:
    """Also with a note's number behind it: POST makes a new note whatever the number."""
    sent = await asked.wrapped(request, "note")
    return _written(world, request, BY_OWNER[owner], request.path_params["id"], sent, 404)


async def change_on_a_bearer(owner: str, world: World, request: Request) -> Response:
    """The user comes along too, here alone."""
    base, relid, bearer = base_of(request), request.path_params["id"], BY_OWNER[owner]
    row = _note_or_refuse(world, request.path_params["note"])
    if (row["reltype"], row["relid"]) != (bearer.reltype, relid):
        raise refusals.no_result("Note", row["id"], 403)
    sent = await asked.wrapped(request, "note")
    edits.rewrite(world, row, str(sent.get("note", row["note"])), Source.API)
    users = {"users": [catalogue_shapes.user(base)]}
    return say({**users, **beside(world, bearer, relid, base), "note": shapes.read(row, base)})


def _written(world: World, request: Request, bearer: Bearer, relid: Any, sent: dict[str, Any], status: int) -> Response:
    """What it hangs on comes along; a deal as it was before, a contact as it is now."""
    if not sent.get("note"):
        raise refused("The note note was not provided.", "field_missing", "note")
    if not is_there(world, bearer, str(relid)):
        raise refusals.no_result(MODELS.get(bearer.reltype, bearer.reltype), str(relid), status)
    base = base_of(request)
    count = _activities(world, bearer, str(relid))
    row = edits.write(world, bearer, str(relid), str(sent["note"]), Source.API)
    along = beside(world, bearer, str(relid), base)
    for deal in along.get("deals", ()):
        deal.update(count if "activitycount" in deal else {})
    return say({**along, "note": shapes.created(row, base, relid)}, 201)


def _activities(world: World, bearer: Bearer, relid: str) -> dict[str, str]:
    return {"activitycount": str(world.deals.rows[relid]["activities"])} if bearer.owner == "deal" else {}


def _note_or_refuse(world: World, id_: str) -> Row:
    row = world.notes.get(id_)
    if row is None:
        raise refusals.no_result("Note", id_, 403)
    return row


def _bearer_or_refuse(sent: dict[str, Any]) -> Bearer:
    bearer = BEARERS.get(str(sent.get("reltype") or ""))
    if bearer is None:
        raise refused("The note reltype was not provided.", "field_missing", "reltype")
    return bearer


def _refuse_strange_place(world: World, sent: dict[str, Any]) -> None:
    """A note stays where it hangs, but a place that is not there is refused all the same."""
    bearer, relid = BEARERS.get(str(sent.get("reltype"))), str(sent.get("relid"))
    if bearer and sent.get("relid") and not is_there(world, bearer, relid):
        raise refusals.no_result(MODELS.get(bearer.reltype, bearer.reltype), relid, 403)

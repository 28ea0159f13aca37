"""Forms and automations read through the API, and contacts put into an automation or taken out of its list."""

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, contact_shapes, refusals
from sandbox.activecampaign.answers import base_of, collection, say
from sandbox.activecampaign.automations import running, shapes
from sandbox.activecampaign.world import World
from sandbox.store import Row


async def list_forms(world: World, request: Request) -> Response:
    rows, base = list(world.forms), base_of(request)
    # Only the list counts what came in through each form.
    counted = {"recent": [], "contacts": 0, "deals": 0}
    shown = [shapes.form(row, base) | counted for row in asked.page(request).cut(rows)]
    return collection("forms", shown, len(rows))


async def get_form(world: World, request: Request) -> Response:
    id_ = request.path_params["id"]
    row = world.forms.get(id_)
    if row is None:
        raise refusals.no_result("Form", id_, 403)
    return say({"form": shapes.form(row, base_of(request))})


async def list_automations(world: World, request: Request) -> Response:
    rows, base = list(world.automations), base_of(request)
    shown = [shapes.automation(row, base) for row in asked.page(request).cut(rows)]
    starts = [{"id": row["id"], "series": row["id"], "type": "form" if row["form"] else "none"} for row in rows]
    meta = {"total": str(len(rows)), "starts": starts, "filtered": False, "smsLogs": []}
    return say({"automations": shown, "meta": meta})


async def get_automation(world: World, request: Request) -> Response:
    id_ = request.path_params["id"]
    row = world.automations.get(id_)
    if row is None:
        raise refusals.no_result("Series", id_)
    return say({"automation": shapes.automation(row, base_of(request))})


async def list_entries(world: World, request: Request) -> Response:
    rows, base = list(world.contact_automations), base_of(request)
    shown = [shapes.entry(row, base) for row in asked.page(request).cut(rows)]
    return say({"contactAutomations": shown, "meta": {"total": str(len(rows)), "showcase_stats": []}})


async def get_entry(world: World, request: Request) -> Response:
    return say({"contactAutomation": shapes.entry(_entry_or_refuse(world, request, 404), base_of(request))})


async def add_entry(world: World, request: Request) -> Response:
    """Puts a contact into an automation, which runs at once."""
    sent = await asked.wrapped(request, "contactAutomation")
    contact = world.contacts.get(str(sent.get("contact")))
    automation = world.automations.get(str(sent.get("automation")))
    if contact is None or automation is None:
        raise refusals.not_entered()
    row, base = running.enter(world, contact, automation), base_of(request)
    world.ground.journal.note_records(1)
    contacts = [contact_shapes.full(world, contact, base)]
    return say({"contacts": contacts, "contactAutomation": shapes.entry_echo(row, base)}, 201)


async def remove_entry(world: World, request: Request) -> Response:
    world.contact_automations.remove(_entry_or_refuse(world, request, 403)["id"])
    return say({})


def _entry_or_refuse(world: World, request: Request, status: int) -> Row:
    id_ = request.path_params["id"]
    row = world.contact_automations.get(id_)
    if row is None:
        raise refusals.no_result("SubscriberSeries", id_, status)
    return row

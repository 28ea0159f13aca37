"""Forms and automations read through the API, and contacts put into an automation or taken out of its list."""

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, contact_shapes, refusals
from sandbox.activecampaign.answers import base_of, collection, say
from sandbox.activecampaign.automations import running, shapes
from sandbox.activecampaign.automations.definitions import RUNNING
from sandbox.activecampaign.world import World
from sandbox.store import Row


async def list_forms(world: World, request: Request) -> Response:
    rows, base = list(world.forms), base_of(request)
    shown = [shapes.form_on_a_list(row, base) for row in asked.page(request).cut(rows)]
    return collection("forms", shown, len(rows))


async def get_form(world: World, request: Request) -> Response:
    id_ = request.path_params["id"]
    row = world.forms.get(id_)
    if row is None:
        raise refusals.no_result("Form", id_, 403)
    return say({"form": shapes.form(row, base_of(request))})


async def list_automations(world: World, request: Request) -> Response:
    rows, base = list(world.automations), base_of(request)
    shown = [shapes.automation_on_a_list(row, base) for row in asked.page(request).cut(rows)]
    meta = {"total": str(len(rows)), "starts": [shapes.start(row) for row in rows], "filtered": False, "smsLogs": []}
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
    """Puts a contact into an automation that runs."""
    sent = await asked.wrapped(request, "contactAutomation")
    contact = world.contacts.get(str(sent.get("contact")))
    automation = world.automations.get(str(sent.get("automation")))
    if contact is None or automation is None or automation["status"] != RUNNING:
        raise refusals.not_entered()
    row, base = running.enter(world, contact, automation), base_of(request)
    world.ground.journal.note_records(1)
    contacts = [contact_shapes.full(world, contact, base)]
    return say({"contacts": contacts, "contactAutomation": shapes.entry_echo(row, base)}, 201)


async def remove_entry(world: World, request: Request) -> Response:
    running.leave(world, _entry_or_refuse(world, request, 403))
    return say({})


async def contact_of_entry(world: World, request: Request) -> Response:
    entry = _entry_or_refuse(world, request, 404)
    return say({"contact": contact_shapes.read(world, world.contacts.rows[entry["contact"]], base_of(request))})


async def automation_of_entry(world: World, request: Request) -> Response:
    entry = _entry_or_refuse(world, request, 404)
    return say({"automation": shapes.automation(world.automations.rows[entry["automation"]], base_of(request))})


async def entries_of_automation(world: World, request: Request) -> Response:
    base, id_ = base_of(request), request.path_params["id"]
    if id_ not in world.automations.rows:
        raise refusals.no_result("Series", id_)
    rows = [row for row in world.contact_automations if row["automation"] == id_]
    return say({"contactAutomations": [shapes.entry(row, base) for row in asked.page(request).cut(rows)]})


def _entry_or_refuse(world: World, request: Request, status: int) -> Row:
    id_ = request.path_params["id"]
    row = world.contact_automations.get(id_)
    if row is None:
        raise refusals.no_result("SubscriberSeries", id_, status)
    return row


ROUTES = (
    ("GET", "/forms", list_forms),
    ("GET", "/forms/{id}", get_form),
    ("GET", "/automations", list_automations),
    ("GET", "/automations/{id}", get_automation),
    ("GET", "/automations/{id}/contactAutomations", entries_of_automation),
    ("GET", "/contactAutomations", list_entries),
    ("POST", "/contactAutomations", add_entry),
    ("GET", "/contactAutomations/{id}", get_entry),
    ("DELETE", "/contactAutomations/{id}", remove_entry),
    ("GET", "/contactAutomations/{id}/contact", contact_of_entry),
    ("GET", "/contactAutomations/{id}/automation", automation_of_entry),
)

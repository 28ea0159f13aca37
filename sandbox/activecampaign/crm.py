"""The practice ActiveCampaign account put together: routes behind the token door, manners, desk."""

from collections.abc import Awaitable, Callable
from functools import partial

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.activecampaign import (
    ages,
    contact_related,
    contact_writes,
    contacts,
    field_options,
    field_values,
    fields,
    lists,
    settings,
    tags,
    users,
)
from sandbox.activecampaign.accounts import routes as accounts
from sandbox.activecampaign.activities import endpoints as activities
from sandbox.activecampaign.answers import say
from sandbox.activecampaign.automations import endpoints as automations
from sandbox.activecampaign.automations.triggers import start_those_of_the_changes
from sandbox.activecampaign.bulk import endpoints as bulk
from sandbox.activecampaign.deals import routes as deals
from sandbox.activecampaign.deeds import deeds_of
from sandbox.activecampaign.desk import ActiveCampaignDesk
from sandbox.activecampaign.doors import Doors
from sandbox.activecampaign.manners import ActiveCampaignManners, TokenDoor
from sandbox.activecampaign.notes import routes as notes
from sandbox.activecampaign.record_fields import routes as record_fields
from sandbox.activecampaign.refusals import RefusalError
from sandbox.activecampaign.scores import endpoints as scores
from sandbox.activecampaign.switches import SWITCHES
from sandbox.activecampaign.tasks import routes as tasks
from sandbox.activecampaign.tracking import endpoints as tracking
from sandbox.activecampaign.webhooks import endpoints as webhooks
from sandbox.activecampaign.world import World
from sandbox.crm import PracticeCrm
from sandbox.ground import Ground
from sandbox.pages.activecampaign import ActiveCampaignScreens

Endpoint = Callable[[World, Request], Awaitable[Response]]

ROUTES: tuple[tuple[str, str, Endpoint], ...] = (
    *(*accounts.ROUTES, *deals.ROUTES, *notes.ROUTES, *tasks.ROUTES, *record_fields.ROUTES),
    *users.ROUTES,
    *settings.ROUTES,
    ("GET", "/contacts", contacts.list_contacts),
    ("POST", "/contacts", contact_writes.create_contact),
    ("POST", "/contact/sync", contact_writes.sync_contact),
    ("GET", "/contacts/{id}", contacts.get_contact),
    ("PUT", "/contacts/{id}", contact_writes.change_contact),
    ("PATCH", "/contacts/{id}", contact_writes.change_contact),
    ("DELETE", "/contacts/{id}", contact_writes.delete_contact),
    ("GET", "/contacts/{id}/{related}", contact_related.get_related),
    ("GET", "/fields", fields.list_fields),
    ("POST", "/fields", fields.create_field),
    ("GET", "/fields/{id}", fields.get_field),
    ("PUT", "/fields/{id}", fields.change_field),
    ("PATCH", "/fields/{id}", fields.change_field),
    ("DELETE", "/fields/{id}", fields.delete_field),
    *field_options.ROUTES,
    ("GET", "/fieldValues", field_values.list_values),
    ("POST", "/fieldValues", field_values.set_value),
    ("GET", "/fieldValues/{id}", field_values.get_value),
    ("PUT", "/fieldValues/{id}", field_values.change_value),
    ("DELETE", "/fieldValues/{id}", field_values.delete_value),
    ("GET", "/tags", tags.list_tags),
    ("POST", "/tags", tags.create_tag),
    ("GET", "/tags/{id}", tags.get_tag),
    ("PUT", "/tags/{id}", tags.change_tag),
    ("PATCH", "/tags/{id}", tags.change_tag),
    ("DELETE", "/tags/{id}", tags.delete_tag),
    ("GET", "/contactTags", tags.list_contact_tags),
    ("POST", "/contactTags", tags.assign_tag),
    ("GET", "/contactTags/{id}", tags.get_contact_tag),
    ("DELETE", "/contactTags/{id}", tags.remove_tag),
    ("GET", "/lists", lists.list_lists),
    ("POST", "/lists", lists.create_list),
    ("GET", "/lists/{id}", lists.get_list),
    ("PUT", "/lists/{id}", lists.change_list),
    ("PATCH", "/lists/{id}", lists.change_list),
    ("DELETE", "/lists/{id}", lists.delete_list),
    ("GET", "/contactLists", lists.list_standings),
    ("POST", "/contactLists", lists.set_standing),
    ("GET", "/webhooks", webhooks.list_webhooks),
    ("POST", "/webhooks", webhooks.create_webhook),
    ("GET", "/webhooks/{id}", webhooks.get_webhook),
    ("PUT", "/webhooks/{id}", webhooks.change_webhook),
    ("DELETE", "/webhooks/{id}", webhooks.delete_webhook),
    ("GET", "/webhook/events", webhooks.list_events),
    *automations.ROUTES,
    *scores.ROUTES,
    *tracking.ROUTES,
    *bulk.ROUTES,
    *activities.ROUTES,
)


def build(ground: Ground) -> PracticeCrm:
    ground.settings.offer(*SWITCHES)
    world = World(ground)
    world.reactions.append(partial(start_those_of_the_changes, world))
    desk = ActiveCampaignDesk(world)
    routes = [
        Route(f"/api/3{path}", partial(ages.answered, endpoint, world), methods=[method])
        for method, path, endpoint in ROUTES
    ]
    inside = Starlette(routes=routes, exception_handlers={RefusalError: _refuse, 404: _nowhere, 405: _nowhere})
    inside.state.settings = ground.settings
    deeds = {"merge": desk.merge, **deeds_of(world)}
    screens = ActiveCampaignScreens(world)
    door = Doors(world, TokenDoor(inside, ground))
    return PracticeCrm("activecampaign", door, ActiveCampaignManners(ground), desk, deeds, screens=screens)


async def _refuse(_request: Request, refusal: Exception) -> Response:
    if isinstance(refusal, RefusalError):
        return refusal.response
    raise refusal


async def _nowhere(request: Request, _error: Exception) -> Response:
    return say({"message": f"No Result found for {request.url.path}"}, 404)

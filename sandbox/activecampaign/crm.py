"""The practice ActiveCampaign account put together: routes behind the token door, manners, desk."""

from collections.abc import Awaitable, Callable
from functools import partial

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.activecampaign import accounts, contact_writes, contacts, field_values, fields, lists, scores, tags, users
from sandbox.activecampaign.answers import say
from sandbox.activecampaign.automations import endpoints as automations
from sandbox.activecampaign.deeds import deeds_of
from sandbox.activecampaign.desk import ActiveCampaignDesk
from sandbox.activecampaign.manners import TOKEN, ActiveCampaignManners, TokenDoor
from sandbox.activecampaign.refusals import RefusalError
from sandbox.activecampaign.webhooks import endpoints as webhooks
from sandbox.activecampaign.world import World
from sandbox.crm import PracticeCrm
from sandbox.ground import Ground

Endpoint = Callable[[World, Request], Awaitable[Response]]

ROUTES: tuple[tuple[str, str, Endpoint], ...] = (
    ("GET", "/", users.root),
    ("GET", "/users/me", users.me),
    ("GET", "/users", users.list_users),
    ("GET", "/contacts", contacts.list_contacts),
    ("POST", "/contacts", contact_writes.create_contact),
    ("POST", "/contact/sync", contact_writes.sync_contact),
    ("GET", "/contacts/{id}", contacts.get_contact),
    ("PUT", "/contacts/{id}", contact_writes.change_contact),
    ("PATCH", "/contacts/{id}", contact_writes.change_contact),
    ("DELETE", "/contacts/{id}", contact_writes.delete_contact),
    ("GET", "/contacts/{id}/{related}", contacts.get_related),
    ("GET", "/fields", fields.list_fields),
    ("POST", "/fields", fields.create_field),
    ("GET", "/fields/{id}", fields.get_field),
    ("POST", "/fieldRels", fields.attach_field),
    ("GET", "/fieldValues", field_values.list_values),
    ("POST", "/fieldValues", field_values.set_value),
    ("GET", "/fieldValues/{id}", field_values.get_value),
    ("PUT", "/fieldValues/{id}", field_values.change_value),
    ("DELETE", "/fieldValues/{id}", field_values.delete_value),
    ("GET", "/tags", tags.list_tags),
    ("POST", "/tags", tags.create_tag),
    ("GET", "/tags/{id}", tags.get_tag),
    ("POST", "/contactTags", tags.assign_tag),
    ("DELETE", "/contactTags/{id}", tags.remove_tag),
    ("GET", "/lists", lists.list_lists),
    ("GET", "/lists/{id}", lists.get_list),
    ("GET", "/contactLists", lists.list_standings),
    ("POST", "/contactLists", lists.set_standing),
    ("GET", "/accounts", accounts.list_accounts),
    ("GET", "/accounts/{id}", accounts.get_account),
    ("GET", "/accountContacts", accounts.list_account_contacts),
    ("GET", "/forms", automations.list_forms),
    ("GET", "/forms/{id}", automations.get_form),
    ("GET", "/automations", automations.list_automations),
    ("GET", "/automations/{id}", automations.get_automation),
    ("GET", "/contactAutomations", automations.list_entries),
    ("POST", "/contactAutomations", automations.add_entry),
    ("GET", "/contactAutomations/{id}", automations.get_entry),
    ("DELETE", "/contactAutomations/{id}", automations.remove_entry),
    ("GET", "/scores", scores.list_scores),
    ("GET", "/scores/{id}", scores.get_score),
    ("GET", "/webhooks", webhooks.list_webhooks),
    ("POST", "/webhooks", webhooks.create_webhook),
    ("GET", "/webhooks/{id}", webhooks.get_webhook),
    ("PUT", "/webhooks/{id}", webhooks.change_webhook),
    ("DELETE", "/webhooks/{id}", webhooks.delete_webhook),
    ("GET", "/webhook/events", webhooks.list_events),
)


def build(ground: Ground) -> PracticeCrm:
    ground.settings.offer(
        requests_per_second=5,
        retry_after_seconds=0,
        rate_headers=False,
        date_filters_work=True,
        after_is_inclusive=False,
        tag_removal_moves_udate=False,
        webhooks_to_loopback=True,
        api_creates_are_told=True,
    )
    world = World(ground)
    desk = ActiveCampaignDesk(world)
    routes = [Route(f"/api/3{path}", partial(endpoint, world), methods=[method]) for method, path, endpoint in ROUTES]
    inside = Starlette(routes=routes, exception_handlers={RefusalError: _refuse, 404: _nowhere, 405: _nowhere})
    deeds = {"merge": desk.merge, **deeds_of(world)}
    door = TokenDoor(inside, TOKEN)
    return PracticeCrm("activecampaign", door, ActiveCampaignManners(ground), desk, deeds)


async def _refuse(_request: Request, refusal: Exception) -> Response:
    if isinstance(refusal, RefusalError):
        return refusal.response
    raise refusal


async def _nowhere(request: Request, _error: Exception) -> Response:
    return say({"message": f"No Result found for {request.url.path}"}, 404)

"""The practice Zoho CRM organisation put together: routes behind the token door, manners, desk."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.crm import Deed, PracticeCrm
from sandbox.ground import Ground
from sandbox.pages.zoho import ZohoScreens
from sandbox.zoho import (
    apis,
    conversions,
    counts,
    deletes,
    layouts,
    mass_updates,
    merges,
    metadata,
    oauth,
    queries,
    reads,
    users,
    writes,
)
from sandbox.zoho.bulk_read import doors as bulk_reads
from sandbox.zoho.bulk_read.jobs import finish_what_is_due
from sandbox.zoho.desk import ZohoDesk
from sandbox.zoho.locking import doors as locks
from sandbox.zoho.manners import ZohoManners
from sandbox.zoho.notifications import doors as channels
from sandbox.zoho.oauth import TokenDoor
from sandbox.zoho.recycling import doors as recycling
from sandbox.zoho.refusals import RefusalError, nowhere, refuse, wrong_method
from sandbox.zoho.related import doors as related
from sandbox.zoho.setting_up import DEEDS
from sandbox.zoho.switches import SWITCHES
from sandbox.zoho.tagging import wearing, words
from sandbox.zoho.timeline import doors as timeline
from sandbox.zoho.world import World

Endpoint = Callable[[World, Request], Awaitable[Response]]

# Before the organisation's own paths, a module's name would match anything.
OF_THE_WORLD: tuple[tuple[str, str, Endpoint], ...] = (
    *recycling.ROUTES,
    *words.ROUTES,
    *wearing.ROUTES,
    *merges.ROUTES,
    *timeline.ROUTES,
    *layouts.ROUTES,
    *related.OF_SETTINGS,
    *bulk_reads.ROUTES,
    ("POST", "/oauth/v2/token", oauth.give_token),
    ("POST", "/oauth/v2/token/revoke", oauth.revoke_token),
    ("GET", "/crm/v8/settings/fields", metadata.list_fields),
    ("GET", "/crm/v8/settings/modules", metadata.list_modules),
    ("GET", "/crm/v8/settings/modules/{module}", metadata.get_module),
    ("POST", "/crm/v8/coql", queries.run_query),
    ("GET", "/crm/v8/actions/watch", channels.list_channels),
    ("POST", "/crm/v8/actions/watch", channels.open_channels),
    ("PUT", "/crm/v8/actions/watch", channels.replace_channels),
    ("PATCH", "/crm/v8/actions/watch", channels.change_channels),
    ("DELETE", "/crm/v8/actions/watch", channels.close_channels),
    ("GET", "/crm/v8/{module}/search", queries.search_records),
    ("GET", "/crm/v8/{module}/deleted", deletes.list_deleted),
    ("GET", "/crm/v8/{module}/actions/count", counts.count_records),
    *mass_updates.ROUTES,
    *locks.ROUTES,
    ("POST", "/crm/v8/{module}/upsert", writes.upsert),
    *conversions.ROUTES,
    ("GET", "/crm/v8/{module}", reads.list_records),
    ("POST", "/crm/v8/{module}", writes.insert),
    ("PUT", "/crm/v8/{module}", writes.update),
    ("DELETE", "/crm/v8/{module}", deletes.delete_records),
    ("GET", "/crm/v8/{module}/{id}", reads.get_record),
    ("PUT", "/crm/v8/{module}/{id}", writes.update_one),
    ("DELETE", "/crm/v8/{module}/{id}", deletes.delete_record),
    *related.ROUTES,
)
OF_ITSELF = ("GET", "/crm/v8/__apis", apis.teller((method, path) for method, path, _ in OF_THE_WORLD))
OF_THE_ORGANISATION = (
    Route("/crm/v8/users", users.list_users),
    Route("/crm/v8/users/{id}", users.get_user),
    Route("/crm/v8/org", users.organisation),
)


def build(ground: Ground) -> PracticeCrm:
    ground.settings.offer(*SWITCHES)
    world = World(ground)
    desk = ZohoDesk(world)
    routes = [*OF_THE_ORGANISATION, *(_route(world, *row) for row in (OF_ITSELF, *OF_THE_WORLD))]
    inside = Starlette(routes=routes, exception_handlers={RefusalError: refuse, 404: nowhere, 405: wrong_method})
    of_the_world: dict[str, Deed] = {name: partial(deed, world) for name, deed in DEEDS.items()}
    deeds = {name: _sitting(desk, deed) for name, deed in {**desk.deeds(), **of_the_world}.items()}
    return PracticeCrm(
        "zoho", TokenDoor(inside, world), ZohoManners(ground), desk, deeds, desk.sitting, ZohoScreens(world)
    )


def _sitting(desk: ZohoDesk, deed: Deed) -> Deed:
    def done(body: Mapping[str, Any]) -> Any:
        with desk.sitting(body):
            return deed(body)

    return done


def _route(world: World, method: str, path: str, endpoint: Endpoint) -> Route:
    return Route(path, partial(_at_its_time, world, endpoint), methods=[method])


async def _at_its_time(world: World, endpoint: Endpoint, request: Request) -> Response:
    finish_what_is_due(world)
    return await endpoint(world, request)

"""Switching tracking on and off, naming events and sites, and asking whose log an entry is."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, contact_shapes, refusals
from sandbox.activecampaign.answers import base_of, collection, say
from sandbox.activecampaign.tracking import shapes, switches
from sandbox.activecampaign.world import World

SNIPPET = """<script type="text/javascript">
vgo('setAccount', '{account}');
vgo('setTrackByDefault', true);
vgo('process');
</script>"""


async def get_event_tracking(world: World, _request: Request) -> Response:
    return say({"eventTracking": {"enabled": switches.is_on(world, switches.EVENT)}})


async def set_event_tracking(world: World, request: Request) -> Response:
    return say({"eventTracking": await _switched(world, request, "eventTracking", switches.EVENT)})


async def get_site_tracking(world: World, _request: Request) -> Response:
    return say({"siteTracking": {"enabled": switches.is_on(world, switches.SITE)}})


async def set_site_tracking(world: World, request: Request) -> Response:
    return say({"siteTracking": await _switched(world, request, "siteTracking", switches.SITE)})


async def get_code(world: World, _request: Request) -> Response:
    text = SNIPPET.format(account=world.ground.settings["event_account"])
    return Response(text, media_type="text/html")


async def list_event_names(world: World, request: Request) -> Response:
    """Of the few collections whose total is a number."""
    names = [{"name": name} for name in switches.event_names(world).rows]
    return say({"eventTrackingEvents": asked.page(request).cut(names), "meta": {"total": len(names)}})


async def add_event_name(world: World, request: Request) -> Response:
    name = await _name(request, "eventTrackingEvent")
    if len(name) > switches.LONGEST_EVENT:
        raise refusals.not_understood()
    switches.event_names(world).put(name, {"name": name})
    return say({"eventTrackingEvent": {"name": name}}, 201)


async def remove_event_name(world: World, request: Request) -> Response:
    if switches.event_names(world).remove(request.path_params["name"]) is None:
        raise refusals.no_result("EventTrackingEvent", request.path_params["name"])
    return say({})


async def list_domains(world: World, request: Request) -> Response:
    names = [{"name": name} for name in switches.domains(world).rows]
    return collection("siteTrackingDomains", asked.page(request).cut(names), len(names))


async def add_domain(world: World, request: Request) -> Response:
    name = (await _name(request, "siteTrackingDomain")).lower()
    switches.domains(world).put(name, {"name": name})
    return say({"siteTrackingDomain": {"name": name}}, 201)


async def remove_domain(world: World, request: Request) -> Response:
    if switches.domains(world).remove(request.path_params["name"]) is None:
        raise refusals.no_result("SiteTrackingDomain", request.path_params["name"])
    return say({})


async def contact_of_log(world: World, request: Request) -> Response:
    row = world.tracking.shelf.get(request.path_params["id"])
    if row is None:
        raise refusals.no_result("TrackingLog", request.path_params["id"])
    return say({"contact": contact_shapes.read(world, world.contacts.rows[row["contact"]], base_of(request))})


async def list_message_activities(world: World, request: Request) -> Response:
    wanted = asked.bracketed(request, "filters").get("contact")
    rows = list(world.mail_seen.shelf) if wanted is None else world.mail_seen.of(wanted)
    shown = [shapes.message_activity(row, base_of(request)) for row in asked.page(request).cut(rows)]
    return collection("messageActivities", shown, len(rows))


async def _switched(world: World, request: Request, name: str, what: str) -> dict[str, Any]:
    enabled = (await asked.wrapped(request, name)).get("enabled")
    if not isinstance(enabled, bool):
        raise refusals.not_understood()
    switches.switch(world, what, enabled=enabled)
    return {"enabled": enabled}


async def _name(request: Request, wrapper: str) -> str:
    name = (await asked.wrapped(request, wrapper)).get("name")
    if not isinstance(name, str) or not name.strip():
        raise refusals.not_understood()
    return name.strip()


ROUTES = (
    ("GET", "/eventTracking", get_event_tracking),
    ("PUT", "/eventTracking", set_event_tracking),
    ("GET", "/eventTrackingEvents", list_event_names),
    ("POST", "/eventTrackingEvents", add_event_name),
    ("DELETE", "/eventTrackingEvents/{name}", remove_event_name),
    ("GET", "/siteTracking", get_site_tracking),
    ("PUT", "/siteTracking", set_site_tracking),
    ("GET", "/siteTracking/code", get_code),
    ("GET", "/siteTrackingDomains", list_domains),
    ("POST", "/siteTrackingDomains", add_domain),
    ("DELETE", "/siteTrackingDomains/{name}", remove_domain),
    ("GET", "/trackingLogs/{id}/contact", contact_of_log),
    ("GET", "/messageActivities", list_message_activities),
)

"""Registering, changing and removing webhooks through the API."""

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, refusals, stamps
from sandbox.activecampaign.answers import collection, say
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.webhooks.catalogue import ALSO_ACCEPTED, EVENTS
from sandbox.activecampaign.webhooks.happenings import NO_LIST
from sandbox.activecampaign.world import World
from sandbox.store import Row

HTTPS_PORT = 443
CHANGEABLE = ("name", "url", "listid", "events", "sources")


async def list_webhooks(world: World, request: Request) -> Response:
    filters = asked.bracketed(request, "filters")
    wanted = {name: filters[name] for name in ("name", "url", "listid") if name in filters}
    found = [row for row in world.webhooks if all(row[name] == text for name, text in wanted.items())]
    return collection("webhooks", [_shown(row) for row in asked.page(request).cut(found)], len(found))


async def get_webhook(world: World, request: Request) -> Response:
    return say({"webhook": _shown(_webhook_or_refuse(world, request))})


async def create_webhook(world: World, request: Request) -> Response:
    sent = await asked.wrapped(request, "webhook")
    for name in ("name", "url", "events", "sources"):
        if not sent.get(name):
            raise refusals.missing(name)
    values = _checked(world, sent)
    id_ = world.next_id(world.webhooks)
    row = {"id": id_, "listid": NO_LIST, **values, "created": world.now(), "is_active": True}
    world.webhooks.put(id_, row)
    return say({"webhook": _shown(row)}, 201)


async def change_webhook(world: World, request: Request) -> Response:
    """What is not named stays; a webhook whose target is gone stays silent all the same."""
    row = _webhook_or_refuse(world, request)
    row.update(_checked(world, await asked.wrapped(request, "webhook")))
    world.webhooks.touch(row["id"])
    return say({"webhook": _shown(row)})


async def delete_webhook(world: World, request: Request) -> Response:
    world.webhooks.remove(_webhook_or_refuse(world, request)["id"])
    return say({})


async def list_events(_world: World, _request: Request) -> Response:
    return say({"webhookEvents": list(EVENTS), "meta": {"total": len(EVENTS)}})


def _webhook_or_refuse(world: World, request: Request) -> Row:
    id_ = request.path_params["id"]
    row = world.webhooks.get(id_)
    if row is None:
        raise refusals.no_result("Webhook", id_)
    return row


def _checked(world: World, sent: dict[str, Any]) -> dict[str, Any]:
    values = {name: sent[name] for name in CHANGEABLE if name in sent}
    _refuse_others("events", values, frozenset({*EVENTS, *ALSO_ACCEPTED}))
    _refuse_others("sources", values, frozenset(Source))
    if "url" in values and not _may_be_called(world, str(values["url"])):
        raise refusals.invalid_attribute("url")
    if "listid" in values:
        values["listid"] = str(values["listid"] or NO_LIST)
        if values["listid"] not in {NO_LIST, *world.lists.rows}:
            raise refusals.invalid_attribute("listid")
    return values


def _refuse_others(name: str, values: dict[str, Any], known: frozenset[str]) -> None:
    said = values.get(name, [])
    if not isinstance(said, list) or not {str(word) for word in said} <= known:
        raise refusals.invalid_attribute(name)


def _may_be_called(world: World, url: str) -> bool:
    """The vendor calls https on port 443 alone. A practice account also calls this machine, unless told not to."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    if world.ground.settings["webhooks_to_loopback"] and _is_this_machine(parts.hostname or ""):
        return parts.scheme in {"http", "https"}
    return parts.scheme == "https" and bool(parts.hostname) and port in {None, HTTPS_PORT}


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _shown(row: Row) -> dict[str, Any]:
    return {
        "cdate": stamps.with_offset(row["created"]),
        **{name: row[name] for name in ("listid", "name", "url", "events", "sources")},
        "links": [],
        "id": row["id"],
    }

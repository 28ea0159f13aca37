"""The tracking host's one door: sites report here, as a form, what a contact did. Its key is not the API's token.

It answers 200 to everything; whether the event was taken stands in the body.
"""

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign.answers import say
from sandbox.activecampaign.tracking import seen, switches
from sandbox.activecampaign.world import World

TAKEN = "Event spawned"


async def take_event(world: World, request: Request) -> Response:
    """Some clients put part of it into the address, so both are read."""
    typed = parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
    said = {**request.query_params, **dict(typed)}
    obstacle = _obstacle(world, said)
    if obstacle:
        return say({"success": 0, "message": obstacle})
    _spawn(world, said)
    return say({"success": 1, "message": TAKEN})


def _obstacle(world: World, said: Mapping[str, str]) -> str | None:
    settings = world.ground.settings
    checks = (
        (bool(said.get("actid")), "An account ID must be provided."),
        (said.get("actid") == settings["event_account"], "The account ID is not valid."),
        (said.get("key") == settings["event_key"], "The key is not valid."),
        (switches.is_on(world, switches.EVENT), "Event tracking is not enabled for this account."),
        (
            0 < len(said.get("event", "")) <= switches.LONGEST_EVENT,
            "An event name of at most 32 letters is needed.",
        ),
        (_is_known(world, said.get("event", "")), "The event name is not known."),
    )
    return next((message for is_met, message in checks if not is_met), None)


def _is_known(world: World, event: str) -> bool:
    return event in switches.event_names(world).rows or bool(world.ground.settings["unknown_events_are_added"])


def _spawn(world: World, said: Mapping[str, str]) -> None:
    """An address nobody has is no error: the event is about nobody."""
    event = said["event"]
    if event not in switches.event_names(world).rows:
        switches.event_names(world).put(event, {"name": event})
    owner = world.owner_of(_visitor(said))
    if owner is not None:
        seen.reported(world, world.contacts.rows[owner], event, said.get("eventdata", ""))


def _visitor(said: Mapping[str, str]) -> str:
    """`visit={"email":…}`, or the bracketed form that PHP clients make of it."""
    try:
        visit = json.loads(said.get("visit", ""))
    except ValueError:
        visit = {}
    named = visit.get("email") if isinstance(visit, dict) else None
    return str(named or said.get("visit[email]", ""))

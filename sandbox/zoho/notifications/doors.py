"""The doors to the channels: opened, listed, replaced, changed in part, closed."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from sandbox.store import Row
from sandbox.zoho.answers import Item, error, nothing, say, success, verdicts
from sandbox.zoho.bodies import read_body
from sandbox.zoho.metadata import module_id
from sandbox.zoho.notifications.wishes import (
    USUAL,
    channel_id_in,
    demanded,
    events_in,
    parts_in,
    usual_end,
    watched_fields,
)
from sandbox.zoho.paging import asked_window
from sandbox.zoho.refusals import RefusedRecord, bad_body, missing_parameter, too_many
from sandbox.zoho.world import World

MOST_WISHES = 50
SUBSCRIBED = "Successfully subscribed for actions-watch of the given module"
UPDATED = "Successfully updated the subscribe details"
REMOVED = "Successfully removed the subscribe details"
CLOSED = "Successfully un-subscribed from actions-watch"
Carry = Callable[[World, str, Row, int], Item]


async def open_channels(world: World, request: Request) -> Response:
    return await _carry_out(world, request, _open, all_fine=201)


async def replace_channels(world: World, request: Request) -> Response:
    return await _carry_out(world, request, _replace)


async def change_channels(world: World, request: Request) -> Response:
    return await _carry_out(world, request, _change)


async def list_channels(world: World, request: Request) -> Response:
    asked = request.query_params
    window = asked_window(asked, world.ground.clock.now())
    found = [
        row
        for row in world.channels.live()
        if asked.get("channel_id", row["channel_id"]) == row["channel_id"]
        and asked.get("module", row["resource_name"]) == row["resource_name"]
    ]
    page = found[window.start : window.start + window.size]
    if not page:
        return nothing()
    has_more = len(found) > window.start + window.size
    info = {"per_page": window.size, "count": len(page), "page": window.page, "more_records": has_more}
    return say({"watch": [_shown(row) for row in page], "info": info})


async def close_channels(world: World, request: Request) -> Response:
    asked = request.query_params.get("channel_ids")
    if not asked:
        raise missing_parameter("channel_ids")
    return verdicts([_close(world, channel_id.strip()) for channel_id in asked.split(",")], under="watch")


async def _carry_out(world: World, request: Request, carry: Carry, *, all_fine: int = 200) -> Response:
    wishes = _wishes(await read_body(request))
    base = f"{request.url.scheme}://{request.url.netloc}/crm/v8"
    items = []
    for place, wish in enumerate(wishes):
        try:
            items.append(carry(world, base, wish, place))
        except RefusedRecord as refused:
            items.append(refused.item)
    return verdicts(items, all_fine=all_fine, under="watch")


def _wishes(body: Row) -> list[Row]:
    wishes = body.get("watch")
    if not isinstance(wishes, list) or not wishes or not all(isinstance(wish, dict) for wish in wishes):
        raise bad_body("watch", "jsonarray")
    if len(wishes) > MOST_WISHES:
        raise too_many("watch", MOST_WISHES)
    return wishes


def _open(world: World, base: str, wish: Row, place: int) -> Item:
    """Opening a channel that is open already renews it."""
    channel_id = channel_id_in(wish, place)
    demanded(wish, "notify_url", place)
    return _put(world, base, channel_id, wish, place, SUBSCRIBED)


def _replace(world: World, base: str, wish: Row, place: int) -> Item:
    channel_id = channel_id_in(wish, place)
    _demand_open(world, channel_id)
    demanded(wish, "notify_url", place)
    return _put(world, base, channel_id, wish, place, UPDATED)


def _put(world: World, base: str, channel_id: str, wish: Row, place: int, said: str) -> Item:
    now = world.ground.clock.now()
    parts = {**USUAL, "channel_expiry": usual_end(now), **parts_in(wish, place, now)}
    events = events_in(wish, place)
    for row in world.channels.of(channel_id):
        world.channels.close(row)
    return success(said, {"events": _put_events(world, base, channel_id, parts, events)})


def _change(world: World, base: str, wish: Row, place: int) -> Item:
    channel_id = channel_id_in(wish, place)
    known = _demand_open(world, channel_id)
    events = events_in(wish, place) if wish.get("events") is not None else {}
    if wish.get("_delete_events"):
        return _remove_events(world, known, events)
    parts = parts_in(wish, place, world.ground.clock.now())
    for row in known:
        world.channels.change(row, {**parts, **_watched({**row, **parts}, row["resource_name"])})
    _put_events(world, base, channel_id, known[0], events)
    return success(UPDATED, {"events": [_brief(row) for row in world.channels.of(channel_id)]})


def _put_events(world: World, base: str, channel_id: str, parts: Row, events: dict[str, list[str]]) -> list[Row]:
    """One row for each module; a module that has one gets the new events in place of the old."""
    put = []
    for module, words in events.items():
        row = {
            **parts,
            **_watched(parts, module),
            "channel_id": channel_id,
            "resource_name": module,
            "resource_id": module_id(world, module),
            "resource_uri": f"{base}/{module}",
            "events": words,
        }
        world.channels.put(row)
        put.append(_brief(row))
    return put


def _remove_events(world: World, known: list[Row], events: dict[str, list[str]]) -> Item:
    """Without any events named, all go."""
    touched = [row for row in known if not events or row["resource_name"] in events]
    for row in touched:
        gone = frozenset(events.get(row["resource_name"]) or row["events"])
        left = [event for event in row["events"] if event not in gone]
        world.channels.change(row, {"events": left})
        if not left:
            world.channels.close(row)
    return success(REMOVED, {"events": [_brief(row) for row in touched]})


def _close(world: World, channel_id: str) -> Item:
    try:
        rows = _demand_open(world, channel_id)
    except RefusedRecord as refused:
        return refused.item
    for row in rows:
        world.channels.close(row)
    first = rows[0]
    return success(CLOSED, {name: first[name] for name in ("resource_uri", "resource_id", "channel_id")})


def _demand_open(world: World, channel_id: str) -> list[Row]:
    rows = world.channels.of(channel_id)
    if not rows:
        said = "the channel is not subscribed to actions-watch"
        raise RefusedRecord(error("NOT_SUBSCRIBED", said, {"api_name": "channel_id"}))
    return rows


def _watched(parts: Row, module: str) -> Row:
    return {"watched_fields": watched_fields(parts["notification_condition"], module)}


def _brief(row: Row) -> Row:
    names = ("channel_expiry", "resource_uri", "resource_id", "resource_name", "channel_id")
    return {name: row[name] for name in names}


def _shown(row: Row) -> Row:
    return {**{name: value for name, value in row.items() if name != "watched_fields"}, "fields": None}

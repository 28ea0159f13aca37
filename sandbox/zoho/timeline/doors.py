"""The door to a record's timeline: filtered, in order, page by page."""

import json

from starlette.requests import Request
from starlette.responses import Response

from sandbox.zoho.answers import nothing, say
from sandbox.zoho.filtering import BadFilterError, Test, test_of
from sandbox.zoho.paging import asked_window, info_of
from sandbox.zoho.refusals import RefusalError, bad_parameter
from sandbox.zoho.timeline.events import Event, events_of
from sandbox.zoho.world import World

KINDS = {"audited_time": "datetime", "action": "text", "source": "text", "done_by": "ownerlookup", "type": "text"}
INNER = ("data_type", "field_label", "enable_colour_code", "pick_list_values")
"""Details of a changed field that are shown only when asked for."""

INFO = ("per_page", "next_page_token", "count", "page", "previous_page_token", "more_records")


async def show_timeline(world: World, request: Request) -> Response:
    table = world.table(request.path_params["module"])
    row = table.get(request.path_params["id"])
    if row is None:
        raise RefusalError(400, "INVALID_DATA", "the id given seems to be invalid", {"resource_path_index": 1})
    asked = request.query_params
    fits, order = _filter(asked.get("filters", asked.get("filter"))), asked.get("sort_order", "desc")
    if order not in {"asc", "desc"}:
        raise bad_parameter("sort_order")
    if asked.get("sort_by", "audited_time") != "audited_time":
        raise bad_parameter("sort_by")
    events = [event for event in events_of(world, table, row) if fits(event)]
    ordered = events if order == "asc" else events[::-1]
    now = world.ground.clock.now()
    window = asked_window(asked, now)
    page = ordered[window.start : window.start + window.size]
    if not page:
        return nothing()
    has_more = len(ordered) > window.start + window.size
    info = info_of(window, count=len(page), has_more=has_more, now=now, sort=("audited_time", order))
    inner = asked.get("include_inner_details", "")
    shown = [_shown(event, inner) for event in page]
    return say({"__timeline": shown, "info": {name: info[name] for name in INFO}})


def _filter(text: str | None) -> Test:
    if text is None:
        return lambda _event: True
    try:
        return test_of(json.loads(text), KINDS)
    except (ValueError, BadFilterError):
        raise bad_parameter("filters") from None


def _shown(event: Event, inner: str) -> Event:
    wanted = {name.strip().removeprefix("field_history.") for name in inner.split(",")}
    hidden = {name for name in INNER if name not in wanted}
    history = event["field_history"]
    if history is None:
        return event
    return {**event, "field_history": [{k: v for k, v in each.items() if k not in hidden} for each in history]}


ROUTES = (("GET", "/crm/v8/{module}/{id}/__timeline", show_timeline),)

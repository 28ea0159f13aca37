"""What a client asks of a channel, judged item by item: address, token, events, end, conditions."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from sandbox.store import Row
from sandbox.zoho.answers import error
from sandbox.zoho.fields.catalogue import MODULES
from sandbox.zoho.notifications.channels import EVENT_WORDS
from sandbox.zoho.refusals import RefusedRecord
from sandbox.zoho.stamps import parsed, stamp

LONGEST_LIFE = timedelta(days=7)
USUAL_LIFE = timedelta(hours=1)
LONGEST_URL = 255
LONGEST_TOKEN = 50
LONGEST_ID = 64
MOST_EVENTS = 50
WORDS = frozenset({*EVENT_WORDS.values(), "all"})
USUAL: Row = {
    "token": None,
    "notify_on_related_action": True,
    "return_affected_field_values": False,
    "notification_condition": [],
}


def channel_id_in(wish: Row, place: int) -> str:
    asked = str(demanded(wish, "channel_id", place))
    if not asked.isdecimal():
        raise refused("channel_id", place, {"expected_data_type": "bigint"})
    return _measured(asked, "channel_id", LONGEST_ID, place)


def parts_in(wish: Row, place: int, now: datetime) -> Row:
    """What is said of the channel besides its id and events, as it is kept."""
    return {name: read(wish[name], place, now) for name, read in _PARTS.items() if wish.get(name) is not None}


def usual_end(now: datetime) -> str:
    return stamp(now + USUAL_LIFE)


def events_in(wish: Row, place: int) -> dict[str, list[str]]:
    """The events by module."""
    asked = demanded(wish, "events", place)
    if not isinstance(asked, list):
        raise refused("events", place, {"expected_data_type": "jsonarray"})
    if len(asked) > MOST_EVENTS:
        raise refused("events", place, {"maximum_length": MOST_EVENTS})
    by_module: dict[str, list[str]] = {}
    for number, event in enumerate(asked):
        module, _, word = str(event).partition(".")
        if module not in MODULES or word not in WORDS:
            raise refused(f"events[{number}]", place, {"api_name": "events"})
        by_module.setdefault(module, []).append(str(event))
    return by_module


def demanded(wish: Row, name: str, place: int) -> Any:
    if wish.get(name) in (None, "", []):
        raise RefusedRecord(error("MANDATORY_NOT_FOUND", "required field not found", _at(name, place)))
    return wish[name]


def refused(name: str, place: int, details: Mapping[str, Any]) -> RefusedRecord:
    return RefusedRecord(error("INVALID_DATA", "invalid data", {**_at(name, place), **details}))


def watched_fields(conditions: list[Row], module: str) -> Row | None:
    """The names whose edits alone are heard in a module; None when all are."""
    for condition in conditions:
        if condition["module"]["api_name"] == module:
            selection = condition["field_selection"]
            names = [each["field"]["api_name"] for each in selection.get("group", [selection])]
            return {"word": selection.get("group_operator", "or").lower(), "names": names}
    return None


def _url(value: object, place: int, _now: datetime) -> str:
    """The vendor wants an address that all the world can reach by https; in practice this machine's own will do."""
    url = _measured(value, "notify_url", LONGEST_URL, place)
    target = urlsplit(url)
    is_near = target.scheme == "http" and _is_loopback(target.hostname or "")
    if not target.hostname or not (target.scheme == "https" or is_near):
        raise refused("notify_url", place, {})
    return url


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _token(value: object, place: int, _now: datetime) -> str:
    return _measured(value, "token", LONGEST_TOKEN, place)


def _end(value: object, place: int, now: datetime) -> str:
    """A week at most; what is longer lives as short as if nothing had been said."""
    end = parsed(value)
    if end is None or end <= now:
        raise refused("channel_expiry", place, {"expected_data_type": "datetime"})
    return usual_end(now) if end > now + LONGEST_LIFE else stamp(end)


def _truth(name: str) -> Callable[[object, int, datetime], bool]:
    def read(value: object, place: int, _now: datetime) -> bool:
        if not isinstance(value, bool):
            raise refused(name, place, {"expected_data_type": "boolean"})
        return value

    return read


def _conditions(value: object, place: int, _now: datetime) -> list[Row]:
    try:
        conditions = [dict(condition) for condition in value]  # type: ignore[attr-defined]  # the shape is what is tried
        for module in MODULES:
            watched_fields(conditions, module)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise refused("notification_condition", place, {"expected_data_type": "jsonarray"}) from None
    return conditions


def _measured(value: object, name: str, longest: int, place: int) -> str:
    if not isinstance(value, str):
        raise refused(name, place, {"expected_data_type": "string"})
    if len(value) > longest:
        raise refused(name, place, {"maximum_length": longest})
    return value


def _at(name: str, place: int) -> dict[str, str]:
    return {"api_name": name, "json_path": f"$.watch[{place}].{name}"}


_PARTS: Mapping[str, Callable[[Any, int, datetime], Any]] = {
    "notify_url": _url,
    "token": _token,
    "channel_expiry": _end,
    "notify_on_related_action": _truth("notify_on_related_action"),
    "return_affected_field_values": _truth("return_affected_field_values"),
    "notification_condition": _conditions,
}

"""How the vendor answered in 2020: fewer keys, other blanks. A table of differences, applied to finished answers.

For clients of that age, and for comparing with what was recorded then; what is not in the table has not changed since.
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign.answers import say
from sandbox.activecampaign.world import World

Shown = dict[str, Any]
Endpoint = Callable[[World, Request], Awaitable[Response]]

THEN = 2020
SINGULAR = {
    "contacts": "contact",
    "accounts": "account",
    "deals": "deal",
    "dealGroups": "dealGroup",
    "fields": "field",
    "lists": "list",
    "tags": "tag",
}
SAVED = frozenset({"fields", "customFieldSaveStatus"})
NEWER_KEYS: dict[str, frozenset[str]] = {
    "contact": frozenset(
        {
            "best_send_hour",
            "last_click_date",
            "last_mpp_open_date",
            "last_open_date",
            "mpp_tracking",
            "sms_consent",
            "sms_consent_updated_at",
            "whatsapp_id",
            "whatsapp_username",
        }
    ),
    "account": SAVED | {"owner"},
    "deal": SAVED | {"nextTask"},
    "dealGroup": frozenset({"source", "count"}),
    "tag": frozenset({"deleted"}),
    "list": frozenset({"channel", "description", "non_deleted_subscribers", "active_subscribers"}),
}
NEWER_LINKS = {"account": frozenset({"owner"}), "tag": frozenset({"templateTags"})}
NEWER_BESIDE = {"dealStage": "dealGroups"}
"""What comes along with a stage that was written, and did not then."""
NEWER_IN_A_CREATED_LIST = frozenset(
    {"send_last_broadcast", "carboncopy", "subscription_notify", "unsubscription_notify", "user", "userid"}
)
BY_NOBODY = {"created_by": None, "updated_by": None}
BLANK_IN_A_LIST = ("fulladdress", "carboncopy", "subscription_notify", "unsubscription_notify")
TOTALS_IN_QUOTES = frozenset({"dealGroups", "dealStages"})


async def answered(endpoint: Endpoint, world: World, request: Request) -> Response:
    """The endpoint's answer, as of the age the account is set to."""
    response = await endpoint(world, request)
    if world.ground.settings["answers_of"] != THEN or response.status_code >= 300 or not response.body:
        return response
    return say(_older(json.loads(bytes(response.body))), response.status_code)


def _older(payload: Shown) -> Shown:
    older = {name: _older_value(SINGULAR.get(name, name), value) for name, value in payload.items()}
    for name, beside in NEWER_BESIDE.items():
        if name in older:
            older.pop(beside, None)
    if TOTALS_IN_QUOTES & older.keys() and "total" in older.get("meta", {}):
        older["meta"]["total"] = str(older["meta"]["total"])
    return older


def _older_value(kind: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_older_value(kind, one) for one in value]
    return _older_row(kind, value) if isinstance(value, dict) else value


def _older_row(kind: str, row: Shown) -> Shown:
    older = {name: value for name, value in row.items() if name not in NEWER_KEYS.get(kind, ())}
    if kind in NEWER_LINKS and isinstance(older.get("links"), dict):
        older["links"] = {name: link for name, link in older["links"].items() if name not in NEWER_LINKS[kind]}
    return OTHERWISE[kind](older) if kind in OTHERWISE else older


def _older_deal(row: Shown) -> Shown:
    """A create said empty where it says null now, and neither it nor a change said that no deal or task is next."""
    if row.get("nextdealid") == "0":
        del row["nextdealid"]
        row |= {name: row[name] or "" for name in ("organization", "account", "customerAccount")}
    if row.get("nexttaskid") == "0":
        row["nexttaskid"] = None
    return row


def _older_contact(row: Shown) -> Shown:
    """Nothing said whose doing it was, and a create said empty where it says 0 and null now."""
    if "hash" in row:
        return row | {"created_by": None, "updated_by": None, "ua": None}
    return row | {name: "" for name in ("orgid", "organization") if row[name] in {None, "0"}}


def _older_list(row: Shown) -> Shown:
    """A read left blank what was not set, and a create said back what was sent, and little else."""
    if "p_use_tracking" in row:
        return row | BY_NOBODY | {name: row[name] or None for name in BLANK_IN_A_LIST} | {"user": None}
    return {name: value for name, value in row.items() if name not in NEWER_IN_A_CREATED_LIST}


def _older_field(row: Shown) -> Shown:
    """Whose doing it was was not said, and the answer to a create had no place for it."""
    if "show_in_list" in row:
        return row | BY_NOBODY
    return {name: value for name, value in row.items() if name not in {"created_by", "updated_by"}}


def _older_tag(row: Shown) -> Shown:
    return row | BY_NOBODY if "created_by" in row else row


OTHERWISE = {
    "contact": _older_contact,
    "deal": _older_deal,
    "list": _older_list,
    "field": _older_field,
    "tag": _older_tag,
}

"""How the things an account defines look on the wire: fields and options, tags, lists, the user."""

from typing import Any

from sandbox.activecampaign import stamps
from sandbox.store import Row

BY_NOBODY = {"created_by": None, "updated_by": None}
BY_THE_USER = {"created_by": "1", "updated_by": "1"}
TAG_CHANGED = {"created_by": "0", "updated_by": "0"}
LIST_CHANGED = {"created_by": "0", "updated_by": "1"}
"""Whose doing it was is said only of what was changed since it was made; of fields always."""
LIST_SWITCHES = {
    "p_use_tracking": "1",
    "p_use_analytics_read": "0",
    "p_use_analytics_link": "0",
    "p_use_twitter": "0",
    "p_use_facebook": "0",
    "p_embed_image": "1",
    "p_use_captcha": "1",
    "send_last_broadcast": "0",
    "private": "0",
    "analytics_domains": None,
    "analytics_source": "",
    "analytics_ua": "",
    "twitter_token": "",
    "twitter_token_secret": "",
    "facebook_session": None,
    "carboncopy": "",
    "subscription_notify": "",
    "unsubscription_notify": "",
    "require_name": "0",
    "get_unsubscribe_reason": "0",
    "to_name": "Subscriber",
    "optinoptout": "1",
    "optinmessageid": "0",
    "optoutconf": "0",
    "deletestamp": None,
    "channel": "email",
    "description": "",
}

LIST_SENDER = {
    "sender_name": "",
    "sender_addr1": "",
    "sender_addr2": "",
    "sender_city": "",
    "sender_state": "",
    "sender_zip": "",
    "sender_country": "",
    "sender_phone": "",
    "fulladdress": "",
}


def field(row: Row, base: str) -> dict[str, Any]:
    start = f"{base}/fields/{row['id']}"
    return {
        "title": row["title"],
        "descript": row.get("descript", ""),
        "type": row["type"],
        "isrequired": row.get("isrequired", "0"),
        "perstag": row["perstag"],
        "defval": row.get("defval", ""),
        "show_in_list": "0",
        "rows": "0",
        "cols": "0",
        "visible": row.get("visible", "1"),
        "service": "",
        "ordernum": row["ordernum"],
        "cdate": stamps.with_offset(row["created"]),
        "udate": stamps.with_offset(row.get("updated", row["created"])),
        "created_timestamp": stamps.naive(row["created"]),
        "updated_timestamp": stamps.naive(row["created"]),
        **BY_THE_USER,
        "options": [option["id"] for option in row["options"]],
        "relations": list(row["relations"]),
        "links": {"options": f"{start}/options", "relations": f"{start}/relations"},
        "id": row["id"],
    }


def option(row: Row, option_row: Row, place: int, base: str) -> dict[str, Any]:
    return {
        "field": row["id"],
        "orderid": option_row.get("orderid", str(place)),
        "value": option_row["value"],
        "label": option_row["label"],
        "isdefault": option_row.get("isdefault", "0"),
        "cdate": _stamp_or_none(option_row.get("created")),
        "udate": _stamp_or_none(option_row.get("created")),
        "links": {"field": f"{base}/fieldOptions/{option_row['id']}/field"},
        "id": option_row["id"],
    }


def _stamp_or_none(moment: int | None) -> str | None:
    """Options that came with the account bear no stamps."""
    return None if moment is None else stamps.with_offset(moment)


def relation(row: Row) -> dict[str, Any]:
    shown = {"field": row["field"], "relid": row["relid"], "dorder": "0", "links": [], "id": row["id"]}
    return shown | {"cdate": stamps.with_offset(row["created"])}


def tag(row: Row, subscribers: int, base: str) -> dict[str, Any]:
    start = f"{base}/tags/{row['id']}"
    return {
        "tagType": row["tagType"],
        "tag": row["tag"],
        "description": row["description"],
        "subscriber_count": str(subscribers),
        "cdate": stamps.with_offset(row["created"]),
        "created_timestamp": stamps.naive(row["created"]),
        "updated_timestamp": stamps.naive(row["updated"]),
        **(TAG_CHANGED if row.get("is_changed") else BY_NOBODY),
        "deleted": "0",
        "links": {"contactGoalTags": f"{start}/contactGoalTags", "templateTags": f"{start}/templateTags"},
        "id": row["id"],
    }


def _counted(standing: int, active: int) -> dict[str, str]:
    return {"non_deleted_subscribers": str(standing), "active_subscribers": str(active)}


def list_(row: Row, base: str, counts: tuple[int, int] | None = None) -> dict[str, Any]:
    """`counts` are all who stand on the list, and those who are active; only collections say them."""
    start = f"{base}/lists/{row['id']}"
    return {
        "stringid": row["stringid"],
        "userid": "1",
        "name": row["name"],
        "cdate": stamps.with_offset(row["created"]),
        **LIST_SWITCHES,
        **LIST_SENDER,
        "sender_url": row.get("sender_url", "https://marketing.example"),
        "sender_reminder": row.get("sender_reminder", "You asked to hear from us."),
        "udate": stamps.with_offset(row.get("updated", row["created"])),
        "created_timestamp": stamps.naive(row["created"]),
        "updated_timestamp": stamps.naive(row["created"]),
        **(LIST_CHANGED if row.get("is_changed") else BY_NOBODY),
        **({} if counts is None else _counted(*counts)),
        "links": {name: f"{start}/{name}" for name in ("contactGoalLists", "user", "addressLists")},
        "id": row["id"],
        "user": "1",
    }


def user(base: str) -> dict[str, Any]:
    return {
        "username": "admin",
        "firstName": "Practice",
        "lastName": "Administrator",
        "email": "admin@marketing.example",
        "phone": "",
        "signature": None,
        "lang": "english",
        "localZoneid": "Europe/Berlin",
        "cdate": "2024-01-08T08:00:00-06:00",
        "udate": None,
        "mfaEnabled": "0",
        "links": {name: f"{base}/users/1/{name}" for name in ("lists", "userGroup", "configs")},
        "id": "1",
    }

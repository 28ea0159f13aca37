"""How the things an account defines look on the wire: fields and options, tags, lists, accounts, the user."""

from typing import Any

from sandbox.activecampaign import stamps
from sandbox.store import Row

BY_NOBODY = {"created_by": None, "updated_by": None}
LIST_SWITCHES = {
    "p_use_tracking": "1",
    "p_use_analytics_read": "0",
    "p_use_analytics_link": "0",
    "p_embed_image": "1",
    "p_use_captcha": "1",
    "send_last_broadcast": "0",
    "private": "0",
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
        "udate": stamps.with_offset(row["created"]),
        "created_timestamp": stamps.naive(row["created"]),
        "updated_timestamp": stamps.naive(row["created"]),
        **BY_NOBODY,
        "options": [option["id"] for option in row["options"]],
        "relations": list(row["relations"]),
        "links": {"options": f"{start}/options", "relations": f"{start}/relations"},
        "id": row["id"],
    }


def option(row: Row, option_row: Row, place: int, base: str) -> dict[str, Any]:
    return {
        "field": row["id"],
        "orderid": str(place),
        "value": option_row["value"],
        "label": option_row["label"],
        "isdefault": "0",
        "cdate": None,
        "udate": None,
        "links": {"field": f"{base}/fieldOptions/{option_row['id']}/field"},
        "id": option_row["id"],
    }


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
        **BY_NOBODY,
        "deleted": "0",
        "links": {"contactGoalTags": f"{start}/contactGoalTags", "templateTags": f"{start}/templateTags"},
        "id": row["id"],
    }


def list_(row: Row, counts: tuple[int, int], base: str) -> dict[str, Any]:
    """`counts` are all who stand on the list, and those who are active."""
    start = f"{base}/lists/{row['id']}"
    return {
        "stringid": row["stringid"],
        "userid": "1",
        "name": row["name"],
        "cdate": stamps.with_offset(row["created"]),
        **LIST_SWITCHES,
        "sender_url": "https://marketing.example",
        "sender_reminder": "You asked to hear from us.",
        "udate": stamps.with_offset(row["created"]),
        "created_timestamp": stamps.naive(row["created"]),
        "updated_timestamp": stamps.naive(row["created"]),
        **BY_NOBODY,
        "non_deleted_subscribers": str(counts[0]),
        "active_subscribers": str(counts[1]),
        "links": {name: f"{start}/{name}" for name in ("contactGoalLists", "user", "addressLists")},
        "id": row["id"],
        "user": "1",
    }


def account(row: Row, base: str) -> dict[str, Any]:
    start = f"{base}/accounts/{row['id']}"
    return {
        "name": row["name"],
        "accountUrl": None,
        "createdTimestamp": stamps.with_offset(row["created"]),
        "updatedTimestamp": stamps.with_offset(row["updated"]),
        "owner": "1",
        "contactCount": "0",
        "dealCount": "0",
        "fields": [],
        "links": {name: f"{start}/{name}" for name in ("notes", "accountContacts", "accountCustomFieldData")},
        "id": row["id"],
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

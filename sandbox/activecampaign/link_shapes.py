"""How the rows that tie a contact to fields, lists and tags look on the wire."""

from typing import Any

from sandbox.activecampaign import stamps
from sandbox.store import Row

LIST_LINKS = ("automation", "list", "contact", "form", "autosyncLog", "campaign", "unsubscribeAutomation", "message")
BY_NOBODY = {"created_by": None, "updated_by": None}


def _links(base: str, collection: str, id_: str, names: tuple[str, ...]) -> dict[str, str]:
    start = f"{base}/{collection}/{id_}/"
    return {name: start + name for name in names}


def field_value(row: Row, base: str) -> dict[str, Any]:
    return {
        "contact": row["contact"],
        "field": row["field"],
        "value": row["value"],
        "cdate": stamps.with_offset(row["cdate"]),
        "udate": stamps.with_offset(row["udate"]),
        **BY_NOBODY,
        "links": _links(base, "fieldValues", row["id"], ("owner", "field")),
        "id": row["id"],
        "owner": row["contact"],
    }


def contact_tag(row: Row, base: str) -> dict[str, Any]:
    created = stamps.naive(row["cdate"])
    return {
        "contact": row["contact"],
        "tag": row["tag"],
        "cdate": stamps.with_offset(row["cdate"]),
        "created_timestamp": created,
        "updated_timestamp": created,
        **BY_NOBODY,
        "links": _links(base, "contactTags", row["id"], ("tag", "contact")),
        "id": row["id"],
    }


def contact_tag_echo(row: Row, base: str) -> dict[str, Any]:
    """A first assignment answers less than a read."""
    shown = contact_tag(row, base)
    return {name: shown[name] for name in ("cdate", "contact", "id", "links", "tag")}


def contact_list(row: Row, contact: Row, base: str) -> dict[str, Any]:
    left = row["udate"]
    return {
        "contact": row["contact"],
        "list": row["list"],
        "form": row.get("form"),
        "seriesid": "0",
        "sdate": stamps.with_offset(row["sdate"]),
        "udate": None if left is None else stamps.with_offset(left),
        "status": row["status"],
        "responder": "1",
        "sync": "0",
        "unsubreason": row.get("unsubreason", ""),
        "campaign": None,
        "message": None,
        "first_name": contact["firstName"],
        "last_name": contact["lastName"],
        "ip4Sub": "0",
        "sourceid": row["sourceid"],
        "autosyncLog": None,
        "ip4_last": "0",
        "ip4Unsub": "0",
        "created_timestamp": stamps.naive(row["created"]),
        "updated_timestamp": stamps.naive(row["sdate"] if left is None else left),
        **BY_NOBODY,
        "unsubscribeAutomation": None,
        "channel": "email",
        "links": _links(base, "contactLists", row["id"], LIST_LINKS),
        "id": row["id"],
        "automation": None,
    }

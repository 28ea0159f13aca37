"""How forms, automations, and a contact's way through one look on the wire."""

from typing import Any

from sandbox.activecampaign import stamps
from sandbox.store import Row

OF_AN_AUTOMATION = (
    "campaigns",
    "contactGoals",
    "contactAutomations",
    "blocks",
    "goals",
    "sms",
    "sitemessages",
    "triggers",
)
OF_AN_ENTRY = ("automation", "contact", "contactGoals")
STARTS = {"form": "form", "subscribe": "list", "tag_added": "tag"}
DONE = "2"
ONE = "1"
NONE = "0"


def form(row: Row, base: str) -> dict[str, Any]:
    subscribes = {"actions": [{"type": "subscribe-to-list", "list": row["list"]}]} if row["list"] else {}
    return {
        "name": row["name"],
        "action": "",
        "actiondata": subscribes,
        "submit": "show-thank-you",
        "submitdata": {},
        "url": None,
        "layout": "inline-form",
        "title": None,
        "body": None,
        "button": "Send",
        "thanks": "We have your request.",
        "style": {},
        "options": {"useBgColor": True, "useBgImage": False},
        "cfields": [{"type": "header", "header": row["name"]}, {"type": "email", "header": "E-mail", "required": True}],
        "parentformid": NONE,
        "userid": ONE,
        "addressid": NONE,
        "cdate": stamps.with_offset(row["created"]),
        "udate": stamps.with_offset(row["updated"]),
        "source": "builder",
        "entries": str(row["entries"]),
        "aid": None,
        "links": {"address": f"{base}/forms/{row['id']}/address"},
        "id": row["id"],
        "address": None,
    }


def form_on_a_list(row: Row, base: str) -> dict[str, Any]:
    """Only the list counts what came in, and as numbers; what the form looks like is left out."""
    counted = {"recent": [], "contacts": row["entries"], "deals": 0, "entries": row["entries"]}
    return form(row, base) | {"options": {}, "defaultscreenshot": "//img-us1.com/default-form.gif", **counted}


def automation_on_a_list(row: Row, base: str) -> dict[str, Any]:
    shown, picture = automation(row, base), "//img-us1.com/default-series.gif"
    return shown | {"defaultscreenshot": picture, "screenshot": picture}


def start(row: Row) -> dict[str, Any]:
    """What an automation begins with."""
    kind = next((name for name, key in STARTS.items() if row.get(key)), "none")
    return {"id": row["id"], "series": row["id"], "type": kind, "dealfield": False}


def automation(row: Row, base: str) -> dict[str, Any]:
    start = f"{base}/automations/{row['id']}"
    return {
        "name": row["name"],
        "cdate": stamps.with_offset(row["created"]),
        "mdate": stamps.with_offset(row["updated"]),
        "userid": ONE,
        "status": row["status"],
        "entered": str(row["entered"]),
        "exited": str(row.get("exited", row["entered"])),
        "hidden": NONE,
        "entitlements_violation": NONE,
        "source": NONE,
        "description": "",
        "exit_on_unsubscribe": NONE,
        "exit_on_conversion": NONE,
        "multientry": ONE,
        "links": {name: f"{start}/{name}" for name in OF_AN_AUTOMATION},
        "id": row["id"],
    }


def entry(row: Row, base: str) -> dict[str, Any]:
    all_of_them, is_through = int(row["elements"]), row["left"] is not None
    done = row.get("done", all_of_them)
    return {
        "contact": row["contact"],
        "seriesid": row["automation"],
        "startid": NONE,
        "status": DONE if is_through else ONE,
        "batchid": None,
        "adddate": stamps.with_offset(row["entered"]),
        "remdate": stamps.with_offset(row["left"]) if is_through else None,
        "timespan": str(row["left"] - row["entered"]) if is_through else None,
        "lastblock": row.get("waits_at") or NONE,
        "lastlogid": NONE,
        "lastdate": stamps.with_offset(row.get("last", row["entered"])),
        "completedElements": str(done),
        "totalElements": str(all_of_them),
        "completed": int(is_through),
        "completeValue": 100 if is_through else 100 * done // all_of_them,
        "links": {name: f"{base}/contactAutomations/{row['id']}/{name}" for name in OF_AN_ENTRY},
        "id": row["id"],
        "automation": row["automation"],
    }


def entry_of_a_contact(row: Row, base: str) -> dict[str, Any]:
    """Under the contact itself there is a little more, and counts are numbers."""
    shown = entry(row, base)
    shown["links"]["automationLogs"] = f"{base}/contactAutomations/{row['id']}/automationLogs"
    return shown | {
        "in_als": NONE,
        "completedElements": row.get("done", row["elements"]),
        "totalElements": row["elements"],
    }


def entry_echo(row: Row, base: str) -> dict[str, Any]:
    """A new entry answers less than a read, and some of it as numbers."""
    shown = entry(row, base)
    for name in ("batchid", "adddate", "remdate", "timespan", "lastlogid", "lastdate"):
        del shown[name]
    return shown | {"startid": int(NONE), "status": int(ONE)}

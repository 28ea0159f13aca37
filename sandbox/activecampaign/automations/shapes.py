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
DONE = "2"
ONE = "1"
NONE = "0"


def form(row: Row, base: str) -> dict[str, Any]:
    subscribes = [{"type": "subscribe-to-list", "list": row["list"]}] if row["list"] else []
    return {
        "name": row["name"],
        "action": "",
        "actiondata": {"actions": subscribes},
        "submit": "show-thank-you",
        "submitdata": {"url": ""},
        "url": None,
        "layout": "inline-form",
        "title": row["name"],
        "body": None,
        "button": "Send",
        "thanks": "We have your request.",
        "style": {},
        "options": {"blanks_overwrite": False},
        "cfields": [{"type": "email", "header": "E-mail", "required": True}],
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


def automation(row: Row, base: str) -> dict[str, Any]:
    start = f"{base}/automations/{row['id']}"
    return {
        "name": row["name"],
        "cdate": stamps.with_offset(row["created"]),
        "mdate": stamps.with_offset(row["updated"]),
        "userid": ONE,
        "status": row["status"],
        "entered": str(row["entered"]),
        "exited": str(row["entered"]),
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
    start, left = f"{base}/contactAutomations/{row['id']}", stamps.with_offset(row["left"])
    return {
        "contact": row["contact"],
        "seriesid": row["automation"],
        "startid": NONE,
        "status": DONE,
        "batchid": None,
        "adddate": stamps.with_offset(row["entered"]),
        "remdate": left,
        "timespan": str(row["left"] - row["entered"]),
        "lastblock": NONE,
        "lastlogid": NONE,
        "lastdate": left,
        "completedElements": str(row["elements"]),
        "totalElements": str(row["elements"]),
        "completed": 1,
        "completeValue": 100,
        "links": {name: f"{start}/{name}" for name in OF_AN_ENTRY},
        "id": row["id"],
        "automation": row["automation"],
    }


def entry_echo(row: Row, base: str) -> dict[str, Any]:
    """A new entry answers less than a read, and some of it as numbers."""
    shown = entry(row, base)
    for name in ("batchid", "adddate", "remdate", "timespan", "lastlogid", "lastdate"):
        del shown[name]
    return shown | {"startid": int(NONE), "status": int(ONE)}

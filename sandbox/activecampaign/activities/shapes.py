"""How one activity looks on the wire."""

from typing import Any

from sandbox.activecampaign import stamps
from sandbox.store import Row

RESOURCES = {
    "Subscriber": "contact",
    "SubscriberTag": "contactTag",
    "SubscriberList": "contactList",
    "SubscriberSeries": "contactAutomation",
    "Note": "note",
    "TrackingLog": "trackingLog",
    "Log": "log",
}
LINKED = ("notes", "notes.user", "user")


def activity(row: Row, base: str) -> dict[str, Any]:
    return {
        "tstamp": stamps.with_offset(row["at"]),
        "subscriberid": row["contact"],
        "orgid": "0",
        "userid": "0",
        "dealid": "0",
        "reference_type": row["type"],
        "reference_id": row["reference"],
        "reference_action": row["action"],
        "reference_action_name": None,
        "has_been_read": "0",
        "links": {name: f"{base}/activities/{row['id']}/{name}" for name in LINKED},
        "id": row["id"],
        "reference": {"type": RESOURCES[row["type"]], "id": row["reference"]},
        "user": None,
        "notes": [],
        "recipients": [],
    }

"""How tracking logs, and what became of a mail, look on the wire."""

from hashlib import md5
from typing import Any

from sandbox.activecampaign import stamps
from sandbox.store import Row


def log(row: Row, base: str) -> dict[str, Any]:
    return {
        "subscriberid": row["contact"],
        "type": row["type"],
        "value": row["value"],
        "tstamp": stamps.with_offset(row["at"]),
        "hash": md5(f"{row['type']} {row['value']}".encode(), usedforsecurity=False).hexdigest(),
        "links": {"contact": f"{base}/trackingLogs/{row['id']}/contact"},
        "id": row["id"],
        "contact": row["contact"],
    }


def message_activity(row: Row, base: str) -> dict[str, Any]:
    return {
        "event": row["event"],
        "contact": row["contact"],
        "tstamp": stamps.with_offset(row["at"]),
        "campaign": row["campaign"],
        "email": row["email"],
        "links": {"contact": f"{base}/contacts/{row['contact']}"},
        "id": row["id"],
    }

"""How notes look on the wire."""

from typing import Any

from sandbox.activecampaign import stamps
from sandbox.activecampaign.notes.bearers import BEARERS
from sandbox.store import Row

LINKED = ("activities", "user", "mentions", "notes", "owner")


def read(row: Row, base: str) -> dict[str, Any]:
    start = f"{base}/notes/{row['id']}"
    return {
        "relid": row["relid"],
        "reltype": row["reltype"],
        "userid": row["user"],
        "is_draft": "0",
        "cdate": stamps.with_offset(row["cdate"]),
        "mdate": stamps.with_offset(row["mdate"]),
        "note": row["note"],
        "links": {name: f"{start}/{name}" for name in LINKED},
        "id": row["id"],
        "user": row["user"],
        "owner": {"type": BEARERS[row["reltype"]].owner, "id": row["relid"]},
    }


def created(row: Row, base: str, relid: Any) -> dict[str, Any]:
    """`relid` comes back as it was sent, twice."""
    shown = read(row, base) | {"is_draft": "", "relid": relid}
    return shown | {"owner": {"type": shown["owner"]["type"], "id": relid}}

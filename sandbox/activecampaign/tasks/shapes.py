"""How tasks look on the wire, and in webhooks, which tell each moment twice."""

from typing import Any

from sandbox.activecampaign import stamps
from sandbox.activecampaign.notes.bearers import BEARERS
from sandbox.activecampaign.world import World
from sandbox.store import Row

MODULE = "dealTask"
LINKED = (
    "activities",
    "assignee",
    "automation",
    "dealTasktype",
    "doneAutomation",
    "notes",
    "owner",
    "taskNotifications",
    "user",
)
SENT = ("title", "note", "status", "relid", "dealTasktype", "assignee")


def read(row: Row, base: str) -> dict[str, Any]:
    start = f"{base}/dealTasks/{row['id']}"
    return {
        "relid": row["relid"],
        "reltype": row["reltype"],
        "dealTasktype": row["type"],
        "user": "1",
        "assignee": row["assignee"],
        "automation": None,
        "cdate": stamps.with_offset(row["cdate"]),
        "duedate": stamps.with_offset(row["duedate"]),
        "edate": stamps.with_offset(row["edate"]),
        "duration": str((row["edate"] - row["duedate"]) // 60),
        "status": str(row["status"]),
        "title": row["title"],
        "note": row["note"],
        "donedate": _moment(row["donedate"]),
        "doneAutomation": None,
        "udate": stamps.with_offset(row["udate"]),
        "owner": {"type": BEARERS[row["reltype"]].owner, "id": row["relid"]},
        "id": row["id"],
        "outcomeId": row["outcome"],
        "outcomeInfo": row["outcome_info"],
        "links": {name: f"{start}/{name}" for name in LINKED},
    }


def written(row: Row, base: str, sent: dict[str, Any]) -> dict[str, Any]:
    return read(row, base) | {name: sent[name] for name in SENT if name in sent}


def told(world: World, row: Row) -> tuple[tuple[str, str], ...]:
    kind = world.task_types.get(row["type"])
    said = {
        "id": row["id"],
        "title": row["title"] or "",
        "note": row["note"],
        "type_id": row["type"],
        "type_title": kind["title"] if kind else "",
    }
    for name in ("duedate", "edate", *(("donedate",) if row["donedate"] else ())):
        said |= {name: stamps.naive(row[name]), f"{name}_iso": stamps.with_offset(row[name])}
    return tuple((f"task[{name}]", value) for name, value in said.items())


def _moment(moment: int | None) -> str | None:
    return None if moment is None else stamps.with_offset(moment)

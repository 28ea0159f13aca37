"""How deals look on the wire: reads, writes with their as-sent values, and deals closed to those who may not look."""

from typing import Any

from sandbox.activecampaign import stamps
from sandbox.activecampaign.accounts.shapes import SAVED
from sandbox.activecampaign.world import World
from sandbox.store import Row

LINKED = (
    "dealActivities",
    "contact",
    "contactDeals",
    "group",
    "nextTask",
    "notes",
    "account",
    "customerAccount",
    "organization",
    "owner",
    "scoreValues",
    "stage",
    "tasks",
    "dealCustomFieldData",
)
SENT = (
    "title",
    "description",
    "value",
    "currency",
    "percent",
    "status",
    "contact",
    "group",
    "stage",
    "owner",
    "account",
)


def read(world: World, row: Row, base: str) -> dict[str, Any]:
    """Of a deal in a pipeline nobody may see (a deleted one, say) only its name is told."""
    if row["group"] not in world.deal_groups.rows:
        return {"title": row["title"], "status": str(row["status"]), "id": row["id"], "isDisabled": True}
    account, task = row["account"] or None, row["task"]
    return {
        "hash": row["hash"],
        "owner": row["owner"],
        "contact": row["contact"],
        "organization": account,
        "group": row["group"],
        "stage": row["stage"],
        "title": row["title"],
        "description": row["description"],
        "percent": str(row["percent"]),
        "cdate": stamps.with_offset(row["cdate"]),
        "mdate": stamps.with_offset(row["mdate"]),
        "nextdate": None if row["nextdate"] is None else stamps.with_offset(row["nextdate"]),
        "nexttaskid": task,
        "value": str(row["value"]),
        "currency": row["currency"],
        "winProbability": None,
        "winProbabilityMdate": None,
        "status": str(row["status"]),
        "activitycount": str(row["activities"]),
        "nextdealid": row["id"],
        "edate": None,
        "links": _links(row, base),
        "id": row["id"],
        "isDisabled": False,
        # Shown from the moment the deal is known to have none.
        **({} if task is None else {"nextTask": None if task == "0" else task}),
        "account": account,
        "customerAccount": account,
    }


def created(row: Row, base: str, sent: dict[str, Any], fields: list[dict[str, Any]]) -> dict[str, Any]:
    """What was sent comes back as it was sent, also what is then kept as something else."""
    account = sent.get("account", row["account"]) or None
    return {
        "description": row["description"],
        "status": row["status"],
        "group": row["group"],
        "owner": row["owner"],
        "contact": row["contact"],
        **_as_sent(row, sent),
        "cdate": stamps.with_offset(row["cdate"]),
        "mdate": stamps.with_offset(row["mdate"]),
        "organization": account,
        "nextdate": None,
        "nextdealid": "0",
        "hash": row["hash"],
        "winProbability": None,
        "winProbabilityMdate": None,
        "links": _links(row, base),
        "fields": fields,
        "customFieldSaveStatus": SAVED,
        "id": row["id"],
        "isDisabled": False,
        "account": account,
        "customerAccount": account,
    }


def changed(world: World, row: Row, base: str, sent: dict[str, Any], fields: list[dict[str, Any]]) -> dict[str, Any]:
    shown = read(world, row, base) | {"status": row["status"], **_as_sent(row, sent)}
    if "stage" not in sent and "group" not in sent:
        shown["stage"] = row["stage"]
    return shown | {"fields": fields, "customFieldSaveStatus": SAVED}


def _as_sent(row: Row, sent: dict[str, Any]) -> dict[str, Any]:
    """A stage that was chosen for the client is the one number among the ids."""
    shown = {name: sent[name] for name in SENT if sent.get(name) is not None}
    return {"stage": int(row["stage"])} | shown


def _links(row: Row, base: str) -> dict[str, str]:
    return {name: f"{base}/deals/{row['id']}/{name}" for name in LINKED}

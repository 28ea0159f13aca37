"""How pipelines and stages look on the wire."""

from typing import Any

from sandbox.activecampaign import stamps
from sandbox.activecampaign.deals.pipelines import CARD
from sandbox.store import Row

LINKED = ("stages", "dealGroupUsers", "dealGroupGroups", "winProbabilityFeatures")
SWITCHES = ("autoassign", "allusers", "allgroups")


def pipeline(row: Row, base: str) -> dict[str, Any]:
    start = f"{base}/dealGroups/{row['id']}"
    return {
        "title": row["title"],
        "currency": row["currency"],
        **{name: str(row[name]) for name in SWITCHES},
        "win_probability_initialize_date": None,
        "cdate": stamps.with_offset(row["cdate"]),
        "udate": stamps.with_offset(row["udate"]),
        "source": "",
        "links": {name: f"{start}/{name}" for name in LINKED},
        "id": row["id"],
    }


def created(row: Row, base: str, sent: dict[str, Any]) -> dict[str, Any]:
    """A create answers less than a read, and what was sent as it was sent."""
    shown = pipeline(row, base)
    for name in ("win_probability_initialize_date", "allusers", "allgroups"):
        del shown[name]
    return shown | as_sent(sent)


def as_sent(sent: dict[str, Any]) -> dict[str, Any]:
    return {name: sent[name] for name in SWITCHES if name in sent}


def of_user(row: Row, pair: dict[str, str], base: str) -> dict[str, Any]:
    """A user who may see the pipeline."""
    start = f"{base}/dealGroupUsers/{pair['id']}"
    links = {"dealGroup": f"{start}/dealGroup", "user": f"{start}/user"}
    return {"dealGroup": row["id"], "user": pair["user"], "cdate": None, "links": links, "id": pair["id"]}


def of_group(row: Row, pair: dict[str, str], base: str) -> dict[str, Any]:
    """A group of users who may see the pipeline."""
    start = f"{base}/dealGroupGroups/{pair['id']}"
    links = {"dealGroup": f"{start}/dealGroup", "group": f"{start}/group"}
    ends = {"dealGroup": row["id"], "group": pair["group"]}
    return {"d_groupid": row["id"], "groupid": pair["group"], "cdate": None, "links": links, "id": pair["id"], **ends}


def stage(row: Row, base: str) -> dict[str, Any]:
    return {
        "group": row["group"],
        "title": row["title"],
        "color": row["color"],
        "order": str(row["order"]),
        "width": str(row["width"]),
        "dealOrder": row["dealOrder"],
        **{name: row[name] for name in CARD},
        "cdate": _moment(row["cdate"]),
        "udate": _moment(row["udate"]),
        "links": {"group": f"{base}/dealStages/{row['id']}/group"},
        "id": row["id"],
    }


def _moment(moment: int | None) -> str | None:
    return None if moment is None else stamps.with_offset(moment)

"""How scores, and a contact's value on one, look on the wire."""

from typing import Any

from sandbox.activecampaign import stamps
from sandbox.activecampaign.world import World
from sandbox.store import Row


def score(row: Row) -> dict[str, Any]:
    return {
        "reltype": "contact",
        "name": row["name"],
        "descript": "",
        "status": "1",
        "cdate": stamps.with_offset(row["created"]),
        "mdate": stamps.with_offset(row["updated"]),
        "links": [],
        "id": row["id"],
    }


def value(row: Row, base: str) -> dict[str, Any]:
    start = f"{base}/scoreValues/{row['id']}"
    return {
        "score": row["score"],
        "contact": row["contact"],
        "deal": None,
        "cdate": stamps.with_offset(row["cdate"]),
        "mdate": stamps.with_offset(row["mdate"]),
        "scoreValue": str(row["value"]),
        "links": {name: f"{start}/{name}" for name in ("contact", "deal", "score")},
        "id": row["id"],
    }


def values_of(world: World, contact: Row, base: str) -> list[dict[str, Any]]:
    ids = world.scores_of[contact["id"]].values()
    return [value(world.score_values.rows[id_], base) for id_ in ids]

"""Scores and how contacts stand on them. No event tells of a change, and nothing shows that it moves any stamp."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, refusals, stamps
from sandbox.activecampaign.answers import collection, say
from sandbox.activecampaign.world import World
from sandbox.store import Row


async def list_scores(world: World, request: Request) -> Response:
    rows = list(world.scores)
    return collection("scores", [_shown(row) for row in asked.page(request).cut(rows)], len(rows))


async def get_score(world: World, request: Request) -> Response:
    id_ = request.path_params["id"]
    row = world.scores.get(id_)
    if row is None:
        raise refusals.no_result("Score", id_)
    return say({"score": _shown(row)})


def add_score(world: World, name: str) -> Row:
    now, id_ = world.now(), world.next_id(world.scores)
    row: Row = {"id": id_, "name": name, "created": now, "updated": now}
    world.scores.put(id_, row)
    return row


def set_value(world: World, contact: str, score: str, value: int) -> None:
    now, known = world.now(), world.scores_of[contact].get(score)
    if known is None:
        id_ = world.next_id(world.score_values)
        row = {"id": id_, "contact": contact, "score": score, "value": value, "cdate": now, "mdate": now}
        world.link(world.score_values, world.scores_of, "score", row)
    else:
        world.score_values.rows[known].update(value=value, mdate=now)
        world.score_values.touch(known)


def value_of(world: World, contact: str, score: str) -> int:
    known = world.scores_of[contact].get(score)
    return 0 if known is None else int(world.score_values.rows[known]["value"])


def values_shown(world: World, contact: Row, base: str) -> list[dict[str, Any]]:
    ids = world.scores_of[contact["id"]].values()
    return [_value_shown(world.score_values.rows[id_], base) for id_ in ids]


def _value_shown(row: Row, base: str) -> dict[str, Any]:
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


def _shown(row: Row) -> dict[str, Any]:
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

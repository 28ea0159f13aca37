"""The scores an account has, each with the points that a thing a contact does is worth."""

from collections.abc import Mapping

from sandbox.activecampaign.world import World
from sandbox.store import Row

USUAL_RULES = {"visit": 1, "event": 2, "open": 1, "click": 3}


def put_score(world: World, name: str, rules: Mapping[str, int] | None = None) -> Row:
    """A score of that name gets the rules; without any it keeps what it has, or starts with the usual ones."""
    now = world.now()
    known = next((row for row in world.scores if row["name"] == name), None)
    row: Row = known or {"id": world.next_id(world.scores), "name": name, "created": now}
    row |= {"updated": now, "rules": dict(row.get("rules", USUAL_RULES) if rules is None else rules)}
    world.scores.put(row["id"], row)
    return row

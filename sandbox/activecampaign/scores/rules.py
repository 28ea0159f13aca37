"""Points for what a contact does, on every score whose rules name it."""

from sandbox.activecampaign.scores.values import set_value, value_of
from sandbox.activecampaign.world import World
from sandbox.store import Row


def award(world: World, contact: Row, kind: str) -> None:
    for score in world.scores:
        points = score.get("rules", {}).get(kind, 0)
        if points:
            set_value(world, contact["id"], score["id"], value_of(world, contact["id"], score["id"]) + points)

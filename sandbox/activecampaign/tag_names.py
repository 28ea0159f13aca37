"""Tags by name: whoever uses an unknown one makes it."""

from sandbox.activecampaign.tags import add_tag
from sandbox.activecampaign.world import World


def tag_named(world: World, name: str) -> str:
    known = next((row for row in world.tags if row["tag"] == name), None)
    return str((known or add_tag(world, name))["id"])

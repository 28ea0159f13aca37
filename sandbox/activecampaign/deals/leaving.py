"""What becomes of deals, notes and tasks when their contact goes, or becomes one with another."""

from sandbox.activecampaign.world import World
from sandbox.store import Row


def detach(world: World, contact: Row) -> None:
    """Its deals stay, and are with nobody; its notes and tasks go."""
    id_ = contact["id"]
    for deal in [deal for deal in world.deals if deal["contact"] == id_]:
        deal["contact"] = ""
        world.deals.touch(deal["id"])
    for row in [row["id"] for row in world.contact_deals if row["contact"] == id_]:
        world.contact_deals.remove(row)
    for shelf in (world.notes, world.tasks):
        for row in [row["id"] for row in shelf if (row["reltype"], row["relid"]) == ("Subscriber", id_)]:
            shelf.remove(row)


def hand_over(world: World, gone: Row, kept: Row) -> None:
    """Before two contacts are merged: everything of the one hangs on the other."""
    for shelf in (world.deals, world.contact_deals):
        for row in [row for row in shelf if row["contact"] == gone["id"]]:
            row["contact"] = kept["id"]
            shelf.touch(row["id"])
    for shelf in (world.notes, world.tasks):
        for row in [row for row in shelf if (row["reltype"], row["relid"]) == ("Subscriber", gone["id"])]:
            row["relid"] = kept["id"]
            shelf.touch(row["id"])

"""Whether engagement (a score, a visit, a mail opened, an automation entered) moves the contact's own stamp.

Nobody has recorded either; by default it does not.
"""

from sandbox.activecampaign.world import World


def move_stamp(world: World, contact: str) -> None:
    if world.ground.settings["engagement_moves_udate"]:
        row = world.contacts.rows[contact]
        row["udate"] = row["updated"] = world.now()
        world.contacts.touch(contact)

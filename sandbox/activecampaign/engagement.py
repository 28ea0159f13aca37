"""What engagement (a score, a visit, a mail opened, an automation entered) moves of the contact's own stamps.

`updated_timestamp` was seen to follow mails; whether `udate` does nobody has recorded, and by default it does not.
"""

from sandbox.activecampaign.world import World


def move_stamp(world: World, contact: str) -> None:
    row = world.contacts.rows[contact]
    row["updated"] = world.now()
    if world.ground.settings["engagement_moves_udate"]:
        row["udate"] = row["updated"]
    world.contacts.touch(contact)

"""Writing, changing and removing notes, and what that moves: a new note moves the stamp of what it hangs on."""

from sandbox.activecampaign import effects
from sandbox.activecampaign.deals import telling
from sandbox.activecampaign.notes.bearers import Bearer
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.webhooks.catalogue import CONTACT_NOTED, DEAL_NOTED
from sandbox.activecampaign.webhooks.deliveries import tell
from sandbox.activecampaign.webhooks.happenings import Happening
from sandbox.activecampaign.world import World
from sandbox.journal import Op
from sandbox.store import Row

MODULE = "note"
WRITER = "1"


def write(world: World, bearer: Bearer, relid: str, text: str, source: Source) -> Row:
    now, id_ = world.now(), world.next_id(world.notes)
    row: Row = {"id": id_, "note": text, "reltype": bearer.reltype, "relid": relid, "user": WRITER}
    row |= {"cdate": now, "mdate": now}
    world.notes.put(id_, row)
    effects.note(world, Op.CREATE, MODULE, row, source, {"reltype": bearer.reltype, "relid": relid})
    if bearer.owner == "contact":
        _move_contact(world, world.contacts.rows[relid], text, source)
    if bearer.owner == "deal":
        _move_deal(world, world.deals.rows[relid], row, source)
    return row


def rewrite(world: World, row: Row, text: str, source: Source) -> None:
    """What it hangs on does not move."""
    changed = {"note": True} if row["note"] != text else {}
    row |= {"note": text, "mdate": world.now()}
    world.notes.touch(row["id"])
    effects.note(world, Op.UPDATE, MODULE, row, source, changed)


def remove(world: World, row: Row, source: Source) -> None:
    world.notes.remove(row["id"])
    effects.note(world, Op.DELETE, MODULE, row, source)


def _move_contact(world: World, contact: Row, text: str, source: Source) -> None:
    contact["udate"] = contact["updated"] = world.now()
    world.contacts.touch(contact["id"])
    tell(world, contact, [Happening(CONTACT_NOTED, more=(("note", text),))], source)


def _move_deal(world: World, deal: Row, note: Row, source: Source) -> None:
    deal |= {"mdate": world.now(), "activities": deal["activities"] + 1}
    world.deals.touch(deal["id"])
    more = (("note[id]", note["id"]), ("note[text]", note["note"]))
    telling.of_a_deal(world, deal, DEAL_NOTED, source, more=more)

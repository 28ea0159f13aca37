"""Finding what happened to a contact: tags, lists, notes, visits, mails, ways through automations.

An activity gets its number when it is first read, and keeps it; what it refers to may be gone later.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sandbox.activecampaign.world import World
from sandbox.store import Row, Shelf

CONTACT = "Subscriber"


@dataclass(frozen=True, slots=True)
class Trace:
    at: int
    type: str
    id: str
    action: str

    @property
    def key(self) -> str:
        return f"{self.type} {self.id} {self.action} {self.at}"


def activities(world: World) -> Shelf:
    return world.ground.store.shelf("activities")


def write_down(world: World, contact: Row) -> None:
    """Add to the stream what is not in it yet, the oldest first."""
    shelf = activities(world)
    for trace in sorted(traces_of(world, contact), key=lambda trace: trace.at):
        if trace.key not in shelf.rows:
            said = {"at": trace.at, "type": trace.type, "reference": trace.id, "action": trace.action}
            shelf.put(trace.key, {"id": world.next_id(shelf), "contact": contact["id"], **said})


def traces_of(world: World, contact: Row) -> Iterator[Trace]:
    yield Trace(contact["cdate"], CONTACT, contact["id"], "create")
    for find in SOURCES:
        yield from find(world, contact["id"])


def _tags(world: World, contact: str) -> Iterator[Trace]:
    for id_ in world.tags_of.get(contact, {}).values():
        yield Trace(world.contact_tags.rows[id_]["cdate"], "SubscriberTag", id_, "add")


def _lists(world: World, contact: str) -> Iterator[Trace]:
    for id_ in world.lists_of.get(contact, {}).values():
        row = world.contact_lists.rows[id_]
        yield Trace(row["sdate"], "SubscriberList", id_, "subscribe")
        if row["udate"] is not None:
            yield Trace(row["udate"], "SubscriberList", id_, "unsubscribe")


def _notes(world: World, contact: str) -> Iterator[Trace]:
    for row in world.notes:
        if (row["reltype"], row["relid"]) == (CONTACT, contact):
            yield Trace(row["cdate"], "Note", row["id"], "add")


def _logs(world: World, contact: str) -> Iterator[Trace]:
    for row in world.tracking.of(contact):
        yield Trace(row["at"], "TrackingLog", row["id"], "add")


def _mails(world: World, contact: str) -> Iterator[Trace]:
    for row in world.mail_seen.of(contact):
        yield Trace(row["at"], "Log", row["id"], row["event"])


def _entries(world: World, contact: str) -> Iterator[Trace]:
    for row in world.entries.of(contact):
        yield Trace(row["entered"], "SubscriberSeries", row["id"], "start")
        if row["left"] is not None:
            yield Trace(row["left"], "SubscriberSeries", row["id"], "end")


SOURCES: tuple[Callable[[World, str], Iterator[Trace]], ...] = (_tags, _lists, _notes, _logs, _mails, _entries)

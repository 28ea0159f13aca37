"""What lies in the recycle bin, over all modules, and how long it lies there before it is gone for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sandbox.journal import Actor, Effect, Op
from sandbox.store import Row
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.stamps import parsed
from sandbox.zoho.world import World


@dataclass(frozen=True, slots=True)
class Discarded:
    """A deleted record that may still come back: its place in the deleted list, and itself."""

    table: RecordTable
    entry: Row
    record: Row

    @property
    def id(self) -> str:
        return str(self.entry["id"])

    @property
    def shown(self) -> Row:
        """What filters and orders of the bin may go by."""
        owner = self.record["Owner"]
        return {
            "display_name": self.entry["display_name"] or "",
            "deleted_time": self.entry["deleted_time"],
            "owner": {"name": owner["name"], "id": owner["id"]},
            "module": self.table.module,
            "deleted_by": self.entry["deleted_by"],
            "id": self.id,
        }


def discarded(world: World) -> Sequence[Discarded]:
    """The newest first."""
    expire(world)
    found = [
        Discarded(table, held["entry"], held["record"])
        for table in world.tables.values()
        for held in world.bin(table.module)
        if held["record"] is not None
    ]
    return sorted(found, key=lambda each: (each.entry["deleted_time"], int(each.id)), reverse=True)


def expire(world: World) -> None:
    """What has lain in the bin too long is gone since the day its time was over."""
    stays = timedelta(days=world.ground.settings["recycle_bin_days"])
    latest = world.ground.clock.now() - stays
    for table in world.tables.values():
        for id_, held in list(world.bin(table.module).rows.items()):
            since = parsed(held["entry"]["deleted_time"])
            if held["record"] is not None and since and since < latest:
                purge(world, table, id_, Actor.SYSTEM)


def purge(world: World, table: RecordTable, id_: str, actor: Actor) -> None:
    """Only its id and when it went are kept: no name, and nobody's hand."""
    nameless = {"deleted_by": None, "display_name": None, "created_by": None}
    entry = {"id": id_, **nameless, "type": "permanent", "deleted_time": world.stamp()}
    world.bin(table.module).put(id_, {"entry": entry, "record": None})
    world.ground.journal.effect(Effect(op=Op.DELETE, module="Recycle_Bin", id=id_, actor=actor))

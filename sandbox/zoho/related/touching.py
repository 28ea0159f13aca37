"""A task, call or note stirs the record it hangs on: its last activity moves, its time of change does not."""

from sandbox.store import Row
from sandbox.zoho.world import World

PARENTS = {"Tasks": ("What_Id", "Who_Id"), "Calls": ("What_Id", "Who_Id"), "Notes": ("Parent_Id",)}


def touch_parents(world: World, module: str, row: Row) -> None:
    for field in PARENTS.get(module, ()):
        named = row.get(field)
        for table in world.tables.values():
            parent = table.get(named["id"]) if named else None
            if parent is not None:
                table.change(parent, {"Last_Activity_Time": world.stamp()})

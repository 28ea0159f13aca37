"""What hangs on a record goes along when the record is converted or merged. No stamp of it moves."""

from sandbox.store import Row
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.related.lists import LISTS, RelatedList, members, related_list
from sandbox.zoho.world import World


def move_related(world: World, source: RecordTable, source_id: str, target: RecordTable, row: Row) -> None:
    for old in LISTS.get(source.module, ()):
        new = related_list(target.module, old.module)
        if new is not None:
            for member in members(world, old, source_id):
                world.tables[old.module].change(member, _moved(old, new, member, target, row))


def _moved(old: RelatedList, new: RelatedList, member: Row, target: RecordTable, row: Row) -> Row:
    named = {**member[old.field], "name": row.get(target.spec.title_field), "id": row["id"]}
    if "module" in named:
        named["module"] = {**named["module"], "api_name": target.module}
    moved: Row = {old.field: None, new.field: named}
    if old.module in {"Tasks", "Calls"}:
        moved["$se_module"] = target.module if new.field == "What_Id" else None
    return moved

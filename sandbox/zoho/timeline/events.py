"""From the journal's effects on one record to the entries of its timeline, oldest first."""

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.journal import Actor, Op
from sandbox.store import Row
from sandbox.zoho.fields.spec import FieldSpec
from sandbox.zoho.metadata import field_id, module_id
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.staff import USERS
from sandbox.zoho.stamps import parsed, stamp
from sandbox.zoho.world import World

ENTRY_IDS = 487600000900000000
SOURCES = {Actor.API: "crm_api", Actor.PERSON: "crm_ui", Actor.SYSTEM: "system_generated"}
SHORTEST_MEMORY = 1_000_000
Event = dict[str, Any]


def events_of(world: World, table: RecordTable, row: Row) -> list[Event]:
    """A record that was there before anybody worked in the organisation begins with its import."""
    effects = world.ground.journal.effects_of(table.module, row["id"], SHORTEST_MEMORY)[::-1]
    events = [_event(world, table, row, effect) for effect in effects]
    is_old = not effects or effects[0]["op"] != Op.CREATE
    return [_import(world, table, row), *events] if is_old else events


def _event(world: World, table: RecordTable, row: Row, effect: Mapping[str, Any]) -> Event:
    user = USERS.get(str(effect.get("by")))
    event = _blank(world, table, row, str(ENTRY_IDS + effect["n"]))
    at = parsed(effect["at"])
    return event | {
        "audited_time": stamp(at) if at else None,
        "action": _action(effect),
        "source": SOURCES.get(effect["actor"], "unknown"),
        "done_by": {"name": user.full_name, "id": user.id} if user else None,
        "field_history": _history(world, table, effect) if effect["op"] == Op.UPDATE else None,
    }


def _import(world: World, table: RecordTable, row: Row) -> Event:
    by = {name: row["Created_By"][name] for name in ("name", "id")}
    made = {"audited_time": row["Created_Time"], "action": "added", "source": "import", "done_by": by}
    return _blank(world, table, row, str(ENTRY_IDS - int(row["id"][-9:]))) | made


def _blank(world: World, table: RecordTable, row: Row, id_: str) -> Event:
    module = {"api_name": table.module, "id": module_id(world, table.module)}
    return {
        "id": id_,
        "audited_time": None,
        "action": None,
        "source": None,
        "done_by": None,
        "related_record": None,
        "automation_details": None,
        "extension": None,
        "record": {"module": module, "name": row.get(table.spec.title_field), "id": row["id"]},
        "field_history": None,
        "type": "timeline",
    }


def _action(effect: Mapping[str, Any]) -> str:
    """A conversion, a merge, a return from the bin say so; of mere edits, tags and owners have words of their own."""
    match effect["op"], effect.get("deed", ""), list(effect["changed"]):
        case _, str(deed), _ if deed:
            return deed
        case Op.CREATE, _, _:
            return "added"
        case Op.DELETE, _, _:
            return "deleted"
        case _, _, ["Tag"]:
            return _of_tags(effect["before"].get("Tag") or [], effect["values"].get("Tag") or [])
        case _, _, ["Owner"]:
            return "owner_reassigned"
    return "converted" if effect["values"].get("Converted__s") else "updated"


def _of_tags(before: Sequence[Row], after: Sequence[Row]) -> str:
    old, new = ({tag["id"] for tag in tags} for tags in (before, after))
    return "tag_added" if old <= new else "tag_removed" if new <= old else "tags_overwritten"


def _history(world: World, table: RecordTable, effect: Mapping[str, Any]) -> list[Event]:
    before = effect.get("before", {})
    known = [table.spec.fields[name] for name in effect["changed"] if name in table.spec.fields]
    return [
        {
            **_change(spec, before.get(spec.name), effect["values"].get(spec.name)),
            "id": field_id(world, table, spec.name),
        }
        for spec in known
    ]


def _change(spec: FieldSpec, old: Any, new: Any) -> Event:
    return {
        "data_type": spec.kind,
        "enable_colour_code": False,
        "pick_list_values": [],
        "field_label": spec.label,
        "api_name": spec.name,
        "_value": {"new": _said(new), "old": _said(old)},
    }


def _said(value: Any) -> str | None:
    """How a value is told in a history: lookups and tags by their names, all the rest as text."""
    match value:
        case None | []:
            return None
        case bool():
            return str(value).lower()
        case {"name": name}:
            return str(name)
        case list():
            return ",".join(str(each.get("name", each)) if isinstance(each, dict) else str(each) for each in value)
    return str(value)

"""Judges one record of a write: the values as they would be stored, or the verdict that refuses it."""

from collections.abc import Mapping
from typing import Any

from sandbox.zoho.answers import Item, error
from sandbox.zoho.belonging import belongings
from sandbox.zoho.fields.spec import FieldSpec
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.refusals import RefusedRecord, at
from sandbox.zoho.staff import USERS
from sandbox.zoho.values import as_stored, complaint_about
from sandbox.zoho.world import World

Values = Mapping[str, Any]
NOT_WRITTEN = frozenset({"id", "Layout"})


def values_to_store(world: World, table: RecordTable, record: Values, place: int, *, held: Values | None) -> Values:
    """`held` is the record that is changed, None when one is made. `place` is its place in the call."""
    clean = {}
    for name, value in record.items():
        if name in NOT_WRITTEN or name.startswith("$"):
            continue
        field = _writable(world, table, name, place)
        if field is not None:
            clean[name] = _value(world, field, value, place)
    _demand_mandatory(table, clean, place, is_new=held is None)
    demand_unique(world, table, clean, place, held)
    return {**clean, **belongings(world, table.module, record, clean, place, is_new=held is None)}


def _writable(world: World, table: RecordTable, name: str, place: int) -> FieldSpec | None:
    field = table.spec.fields.get(name)
    if field and field.is_writable:
        return field
    if world.ground.settings["unwritable_fields"] == "ignore":
        return None
    said = "the field is read only" if field else "the field api name given seems to be invalid"
    raise RefusedRecord(error("INVALID_DATA", said, at(name, place)))


def _value(world: World, field: FieldSpec, value: object, place: int) -> object:
    strict = world.ground.settings["strict_picklists"]
    if complaint := complaint_about(field, value, strict_picklists=strict):
        raise RefusedRecord(error("INVALID_DATA", "invalid data", {**complaint, **at(field.name, place)}))
    # A record always has an owner; other lookups may be emptied.
    if field.kind not in {"lookup", "ownerlookup"} or (value is None and field.kind == "lookup"):
        return as_stored(field, value)
    named = _named(world, field, str(dict(value)["id"])) if isinstance(value, Mapping) else None
    if named is None:
        raise RefusedRecord(error("INVALID_DATA", "the id given seems to be invalid", at(field.name, place)))
    return named


def _named(world: World, field: FieldSpec, id_: str) -> Values | None:
    """What a lookup points to, as it stands in the record."""
    if field.kind == "ownerlookup":
        user = USERS.get(id_)
        return user.named if user and user.is_active else None
    tables = [world.tables[field.lookup]] if field.lookup else list(world.tables.values())
    for table in tables:
        if row := table.get(id_):
            return {"name": row.get(table.spec.title_field), "id": id_}
    return None


def _demand_mandatory(table: RecordTable, clean: Values, place: int, *, is_new: bool) -> None:
    for field in table.spec.fields.values():
        asked = field.is_mandatory and (is_new or field.name in clean)
        if asked and clean.get(field.name) is None:
            raise RefusedRecord(error("MANDATORY_NOT_FOUND", "required field not found", at(field.name, place)))


def demand_unique(world: World, table: RecordTable, clean: Values, place: int, held: Values | None) -> None:
    """Refuses values that another record has already, be it for a record that is written or for one brought back."""
    clashes = []
    for name in world.unique_fields(table):
        value = clean.get(name)
        own = held["id"] if held else None
        others = [id_ for id_ in table.having(name, str(value)) or () if id_ != own] if value is not None else []
        if others:
            clashes.append(_duplicate(table, name, place, others))
    if len({item["details"]["id"] for item in clashes}) > 1:
        several = {"errors": clashes}
        raise RefusedRecord(error("MULTIPLE_OR_MULTI_ERRORS", "Multiple errors in the request", several))
    if clashes:
        raise RefusedRecord(clashes[0])


def _duplicate(table: RecordTable, name: str, place: int, others: list[str]) -> Item:
    first = min(others, key=int)
    owner = table.shelf.rows[first]["Owner"]
    there = {
        "id": first,
        "Owner": {"name": owner["name"], "id": owner["id"], "zuid": f"200{owner['id'][-6:]}"},
        "module": {"api_name": table.module, "id": f"4876000000000{len(table.module):05d}"},
    }
    details = {"id": first, "more_records": len(others) > 1, "duplicate_record": there}
    return error("DUPLICATE_DATA", "duplicate data", {**at(name, place), **details})

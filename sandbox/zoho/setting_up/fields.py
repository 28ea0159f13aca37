"""Fields made, deleted and renamed by an administrator, and their choices. The vendor's own fields stay as they are."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sandbox.crm import NoSuchRecordError, RefusedEditError
from sandbox.journal import Actor, Effect, Op
from sandbox.store import Row
from sandbox.zoho.fields.kept import SHELF, first_free_number, keep, numbered
from sandbox.zoho.fields.spec import FieldSpec
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.values import CHECKS, MEASURED
from sandbox.zoho.world import World

Body = Mapping[str, Any]
Change = Callable[[Row], object]
LENGTHS = {"text": 255, "textarea": 2000, "phone": 30, "email": 100, "picklist": 120}
ALL_OF_THEM = "fields"


def add_field(world: World, body: Body) -> Row:
    """`module`, `label` and `type`; `name`, `length`, `choices` and `unique` where the usual ones will not do."""
    table, kind = _table(world, body), str(body.get("type", "text"))
    name = str(body.get("name") or str(body["label"]).strip().replace(" ", "_"))
    if kind not in CHECKS or (kind == "picklist") != bool(body.get("choices")):
        raise RefusedEditError(f"a picklist has choices and no other type has; the types are {', '.join(CHECKS)}")
    if name in table.spec.fields:
        raise RefusedEditError(f"{table.module} has a field {name} already")
    fields = numbered(table.spec)
    fields[name] = FieldSpec(
        name=name,
        label=str(body.get("label") or name.replace("_", " ")),
        kind=kind,
        length=int(body.get("length", LENGTHS.get(kind, 20))),
        choices=tuple(map(str, body.get("choices", ()))),
        is_unique=bool(body.get("unique")),
        is_custom=True,
        number=world.ground.store.next_number(f"fields of {table.module}", first_free_number(table.module)),
    )
    blank: object = False if kind == "boolean" else None
    return _settle(world, table, fields, name, Op.CREATE, lambda row: row.setdefault(name, blank))


def delete_field(world: World, body: Body) -> Row:
    """Its values go with it, from every record, and no stamp moves."""
    table = _table(world, body)
    field = _custom(table, body)
    fields = {name: each for name, each in numbered(table.spec).items() if name != field.name}
    return _settle(world, table, fields, field.name, Op.DELETE, lambda row: row.pop(field.name, None))


def rename_field(world: World, body: Body) -> Row:
    """`name` is the new API name, `label` what people read; its values stay, and no stamp moves."""
    table = _table(world, body)
    field = _custom(table, body) if "name" in body else _field(table, body)
    name, label = str(body.get("name", field.name)), str(body.get("label", field.label))
    if name != field.name and name in table.spec.fields:
        raise RefusedEditError(f"{table.module} has a field {name} already")
    renamed = {
        (name if each.name == field.name else each.name): replace(
            each, name=name, label=label, born=field.born or field.name
        )
        if each.name == field.name
        else each
        for each in numbered(table.spec).values()
    }
    return _settle(world, table, renamed, name, Op.UPDATE, lambda row: _renamed(row, field.name, name))


def add_choice(world: World, body: Body) -> Row:
    """A `choice` more, at the end."""
    table = _table(world, body)
    field, choice = _picklist(table, body), str(body["choice"])
    if choice in field.choices:
        raise RefusedEditError(f"{field.name} has the choice {choice!r} already")
    return _with_choices(world, table, field, (*field.choices, choice), _as_it_is)


def remove_choice(world: World, body: Body) -> Row:
    """Records keep a `choice` that is gone, unless `replace_by` names the one they get instead."""
    table = _table(world, body)
    field, gone, instead = _picklist(table, body), str(body["choice"]), body.get("replace_by")
    if gone not in field.choices or (instead is not None and instead not in field.choices):
        raise NoSuchRecordError(f"{field.name} has no such choice; it has {', '.join(field.choices)}")
    left = tuple(choice for choice in field.choices if choice != gone)
    change = (
        _as_it_is if instead is None else lambda row: row.get(field.name) == gone and row.update({field.name: instead})
    )
    return _with_choices(world, table, field, left, change)


def _with_choices(world: World, table: RecordTable, field: FieldSpec, choices: tuple[str, ...], change: Change) -> Row:
    fields = numbered(table.spec)
    fields[field.name] = replace(fields[field.name], choices=choices)
    return _settle(world, table, fields, field.name, Op.UPDATE, change)


def _settle(world: World, table: RecordTable, fields: dict[str, FieldSpec], name: str, op: Op, change: Change) -> Row:
    """Every record is changed alike, those in the recycle bin too; then the module has these fields."""
    for shelf, inside in ((table.shelf, None), (world.bin(table.module), "record")):
        for id_, row in shelf.rows.items():
            if (held := row if inside is None else row[inside]) is not None:
                change(held)
                shelf.touch(id_)
    spec = replace(table.spec, fields=fields)
    keep(world.ground.store.shelf(SHELF), spec)
    table.take(spec)
    effect = Effect(op=op, module=ALL_OF_THEM, id=f"{table.module}.{name}", actor=Actor.PERSON)
    world.ground.journal.effect(effect)
    return {"module": table.module, "field": name, "fields": list(fields)}


def _renamed(row: Row, old: str, new: str) -> None:
    if old in row:
        row[new] = row.pop(old)


def _as_it_is(_row: Row) -> None:
    return None


def _table(world: World, body: Body) -> RecordTable:
    found = world.tables.get(str(body["module"]))
    if found is None:
        raise NoSuchRecordError(f"there is no module {body['module']!r}; there are {', '.join(world.tables)}")
    return found


def _field(table: RecordTable, body: Body) -> FieldSpec:
    found = table.spec.fields.get(str(body["field"]))
    if found is None:
        raise NoSuchRecordError(f"{table.module} has no field {body['field']!r}")
    return found


def _custom(table: RecordTable, body: Body) -> FieldSpec:
    field = _field(table, body)
    if not field.is_custom:
        raise RefusedEditError(f"{field.name} is one of the vendor's own fields: only its label can be changed")
    return field


def _picklist(table: RecordTable, body: Body) -> FieldSpec:
    field = _field(table, body)
    if field.kind not in MEASURED or not field.choices:
        raise RefusedEditError(f"{field.name} has no choices")
    return field


DEEDS: Mapping[str, Callable[[World, Body], Row]] = {
    "add_field": add_field,
    "delete_field": delete_field,
    "rename_field": rename_field,
    "add_choice": add_choice,
    "remove_choice": remove_choice,
}

"""What an administrator changes of the account itself: custom fields, their choices, and the key of the API."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.activecampaign import fields
from sandbox.activecampaign.field_options import add_option
from sandbox.activecampaign.manners import set_key
from sandbox.activecampaign.world import World
from sandbox.crm import NoSuchRecordError, RefusedEditError
from sandbox.journal import Actor, Effect, Op
from sandbox.store import Row

Body = Mapping[str, Any]
ALL_LISTS = "0"
WITH_CHOICES = frozenset({"dropdown", "radio", "checkbox", "listbox"})


def add_field(world: World, body: Body) -> Row:
    """`label` and `type`; `name` is the personalisation tag, made from the label without it; `choices` where it has."""
    label, kind = str(body["label"]), str(body.get("type", "text"))
    if kind not in fields.TYPES or (kind in WITH_CHOICES) != bool(body.get("choices")):
        raise RefusedEditError(f"{', '.join(sorted(WITH_CHOICES))} have choices and no other type has")
    _demand_free(world, label, str(body.get("name", label)).upper().replace(" ", "_"))
    choices = tuple(map(str, body.get("choices", ())))
    row = fields.add_field(world, label, kind, perstag=str(body.get("name", "")), options=choices)
    fields.attach(world, row["id"], ALL_LISTS)
    return _told(world, row, Op.CREATE)


def delete_field(world: World, body: Body) -> Row:
    """Its values go with it, from every contact, and no stamp moves."""
    row = _field(world, body)
    fields.remove_field(world, row)
    return _told(world, row, Op.DELETE)


def rename_field(world: World, body: Body) -> Row:
    """`name` is the new personalisation tag, `label` what people read. At the screens a tag can be changed."""
    row = _field(world, body)
    tag, label = str(body.get("name", row["perstag"])).upper().replace(" ", "_"), str(body.get("label", row["title"]))
    _demand_free(world, label, tag, but=row)
    world.field_by_perstag.pop(row["perstag"], None)
    row |= {"perstag": tag, "title": label, "updated": world.now()}
    world.field_by_perstag[tag] = row["id"]
    return _changed(world, row)


def add_choice(world: World, body: Body) -> Row:
    row, choice = _field(world, body), str(body["choice"])
    if row["type"] not in WITH_CHOICES or _option(row, choice) is not None:
        raise RefusedEditError(f"{row['perstag']} cannot have the choice {choice!r}, or has it already")
    add_option(world, row, {"value": choice, "label": choice})
    return _changed(world, row)


def remove_choice(world: World, body: Body) -> Row:
    """Contacts keep a `choice` that is gone."""
    row = _field(world, body)
    option = _option(row, str(body["choice"]))
    if option is None:
        has = ", ".join(each["value"] for each in row["options"])
        raise NoSuchRecordError(f"{row['perstag']} has no such choice; it has {has}")
    row["options"].remove(option)
    return _changed(world, row)


def revoke_token(world: World, _body: Body) -> Row:
    """The key of the API is reset: the old one is good no more."""
    set_key(world.ground, is_good=False)
    return {"ok": True}


def give_token(world: World, _body: Body) -> Row:
    """The key is good again."""
    set_key(world.ground, is_good=True)
    return {"ok": True}


def _field(world: World, body: Body) -> Row:
    """By personalisation tag, title or id."""
    asked = str(body["field"])
    found = next((row for row in world.fields if asked in {row["perstag"], row["title"], row["id"]}), None)
    if found is None:
        raise NoSuchRecordError(f"there is no field {asked!r}; there are {', '.join(world.field_by_perstag)}")
    return found


def _demand_free(world: World, label: str, tag: str, *, but: Row | None = None) -> None:
    if any(row is not but and (row["title"] == label or row["perstag"] == tag) for row in world.fields):
        raise RefusedEditError(f"there is a field called {label!r} or {tag} already")


def _option(row: Row, choice: str) -> Row | None:
    return next((option for option in row["options"] if choice in {option["value"], option["label"]}), None)


def _changed(world: World, row: Row) -> Row:
    row["updated"] = world.now()
    world.fields.touch(row["id"])
    return _told(world, row, Op.UPDATE)


def _told(world: World, row: Row, op: Op) -> Row:
    world.ground.journal.effect(Effect(op=op, module="field", id=row["id"], actor=Actor.PERSON))
    return {"id": row["id"], "field": row["perstag"], "label": row["title"]}


DEEDS: Mapping[str, Callable[[World, Body], Row]] = {
    "add_field": add_field,
    "delete_field": delete_field,
    "rename_field": rename_field,
    "add_choice": add_choice,
    "remove_choice": remove_choice,
    "revoke_token": revoke_token,
    "give_token": give_token,
}

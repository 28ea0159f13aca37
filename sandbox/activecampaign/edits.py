"""Changing a contact: one way for the API and for people, so that stamps, indexes and journal always move together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import md5
from typing import Any

from sandbox.activecampaign import link_rows
from sandbox.activecampaign.world import World
from sandbox.journal import Actor, Effect, Op
from sandbox.store import Row

MODULE = "contact"
ATTRIBUTES = ("email", "firstName", "lastName", "phone")
SUBSCRIBED_BY_API = "3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants a contact to be; whatever is not named stays as it is."""

    attributes: Mapping[str, str] = field(default_factory=dict)
    account: str | None = None
    values: Mapping[str, str | None] = field(default_factory=dict)
    """By field id; None removes the value's row."""
    lists: Mapping[str, str] = field(default_factory=dict)
    """Status by list id."""
    tags: tuple[str, ...] = ()
    tags_gone: tuple[str, ...] = ()
    sourceid: str = SUBSCRIBED_BY_API


def new_contact(id_: str, email: str, now: int) -> Row:
    return {
        "id": id_,
        "email": email,
        "firstName": "",
        "lastName": "",
        "phone": "",
        "account": "",
        "hash": md5(f"contact {id_} {now}".encode(), usedforsecurity=False).hexdigest(),
        "cdate": now,
        "udate": now,
        "updated": now,
        "touched_by_api": False,
        "bounced": False,
    }


def create(world: World, wish: Wish, actor: Actor) -> Row:
    row = new_contact(world.next_id(world.contacts), wish.attributes["email"], world.now())
    world.add_contact(row)
    changed = {"email": row["email"], **apply(world, row, wish)}
    _tell(world, row, Op.CREATE, actor, changed)
    return row


def update(world: World, row: Row, wish: Wish, actor: Actor) -> dict[str, Any]:
    """Carry out the wish; the contact's `udate` moves even when nothing else does."""
    changed = apply(world, row, wish)
    if not _is_silent(world, wish):
        row["udate"] = row["updated"] = world.now()
    row["touched_by_api"] = row["touched_by_api"] or actor is Actor.API
    world.contacts.touch(row["id"])
    _tell(world, row, Op.UPDATE, actor, changed)
    return changed


def delete(world: World, row: Row, actor: Actor) -> None:
    world.remove_contact(row)
    _tell(world, row, Op.DELETE, actor, {})


def apply(world: World, row: Row, wish: Wish) -> dict[str, Any]:
    """Change rows and indexes; what changed, by a name a reader of the journal understands."""
    return {
        **_set_attributes(world, row, wish),
        **_set_values(world, row["id"], wish),
        **_set_lists(world, row["id"], wish),
        **_set_tags(world, row["id"], wish),
    }


def _set_attributes(world: World, row: Row, wish: Wish) -> dict[str, Any]:
    changed = {name: value for name, value in wish.attributes.items() if row[name] != value}
    if "email" in changed:
        world.change_email(row, changed["email"])
    row.update(changed)
    if wish.account is None:
        return changed
    account = world.account_named(wish.account) if wish.account else ""
    if account != row["account"]:
        row["account"] = account
        changed["orgname"] = wish.account
    return changed


def _set_values(world: World, id_: str, wish: Wish) -> dict[str, Any]:
    changed = {}
    for field_id, value in wish.values.items():
        if _set_value(world, id_, field_id, value):
            changed[world.fields.rows[field_id]["perstag"]] = value
    return changed


def _set_value(world: World, id_: str, field_id: str, value: str | None) -> bool:
    known = world.values_of[id_].get(field_id)
    if known is None:
        if value is not None:
            link_rows.add_value(world, id_, field_id, value, world.now())
        return value is not None
    row = world.field_values.rows[known]
    if value is None:
        world.unlink(world.field_values, world.values_of, "field", row)
        return True
    is_new = bool(row["value"] != value)
    row.update(value=value, udate=world.now())
    world.field_values.touch(known)
    return is_new


def _set_lists(world: World, id_: str, wish: Wish) -> dict[str, Any]:
    changed = {}
    for list_id, status in wish.lists.items():
        if _set_list(world, id_, list_id, status, wish.sourceid):
            changed[f"list:{world.lists.rows[list_id]['name']}"] = status
    return changed


def _set_list(world: World, id_: str, list_id: str, status: str, source: str) -> bool:
    now = world.now()
    known = world.lists_of[id_].get(list_id)
    if known is None:
        link_rows.add_standing(world, id_, list_id, status, since=now, left=now, source=source)
        return True
    row = world.contact_lists.rows[known]
    if row["status"] == status:
        return False
    link_rows.change_standing(world, row, status, now=now, source=source)
    return True


def _set_tags(world: World, id_: str, wish: Wish) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for tag_id in wish.tags:
        if tag_id not in world.tags_of[id_]:
            link_rows.add_tag(world, id_, tag_id, world.now())
            changed[_touch_tag(world, tag_id)] = True
    for tag_id in wish.tags_gone:
        known = world.tags_of[id_].get(tag_id)
        if known is not None:
            world.unlink(world.contact_tags, world.tags_of, "tag", world.contact_tags.rows[known])
            changed[_touch_tag(world, tag_id)] = False
    return changed


def _touch_tag(world: World, tag_id: str) -> str:
    """Using a tag moves the tag's own stamp."""
    tag = world.tags.rows[tag_id]
    tag["updated"] = world.now()
    world.tags.touch(tag_id)
    return f"tag:{tag['tag']}"


def _is_silent(world: World, wish: Wish) -> bool:
    """Removing a tag is the one edit not known to move the contact's stamp."""
    says_more = wish.attributes or wish.account is not None or wish.values or wish.lists or wish.tags
    return bool(wish.tags_gone and not says_more) and not world.ground.settings["tag_removal_moves_udate"]


def _tell(world: World, row: Row, op: Op, actor: Actor, changed: dict[str, Any]) -> None:
    world.ground.journal.effect(
        Effect(
            op=op, module=MODULE, id=row["id"], actor=actor, email=row["email"], changed=list(changed), values=changed
        )
    )

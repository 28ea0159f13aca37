"""Changing a contact: one way for the API and for people, so that stamps, indexes and journal always move together."""

from hashlib import md5
from typing import Any

from sandbox.activecampaign import link_rows
from sandbox.activecampaign.deals import leaving
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.webhooks import happenings
from sandbox.activecampaign.webhooks.deliveries import tell
from sandbox.activecampaign.wishes import Changes, Wish
from sandbox.activecampaign.world import World
from sandbox.journal import Effect, Op
from sandbox.store import Row

MODULE = "contact"
ATTRIBUTES = ("email", "firstName", "lastName", "phone")


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


def create(world: World, wish: Wish, source: Source) -> Row:
    """Make the contact, tell those who listen, and let those react who wait for it."""
    row, changes = make(world, wish, source)
    tell(world, row, happenings.of_a_new_contact(wish, changes), source)
    world.react(row, changes)
    return row


def make(world: World, wish: Wish, source: Source) -> tuple[Row, Changes]:
    """Make the contact and tell nobody."""
    row = new_contact(world.next_id(world.contacts), wish.attributes["email"], world.now())
    world.add_contact(row)
    changes = apply(world, row, wish)
    _note(world, row, Op.CREATE, source, {"email": row["email"], **_named(world, changes)})
    return row, changes


def update(world: World, row: Row, wish: Wish, source: Source) -> Changes:
    """Carry out the wish, tell those who listen, and let those react who wait for it."""
    changes = rewrite(world, row, wish, source)
    tell(world, row, happenings.of_an_edit(wish, changes, source), source)
    world.react(row, changes)
    return changes


def rewrite(world: World, row: Row, wish: Wish, source: Source) -> Changes:
    """Carry out the wish and tell nobody; by a switch the contact's `udate` moves even when nothing else does."""
    changes = apply(world, row, wish)
    if not _is_silent(world, wish, changes):
        row["udate"] = row["updated"] = world.now()
    world.contacts.touch(row["id"])
    _note(world, row, Op.UPDATE, source, _named(world, changes))
    return changes


def delete(world: World, row: Row, source: Source) -> None:
    """The vendor has no event for this."""
    leaving.detach(world, row)
    world.remove_contact(row)
    _note(world, row, Op.DELETE, source, {})


def apply(world: World, row: Row, wish: Wish) -> Changes:
    """Change rows and indexes."""
    return Changes(
        own={**_set_attributes(world, row, wish), **_set_values(world, row["id"], wish)},
        lists=_set_lists(world, row["id"], wish),
        tags=_set_tags(world, row["id"], wish),
    )


def _set_attributes(world: World, row: Row, wish: Wish) -> dict[str, Any]:
    changed = {name: value for name, value in wish.attributes.items() if row[name] != value}
    if "email" in changed:
        world.change_email(row, changed["email"])
    row.update(changed)
    if wish.account is None:
        return changed
    account = world.account_named(wish.account) if wish.account else ""
    if account != row["account"]:
        world.join_account(row, account, world.now())
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


def _set_lists(world: World, id_: str, wish: Wish) -> dict[str, str]:
    return {list_id: status for list_id, status in wish.lists.items() if _set_list(world, id_, list_id, status, wish)}


def _set_list(world: World, id_: str, list_id: str, status: str, wish: Wish) -> bool:
    now = world.now()
    known = world.lists_of[id_].get(list_id)
    if known is None:
        known = link_rows.add_standing(world, id_, list_id, status, since=now, left=now, source=wish.sourceid)
    elif world.contact_lists.rows[known]["status"] == status:
        return False
    else:
        link_rows.change_standing(world, world.contact_lists.rows[known], status, now=now, source=wish.sourceid)
    world.contact_lists.rows[known] |= {"form": wish.form, "unsubreason": wish.reason}
    return True


def _set_tags(world: World, id_: str, wish: Wish) -> dict[str, bool]:
    changed: dict[str, bool] = {}
    for tag_id in wish.tags:
        if tag_id not in world.tags_of[id_]:
            link_rows.add_tag(world, id_, tag_id, world.now())
            changed[tag_id] = True
    for tag_id in wish.tags_gone:
        known = world.tags_of[id_].get(tag_id)
        if known is not None:
            world.unlink(world.contact_tags, world.tags_of, "tag", world.contact_tags.rows[known])
            changed[tag_id] = False
    for tag_id in changed:
        # Using a tag moves the tag's own stamp.
        world.tags.rows[tag_id]["updated"] = world.now()
        world.tags.touch(tag_id)
    return changed


def _is_silent(world: World, wish: Wish, changes: Changes) -> bool:
    """Removing a tag is the one edit not known to move the contact's stamp; saving what was there most likely does."""
    if not (changes.own or changes.lists or changes.tags or world.ground.settings["unchanged_saves_move_udate"]):
        return True
    says_more = wish.names_the_contact_itself() or wish.lists or wish.tags
    return bool(wish.tags_gone and not says_more) and not world.ground.settings["tag_removal_moves_udate"]


def _named(world: World, changes: Changes) -> dict[str, Any]:
    """What changed, by names a reader of the journal understands."""
    lists = {f"list:{world.lists.rows[id_]['name']}": status for id_, status in changes.lists.items()}
    tags = {f"tag:{world.tags.rows[id_]['tag']}": is_on for id_, is_on in changes.tags.items()}
    return {**changes.own, **lists, **tags}


def _note(world: World, row: Row, op: Op, source: Source, changed: dict[str, Any]) -> None:
    world.ground.journal.effect(
        Effect(
            op=op,
            module=MODULE,
            id=row["id"],
            actor=source.actor,
            email=row["email"],
            changed=list(changed),
            values=changed,
        )
    )

"""Changing accounts and memberships: one way for the API and for people, so that stamps, index and journal agree."""

from typing import Any

from sandbox.activecampaign import effects
from sandbox.activecampaign.accounts import telling
from sandbox.activecampaign.record_fields import values
from sandbox.activecampaign.record_fields.kinds import ACCOUNT
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.webhooks.catalogue import (
    ACCOUNT_ADDED,
    ACCOUNT_CONTACT_ADDED,
    ACCOUNT_CONTACT_UPDATED,
    ACCOUNT_UPDATED,
)
from sandbox.activecampaign.world import World
from sandbox.journal import Op
from sandbox.store import Row

MODULE = "account"
MEMBERSHIP = "accountContact"


def create(world: World, name: str, said: dict[str, Any], source: Source) -> Row:
    row = world.accounts.rows[world.account_named(name)]
    row |= said
    effects.note(world, Op.CREATE, MODULE, row, source, {"name": name, **said})
    telling.of_an_account(world, row, ACCOUNT_ADDED, source)
    return row


def change(world: World, row: Row, said: dict[str, Any], source: Source) -> None:
    changed = {key: value for key, value in said.items() if row.get(key) != value}
    if "name" in changed:
        world.account_by_name.pop(row["name"].lower(), None)
        world.account_by_name[changed["name"].lower()] = row["id"]
    row |= changed | {"updated": world.now()}
    world.accounts.touch(row["id"])
    effects.note(world, Op.UPDATE, MODULE, row, source, changed)
    telling.of_an_account(world, row, ACCOUNT_UPDATED, source, changed)


def delete(world: World, row: Row, source: Source) -> None:
    """Its contacts and deals stay, and belong to no account any more."""
    for contact in world.memberships.members(row["id"]):
        world.join_account(world.contacts.rows[contact], "", world.now())
        world.contacts.touch(contact)
    for deal in [deal for deal in world.deals if deal["account"] == row["id"]]:
        deal["account"] = ""
        world.deals.touch(deal["id"])
    values.forget(world, ACCOUNT, row["id"])
    for note in [
        note["id"] for note in world.notes if (note["reltype"], note["relid"]) == ("CustomerAccount", row["id"])
    ]:
        world.notes.remove(note)
    world.account_by_name.pop(row["name"].lower(), None)
    world.accounts.remove(row["id"])
    effects.note(world, Op.DELETE, MODULE, row, source)


def join(world: World, contact: Row, account: str, title: str, source: Source) -> Row:
    world.join_account(contact, account, world.now())
    world.contacts.touch(contact["id"])
    (row,) = world.memberships.of(contact["id"])
    row["title"] = title
    effects.note(world, Op.CREATE, MEMBERSHIP, row, source, {"contact": row["contact"], "account": account})
    telling.of_a_membership(world, row, ACCOUNT_CONTACT_ADDED, source)
    return row


def rejoin(world: World, row: Row, account: str, title: str, source: Source) -> None:
    changed = {key: value for key, value in {"account": account, "title": title}.items() if row[key] != value}
    contact = world.contacts.rows[row["contact"]]
    world.join_account(contact, account, world.now())
    world.contacts.touch(contact["id"])
    row["title"] = title
    effects.note(world, Op.UPDATE, MEMBERSHIP, row, source, changed)
    telling.of_a_membership(world, row, ACCOUNT_CONTACT_UPDATED, source)


def leave(world: World, row: Row, source: Source) -> None:
    contact = world.contacts.rows[row["contact"]]
    world.join_account(contact, "", world.now())
    world.contacts.touch(contact["id"])
    effects.note(world, Op.DELETE, MEMBERSHIP, row, source)

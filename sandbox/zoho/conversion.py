"""A lead becomes a contact with an id of its own: the lead stays, hidden, and names what became of it."""

from collections.abc import Mapping
from typing import Any

from sandbox.store import Row
from sandbox.zoho import edits
from sandbox.zoho.convert_mapping import RENAMED, SAME
from sandbox.zoho.edits import Hand
from sandbox.zoho.judging import demand_unique
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.related.moving import move_related
from sandbox.zoho.world import World


def convert_lead(world: World, lead: Row, hand: Hand, deal: Mapping[str, Any] | None = None) -> Row:
    """A contact or an account that is already there is taken; blanks of the contact are filled from the lead.

    `deal` is what the new deal says, judged; without it none is made. Nothing is made when a value the contact would
    get, and that must be unique, is another contact's.
    """
    _demand_free(world, lead)
    account = _account(world, lead, hand)
    contact = _contact(world, lead, account, hand)
    made = _deal(world, lead, {"Account_Name": account, "Contact_Name": contact, **deal}, hand) if deal else None
    fate = {
        "Converted__s": True,
        "Converted_Date_Time": world.stamp(),
        "Converted_Contact": contact,
        "Converted_Account": account,
        "Converted_Deal": made,
    }
    edits.update(world, world.tables["Leads"], lead, fate, hand)
    contacts = world.tables["Contacts"]
    move_related(world, world.tables["Leads"], lead["id"], contacts, contacts.shelf.rows[contact["id"]])
    return {"Contacts": contact, "Accounts": account, "Deals": made}


def _contact(world: World, lead: Row, account: Row, hand: Hand) -> Row:
    table = world.tables["Contacts"]
    carried = {**_carried(lead), "Account_Name": account, "Owner": lead["Owner"]}
    known = _known(table, lead)
    if known is None:
        return _reference(table, edits.create(world, table, carried, hand))
    edits.update(world, table, known, _filling(known, carried), hand)
    return _reference(table, known)


def _demand_free(world: World, lead: Row) -> None:
    table = world.tables["Contacts"]
    known = _known(table, lead)
    demand_unique(world, table, _filling(known or {}, _carried(lead)), 0, known)


def _carried(lead: Row) -> Row:
    return {name: lead.get(name) for name in SAME} | {new: lead.get(old) for old, new in RENAMED.items()}


def _filling(known: Row, carried: Row) -> Row:
    """What the lead says and the contact leaves blank."""
    return {name: value for name, value in carried.items() if value is not None and known.get(name) is None}


def _known(table: RecordTable, lead: Row) -> Row | None:
    for name in ("ActiveCampaign_ID", "Email"):
        if lead.get(name) and (found := table.having(name, lead[name])):
            return table.get(min(found, key=int))
    return None


def _account(world: World, lead: Row, hand: Hand) -> Row:
    table = world.tables["Accounts"]
    known = next((row for row in table.shelf if row["Account_Name"] == lead["Company"]), None)
    if known is None:
        known = edits.create(world, table, {"Account_Name": lead["Company"], "Owner": lead["Owner"]}, hand)
    return _reference(table, known)


def _deal(world: World, lead: Row, values: Row, hand: Hand) -> Row:
    table = world.tables["Deals"]
    return _reference(table, edits.create(world, table, {"Owner": lead["Owner"], **values}, hand))


def _reference(table: RecordTable, row: Row) -> Row:
    return {"name": row[table.spec.title_field], "id": row["id"]}

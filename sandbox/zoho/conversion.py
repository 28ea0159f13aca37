"""A lead becomes a contact with an id of its own: the lead stays, hidden, and names what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.store import Row
from sandbox.zoho import edits
from sandbox.zoho.convert_mapping import OF_THE_ACCOUNT, RENAMED, SAME
from sandbox.zoho.edits import Hand
from sandbox.zoho.judging import demand_unique
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.related.moving import move_related
from sandbox.zoho.world import World

CONVERTED = "converted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was said of a conversion beside the lead itself; blank where the vendor is left to find out.

    `overwrites`: what the lead says counts more than what a contact or account that was there already says.
    """

    contact: Row | None = None
    account: Row | None = None
    owner: Row | None = None
    overwrites: bool = False
    tags: Mapping[str, list[Row]] = field(default_factory=dict)


UNSAID = Choice()


def convert_lead(
    world: World, lead: Row, hand: Hand, deal: Mapping[str, Any] | None = None, choice: Choice = UNSAID
) -> Row:
    """A contact or an account that is already there is taken; blanks of the contact are filled from the lead.

    `deal` is what the new deal says, judged; without it none is made. Nothing is made when a value the contact would
    get, and that must be unique, is another contact's.
    """
    choice = replace(choice, contact=choice.contact or known_contact(world, lead))
    _demand_free(world, lead, choice)
    account = _account(world, lead, choice, hand)
    contact = _contact(world, lead, account, choice, hand)
    made = _deal(world, lead, deal, {"Account_Name": account, "Contact_Name": contact}, choice, hand) if deal else None
    fate = {
        "Converted__s": True,
        "Converted_Date_Time": world.stamp(),
        "Converted_Contact": contact,
        "Converted_Account": account,
        "Converted_Deal": made,
    }
    edits.update(world, world.tables["Leads"], lead, fate, replace(hand, deed=CONVERTED))
    contacts = world.tables["Contacts"]
    move_related(world, world.tables["Leads"], lead["id"], contacts, contacts.shelf.rows[contact["id"]])
    return {"Contacts": contact, "Accounts": account, "Deals": made}


def known_contact(world: World, lead: Row) -> Row | None:
    """Who the lead is already, by its own unique id or its e-mail."""
    table = world.tables["Contacts"]
    for name in ("ActiveCampaign_ID", "Email"):
        if lead.get(name) and (found := table.having(name, lead[name])):
            return table.get(min(found, key=int))
    return None


def known_account(world: World, lead: Row) -> Row | None:
    return next((row for row in world.tables["Accounts"].shelf if row["Account_Name"] == lead.get("Company")), None)


def _contact(world: World, lead: Row, account: Row | None, choice: Choice, hand: Hand) -> Row:
    table, known = world.tables["Contacts"], choice.contact
    carried = {
        **_carried(world, lead),
        "Account_Name": account,
        "Owner": choice.owner or lead["Owner"],
        **_tags(choice, table),
    }
    if known is None:
        return _reference(table, edits.create(world, table, carried, hand))
    edits.update(world, table, known, _filling(known, carried, choice), hand)
    return _reference(table, known)


def _demand_free(world: World, lead: Row, choice: Choice) -> None:
    known = choice.contact
    demand_unique(world, world.tables["Contacts"], _filling(known or {}, _carried(world, lead), choice), 0, known)


def _carried(world: World, lead: Row) -> Row:
    """What was mapped stays mapped under a new name, and is carried no more when either field is gone."""
    leads, contacts = world.tables["Leads"].spec, world.tables["Contacts"].spec
    pairs = (
        (leads.born_as(old), contacts.born_as(new)) for old, new in ({name: name for name in SAME} | RENAMED).items()
    )
    return {new.name: lead.get(old.name) for old, new in pairs if old and new}


def _filling(known: Row, carried: Row, choice: Choice) -> Row:
    """What the lead says and the other leaves blank, or all of it where the lead counts more."""
    kept = frozenset() if choice.overwrites else {name for name, value in known.items() if value not in (None, [])}
    return {name: value for name, value in carried.items() if value is not None and name not in kept}


def _account(world: World, lead: Row, choice: Choice, hand: Hand) -> Row | None:
    table, known = world.tables["Accounts"], choice.account or known_account(world, lead)
    carried = {new: lead.get(old) for old, new in OF_THE_ACCOUNT.items()} | _tags(choice, table)
    if known is None and not lead.get("Company"):
        return None
    if known is None:
        known = edits.create(world, table, {**carried, "Owner": choice.owner or lead["Owner"]}, hand)
    elif choice.overwrites:
        edits.update(world, table, known, _filling(known, carried, choice), hand)
    return _reference(table, known)


def _deal(world: World, lead: Row, said: Mapping[str, Any], named: Row, choice: Choice, hand: Hand) -> Row:
    table = world.tables["Deals"]
    owner = {"Owner": choice.owner or lead["Owner"]}
    return _reference(table, edits.create(world, table, {**owner, **named, **_tags(choice, table), **said}, hand))


def _tags(choice: Choice, table: RecordTable) -> Row:
    carried = choice.tags.get(table.module)
    return {"Tag": list(carried)} if carried else {}


def _reference(table: RecordTable, row: Row) -> Row:
    return {"name": row[table.spec.title_field], "id": row["id"]}

"""The sample people sales had before anything was synchronised, put in as they were: no effects, no checks."""

from datetime import datetime

from sandbox.people.crowd import sample_people
from sandbox.people.person import SamplePerson, ZohoModule, ZohoRecord
from sandbox.store import Row
from sandbox.zoho.fields.choices import INDUSTRIES, LEAD_SOURCES, LEAD_STATUSES
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.staff import ADMIN, FOUNDERS, User
from sandbox.zoho.stamps import stamp
from sandbox.zoho.world import World


def settle(world: World, people: int, seed: int) -> None:
    now = world.ground.clock.now()
    accounts: dict[str, Row] = {}
    for person in sample_people(people, seed):
        for record in person.zoho:
            table = world.tables[str(record.module)]
            row = _system_values(world, record, FOUNDERS[person.number % len(FOUNDERS)], now)
            row |= _person_values(person, record)
            if record.module is ZohoModule.CONTACTS:
                row |= _contact_values(record, _account_named(world, accounts, record.company, now))
            else:
                row |= _lead_values(person, record)
            table.add(row)


def _system_values(world: World, record: ZohoRecord, owner: User, now: datetime) -> Row:
    return {
        "id": world.next_id(),
        "Owner": owner.named,
        "Created_By": owner.named,
        "Modified_By": owner.named,
        "Created_Time": stamp(now - record.created_before),
        "Modified_Time": stamp(now - record.changed_before),
    }


def _person_values(person: SamplePerson, record: ZohoRecord) -> Row:
    full_name = f"{record.first_name} {record.last_name}".strip()
    return {
        "First_Name": record.first_name or None,
        "Last_Name": record.last_name,
        "Full_Name": full_name,
        "Email": record.email or None,
        "Phone": record.phone or None,
        "Lifecycle_Stage": record.lifecycle_stage or None,
        # The first choice is the blank.
        "Lead_Source": LEAD_SOURCES[1 + person.number % (len(LEAD_SOURCES) - 1)],
    }


def _contact_values(record: ZohoRecord, account: Row) -> Row:
    return {"Title": record.job_title or None, "Account_Name": account}


def _lead_values(person: SamplePerson, record: ZohoRecord) -> Row:
    return {
        "Company": record.company,
        "Designation": record.job_title or None,
        "Industry": INDUSTRIES[1 + person.number % (len(INDUSTRIES) - 1)],
        "Lead_Status": LEAD_STATUSES[1 + person.number % (len(LEAD_STATUSES) - 1)],
    }


def _account_named(world: World, accounts: dict[str, Row], name: str, now: datetime) -> Row:
    """`accounts` holds how each one stands in a record, by its name in lower case; a missing one is made."""
    key = name.lower()
    if key not in accounts:
        accounts[key] = _reference(_new_account(world, world.tables["Accounts"], name, now))
    return accounts[key]


def _new_account(world: World, table: RecordTable, name: str, now: datetime) -> Row:
    at = stamp(now)
    row = {"Account_Name": name, "Owner": ADMIN.named, "Created_By": ADMIN.named, "Modified_By": ADMIN.named}
    return table.add({**row, "id": world.next_id(), "Created_Time": at, "Modified_Time": at})


def _reference(account: Row) -> Row:
    return {"name": account["Account_Name"], "id": account["id"]}

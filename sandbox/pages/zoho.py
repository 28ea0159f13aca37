"""What the pages show of the practice Zoho CRM: modules, records, the recycle bin, and what salespeople do there."""

from collections.abc import Mapping, Sequence
from itertools import islice

from sandbox.crm import NoSuchRecordError
from sandbox.pages.screens import Body, Card, Found, Hand, Input, Line, Module, Typed, Wanted
from sandbox.pages.zoho_buttons import buttons_of, restore_button
from sandbox.pages.zoho_inputs import inputs_of, shown, values_of
from sandbox.store import Row
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.staff import ADMIN, FOUNDERS, USERS
from sandbox.zoho.world import World

PEOPLE = ("Full_Name", "Email", "Phone", "Owner", "Modified_Time")
COLUMNS = {
    "Leads": (*PEOPLE, "Company", "Lead_Status"),
    "Contacts": (*PEOPLE, "Account_Name"),
    "Accounts": ("Account_Name", "Phone", "Industry", "Owner", "Modified_Time"),
    "Deals": ("Deal_Name", "Stage", "Amount", "Closing_Date", "Contact_Name", "Owner"),
    "Tasks": ("Subject", "Status", "Due_Date", "Who_Id", "What_Id", "Owner"),
    "Calls": ("Subject", "Call_Type", "Call_Start_Time", "Who_Id", "What_Id", "Owner"),
    "Notes": ("Note_Title", "Note_Content", "Parent_Id", "Owner"),
}
USUAL = ("Owner", "Modified_Time")
NOT_MADE_HERE = ("Notes",)
"""A note is written on a record, not by itself."""


class ZohoScreens:
    title = "Practice Zoho CRM"

    def __init__(self, world: World) -> None:
        self._world = world
        staff = (*FOUNDERS, *(user for user in USERS.values() if user not in FOUNDERS and user is not ADMIN), ADMIN)
        self.names: Mapping[str, str] = {user.id: user.full_name for user in USERS.values()}
        self.hands: Sequence[Hand] = [Hand(user.id, user.full_name) for user in staff if user.is_active]

    def modules(self) -> Sequence[Module]:
        return [
            Module(
                name=name,
                label=name,
                columns=tuple(table.spec.fields[column].label for column in _columns(table)),
                is_made_here=name not in NOT_MADE_HERE,
                has_bin=True,
            )
            for name, table in self._world.tables.items()
        ]

    def find(self, module: str, wanted: Wanted) -> Found:
        table = self._world.tables[module]
        names = _columns(table)
        rows = [row for row in self._rows(table, wanted) if _holds(row, names, wanted.words.casefold())]
        page = islice(rows, wanted.start, wanted.start + wanted.size)
        return Found(lines=[_line(row, names) for row in page], total=len(rows))

    def card(self, module: str, id_: str) -> Card:
        table = self._world.tables[module]
        row = table.get(id_)
        if row is None:
            return self._deleted(table, id_)
        return Card(
            title=str(row.get(table.spec.title_field) or f"{table.spec.singular} {id_}"),
            facts=_facts(table, row),
            inputs=inputs_of(table, row),
            buttons=buttons_of(self._world, table, row),
        )

    def blank(self, module: str) -> Sequence[Input]:
        return inputs_of(self._world.tables[module], None)

    def values(self, module: str, id_: str | None, typed: Typed) -> Body:
        table = self._world.tables[module]
        return values_of(table, table.get(id_) if id_ else None, typed)

    def _rows(self, table: RecordTable, wanted: Wanted) -> list[Row]:
        if wanted.is_bin:
            return [held["record"] for held in reversed(list(self._world.bin(table.module))) if held["record"]]
        return [table.shelf.rows[id_] for id_ in reversed(table.in_order("Modified_Time"))]

    def _deleted(self, table: RecordTable, id_: str) -> Card:
        held = self._world.bin(table.module).get(id_)
        if held is None:
            raise NoSuchRecordError(f"There is no record {id_} in {table.module}.")
        name, when = held["entry"]["display_name"], held["entry"]["deleted_time"]
        who = (held["entry"]["deleted_by"] or {}).get("name")
        facts = [
            ("Deleted", shown(when)),
            ("By", shown(who)),
            *(_facts(table, held["record"]) if held["record"] else ()),
        ]
        buttons = [restore_button(table, id_)] if held["record"] else []
        return Card(title=str(name or id_), facts=facts, buttons=buttons, is_deleted=True)


def _columns(table: RecordTable) -> tuple[str, ...]:
    return COLUMNS.get(table.module) or (table.spec.title_field, *USUAL)


def _holds(row: Row, names: Sequence[str], words: str) -> bool:
    return not words or any(words in shown(row.get(name)).casefold() for name in names)


def _line(row: Row, names: Sequence[str]) -> Line:
    return Line(id=row["id"], cells=tuple(shown(row.get(name)) for name in names))


def _facts(table: RecordTable, row: Row) -> list[tuple[str, str]]:
    """Everything that is not blank, and the id first."""
    told = [
        (field.label, shown(row.get(field.name)))
        for field in table.spec.fields.values()
        if field.name != "id" and row.get(field.name) not in (None, "", False, [])
    ]
    return [("Id", row["id"]), *told]

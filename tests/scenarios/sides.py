"""Both practice CRMs at one moment: who is paired with whom, and what each side shows of the fields that go both ways.

Judges by the records alone; what Baton keeps in its tables is not looked at here.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.fleet import Fleet

MARKETING, SALES = "activecampaign", "zoho"
MODULES = ("Leads", "Contacts")
INTEGRATION = "Baton Integration"

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """`owner` wins where both sides spoke; None: a person has to say. `is_clearable`: both sides take a blank."""

    name: str
    contact: str
    leads: str
    contacts: str
    owner: str | None
    is_clearable: bool = False

    def of_contact(self, record: Record) -> str:
        within, _, name = self.contact.rpartition(".")
        return self.plain(record.get(within, {}).get(name) if within else record.get(name))

    def of_zoho(self, module: str, record: Record) -> str:
        return self.plain(record.get(self.place(module)))

    def place(self, module: str) -> str:
        return self.leads if module == "Leads" else self.contacts

    def plain(self, value: object) -> str:
        """What a person would call the same: spacing of a phone number and marketing's word for a stage are no news."""
        text = "" if value is None else str(value).strip()
        if self.name == "phone" and text.startswith("+"):
            return "+" + re.sub(r"\D", "", text)
        return "Subscriber" if self.name == "lifecycle_stage" and text == "Lead" else text


def _same(name: str, contact: str, zoho: str, owner: str | None, *, is_clearable: bool = False) -> Field:
    return Field(name, contact, zoho, zoho, owner, is_clearable)


FIELDS = (
    _same("first_name", "firstName", "First_Name", MARKETING, is_clearable=True),
    _same("last_name", "lastName", "Last_Name", MARKETING),
    _same("phone", "phone", "Phone", SALES, is_clearable=True),
    _same("lifecycle_stage", "fields.LIFECYCLE_STAGE", "Lifecycle_Stage", SALES),
    _same("renewal_date", "fields.RENEWAL_DATE", "Renewal_Date", SALES, is_clearable=True),
    Field("job_title", "fields.JOB_TITLE", "Designation", "Title", None, is_clearable=True),
)


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """A contact and the one record in Zoho that names it."""

    address: str
    contact: str
    module: str
    record: str

    def __str__(self) -> str:
        return f"{self.address} (activecampaign:contact:{self.contact}, zoho:{self.module}:{self.record})"


@dataclass(frozen=True, slots=True)
class Sides:
    contacts: Mapping[str, Record]
    zoho: Mapping[tuple[str, str], Record]
    tasks: Sequence[Record]

    def shown(self, pair: Pair, field: Field) -> dict[str, str]:
        return {MARKETING: field.of_contact(self.contact(pair)), SALES: field.of_zoho(pair.module, self.record(pair))}

    def contact(self, pair: Pair) -> Record:
        return self.contacts[pair.contact]

    def record(self, pair: Pair) -> Record:
        return self.zoho[pair.module, pair.record]

    def pairs(self) -> list[Pair]:
        """Those without namesakes by address on either side, in a steady order."""
        addresses = Counter(address(record) for record in self.zoho.values())
        found = [
            Pair(address(record), str(record["ActiveCampaign_ID"]), module, id_)
            for (module, id_), record in self.zoho.items()
            if record.get("ActiveCampaign_ID") and not record.get("Converted__s") and addresses[address(record)] == 1
        ]
        return sorted(pair for pair in found if pair.contact in self.contacts)

    def tasks_of(self, pair: Pair) -> list[Record]:
        return [task for task in self.tasks if parent(task) == pair.record]

    def addresses(self) -> tuple[Counter[str], Counter[str]]:
        """How often each address is in ActiveCampaign, and in Zoho's Leads and Contacts together."""
        return (
            Counter(address(record) for record in self.contacts.values()),
            Counter(address(record) for record in self.zoho.values()),
        )


def look(made: Fleet) -> Sides:
    return Sides(
        {str(row["id"]): row for row in made.activecampaign.records("contact")},
        {(module, str(row["id"])): row for module in MODULES for row in made.zoho.records(module)},
        made.zoho.records("Tasks"),
    )


def address(record: Record) -> str:
    return str(record.get("email") or record.get("Email") or "").strip().lower()


def parent(task: Record) -> str | None:
    """The id of the record that the task hangs on."""
    lookup = task.get("What_Id") or task.get("Who_Id")
    return str(lookup["id"]) if lookup else None


def owner_shown(sides: Sides, pair: Pair) -> tuple[str, str]:
    """What marketing is shown as the owner, and who it is; nobody as long as the record is the integration's own."""
    owner = str(sides.record(pair)["Owner"]["name"])
    shown = str(sides.contact(pair)["fields"].get("ZOHO_OWNER") or "")
    return shown, "" if owner == INTEGRATION else owner

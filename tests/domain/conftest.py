"""One person on both sides, edited by people and synchronised cycle by cycle, in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from baton.adapters.spelling import spelling
from baton.domain.contract import Contract, FieldRule, FieldSchema, FieldType
from baton.domain.deciding import decide
from baton.domain.own_writes import remembered
from baton.domain.person import Candidate, Membership, Person, Role
from baton.domain.records import CONTACT, LEADS, Crm, RecordRef, Seen
from baton.domain.rulebook import Rulebook

US, SALES = "900", "901"
EMAIL = "anna.berg@x.example"
BEGAN = datetime(2026, 3, 1, tzinfo=UTC)
OURS = RecordRef(CONTACT, "12")
INDUSTRIES = ("Farming", "Trade", "Other")
NO_COMPANY = "[not provided]"


def rule(name, type_, activecampaign, zoho, **more):
    return FieldRule(name, type_, {CONTACT: activecampaign, LEADS: zoho}, **more)


CONTRACT = Contract(
    rules=(
        rule("email", FieldType.EMAIL, "email", "Email"),
        rule("first_name", FieldType.FIRST_NAME, "firstName", "First_Name"),
        rule("last_name", FieldType.LAST_NAME, "lastName", "Last_Name", when_blank="email_name"),
        rule("company", FieldType.TEXT, "orgname", "Company", when_blank=NO_COMPANY),
        rule("title", FieldType.TEXT, "fields.TITLE", "Designation"),
        rule("industry", FieldType.PICKLIST, "fields.INDUSTRY", "Industry", fallback="Other"),
        rule("consent", FieldType.CONSENT, "consent", "Consent", put_back=True),
    ),
)
SCHEMA = {
    "Company": FieldSchema("Company", "text", is_mandatory=True),
    "Last_Name": FieldSchema("Last_Name", "text", is_mandatory=True),
    "Industry": FieldSchema("Industry", "picklist", choices=INDUSTRIES),
    **{name: FieldSchema(name, "text") for name in ("Email", "First_Name", "Designation", "Consent")},
}
BOOK = Rulebook(CONTRACT, {LEADS: SCHEMA}, spelling(), US)


@dataclass
class Life:
    """Both CRMs as they are, and what we keep of them. `respells` is how Zoho keeps a title that we write."""

    respells: Callable[[str], str] = str
    row: dict = field(default_factory=lambda: {"id": "12", "email": EMAIL, "lastName": "Berg", "fields": {}})
    leads: dict = field(default_factory=dict)
    stamps: dict = field(default_factory=dict)
    members: dict = field(default_factory=dict)
    seconds: int = 0

    def contact_says(self, **values):
        customs = {**self.row["fields"], **values.pop("fields", {})}
        self.row = {**self.row, **values, "fields": customs}

    def sales_says(self, **values):
        """On the lead, when there is one."""
        for ref in self.leads:
            self._store(ref, values, SALES)

    def cycle(self, meanwhile=None):
        """Reads, decides and writes; `meanwhile` is what sales does between the reading and the writing."""
        plan = decide(Person(1, 0, EMAIL, (OURS,), tuple(self._candidates())), BOOK)
        self.sales_says(**(meanwhile or {}))
        for member in plan.memberships:
            base = {**member.base, **plan.bases.get(member.ref, {})}
            self.members[member.ref] = Membership(member.ref, member.role, base, member.written)
        for write in plan.writes:
            self._confirm(write)
        return [dict(write.values) for write in plan.writes]

    @property
    def lead(self):
        (row,) = self.leads.values()
        return row

    def _candidates(self):
        yield Candidate(Seen(OURS, self.row, BEGAN), self.members.get(OURS), EMAIL)
        for ref, row in self.leads.items():
            yield Candidate(Seen(ref, row, *self.stamps[ref]), self.members.get(ref), EMAIL)

    def _confirm(self, write):
        assert write.module.crm is Crm.ZOHO
        made = write.ref or RecordRef(LEADS, f"new{len(self.leads)}")
        title = {key: self.respells(value) for key, value in write.values.items() if key == "Designation" and value}
        self._store(made, {**write.values, **title}, US)
        for name, half in write.agreed.items():
            known = self.members.get(name or made, Membership(made, Role.PRIMARY))
            written = remembered(self.stamps[made][0], half) if name in (None, made) else known.written
            self.members[name or made] = Membership(known.ref, known.role, {**known.base, **half}, written)

    def _store(self, ref, values, editor):
        self.seconds += 1
        self.leads[ref] = {**self.leads.get(ref, {"id": ref.id}), **values}
        self.stamps[ref] = (BEGAN + timedelta(seconds=self.seconds), editor)


@pytest.fixture(scope="session")
def new_life():
    """For properties: each example begins a life of its own."""
    return Life

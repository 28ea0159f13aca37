"""One person whom both teams edit, in memory: cycle by cycle decided, looked at once more, and written."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from baton.adapters.spelling import spelling
from baton.domain.contract import Contract, Direction, FieldRule, FieldSchema, FieldType, Policy
from baton.domain.deciding import decide
from baton.domain.imprint import imprint
from baton.domain.own_writes import remembered
from baton.domain.person import Candidate, Membership, Person, Role
from baton.domain.records import CONTACT, LEADS, Crm, RecordRef, Seen
from baton.domain.rulebook import Rulebook
from baton.domain.values.places import held, with_values

EMAIL = "anna.berg@x.example"
US, ADA, BEA = "900", "901", "902"
USERS = {US: "Baton", ADA: "Ada Lind", BEA: "Bea Roth"}
BEGAN = datetime(2026, 3, 1, tzinfo=UTC)
STAGES = ("Subscriber", "MQL", "Customer")
AC, ZOHO = Crm.ACTIVECAMPAIGN, Crm.ZOHO


def rule(name, type_, activecampaign, zoho, direction=Direction.BOTH, **more):
    return FieldRule(name, type_, {CONTACT: activecampaign, LEADS: zoho}, direction, **more)


CONTRACT = Contract(
    rules=(
        rule("email", FieldType.EMAIL, "email", "Email"),
        rule("first_name", FieldType.FIRST_NAME, "firstName", "First_Name"),
        rule("last_name", FieldType.LAST_NAME, "lastName", "Last_Name", when_blank="email_name"),
        rule("title", FieldType.TEXT, "fields.TITLE", "Designation", policy=Policy.REVIEW),
        rule("note", FieldType.TEXT, "fields.NOTE", "Note"),
        rule("city", FieldType.TEXT, "fields.CITY", "City", owner=ZOHO),
        rule("industry", FieldType.PICKLIST, "fields.INDUSTRY", "Industry", fallback="Other"),
        rule(
            "size",
            FieldType.PICKLIST,
            "fields.SIZE",
            "Size",
            owner=ZOHO,
            vocabulary={"tiny": "S", "small": "S", "large": "L"},
        ),
        rule(
            "stage",
            FieldType.LIFECYCLE,
            "fields.STAGE",
            "Stage",
            owner=ZOHO,
            vocabulary={"Lead": "Subscriber"},
            order=STAGES,
        ),
        rule("agent", FieldType.OWNER, "fields.AGENT", "Owner", Direction.TO_ACTIVECAMPAIGN),
        rule("consent", FieldType.CONSENT, "consent", "Consent", Direction.TO_ZOHO, put_back=True),
    ),
    direction=Direction.BOTH,
    zoho_id="fields.ZOHO_ID",
    refused_addresses=frozenset({"noreply@"}),
)
PLACES = {each.name: {place.crm: name for place, name in each.places.items()} for each in CONTRACT.rules}
IN_ZOHO = {
    "Last_Name": FieldSchema("Last_Name", "text", is_mandatory=True),
    "Industry": FieldSchema("Industry", "picklist", choices=("Farming", "Trade", "Other")),
    "Size": FieldSchema("Size", "picklist", choices=("S", "L")),
    "Stage": FieldSchema("Stage", "picklist", choices=STAGES),
    "Owner": FieldSchema("Owner", "ownerlookup", is_writable=False),
    **{name: FieldSchema(name, "text") for name in ("Email", "First_Name", "Designation", "Note", "City", "Consent")},
}
IN_ACTIVECAMPAIGN = {
    "fields.STAGE": FieldSchema("fields.STAGE", "dropdown", choices=("Lead", "MQL", "Customer")),
    "fields.SIZE": FieldSchema("fields.SIZE", "dropdown", choices=("tiny", "small", "large")),
    "email": FieldSchema("email", "text", is_mandatory=True),
    **{name: FieldSchema(name, "text") for name in ("firstName", "lastName")},
    **{f"fields.{tag}": FieldSchema(f"fields.{tag}", "text") for tag in ("TITLE", "NOTE", "CITY", "INDUSTRY", "AGENT")},
}
BOOK = Rulebook(CONTRACT, {CONTACT: IN_ACTIVECAMPAIGN, LEADS: IN_ZOHO}, spelling(), US, USERS)
NEW = {CONTACT: RecordRef(CONTACT, "12"), LEADS: RecordRef(LEADS, "7")}


@dataclass
class Story:
    """Both records as they are, and what we keep of them. A second passes with everything that happens.

    `respells` is how Zoho keeps a note that we write.
    """

    respells: Callable[[str], str] = str
    records: dict[RecordRef, Seen] = field(default_factory=dict)
    members: dict[RecordRef, Membership] = field(default_factory=dict)
    seconds: int = 0

    def is_made(self, crm, **values):
        ref = next(ref for ref in NEW.values() if ref.crm is crm)
        row = {"id": ref.id, "fields": {}} if crm is AC else {"id": ref.id, "Owner": {"id": US}}
        self._show(Seen(ref, row, BEGAN))
        self.says(crm, **{"email": EMAIL, **values})

    def says(self, crm, **values):
        """What somebody of marketing or of sales types, by our names of the fields."""
        seen = self._of(crm)
        places = {PLACES[name][crm]: value for name, value in values.items()}
        self._show(self._stamped(seen.ref, with_values(seen.row, places), ADA))

    def slips_in(self, crm, **values):
        """The same in the second of our last write, and before it, so that the row bears our name and stamp."""
        seen = self._of(crm)
        self._show(replace(seen, row=with_values(seen.row, {PLACES[name][crm]: v for name, v in values.items()})))

    def take_links(self):
        """Somebody empties the fields that hold the ids of the other side."""
        for crm, place in ((AC, CONTRACT.zoho_id), (ZOHO, CONTRACT.activecampaign_id)):
            seen = self._of(crm)
            self._show(self._stamped(seen.ref, with_values(seen.row, {place: None}), ADA))

    def shows(self, crm, *names):
        told = tuple(held(self._of(crm).row, PLACES[name][crm]) or None for name in names)
        return told[0] if len(told) == 1 else told

    def link_of(self, crm):
        place = CONTRACT.zoho_id if crm is AC else CONTRACT.activecampaign_id
        return held(self._of(crm).row, place)

    def decided(self):
        print_of = {ref: imprint(seen, CONTRACT, BOOK.spelling) for ref, seen in self.records.items()}
        candidates = (Candidate(seen, self.members.get(ref), print_of[ref].email) for ref, seen in self.records.items())
        return decide(Person(1, 0, EMAIL, tuple(self.records), tuple(candidates)), BOOK)

    def cycle(self, meanwhile=(), away=None):
        """Decides and writes, and says what was written on which side.

        `meanwhile` is what people type between the two; `away` is a side that takes no writes now.
        """
        plan, looked = self.decided(), dict(self.records)
        for crm, values in meanwhile:
            self.says(crm, **values)
        for member in plan.memberships:
            base = {**member.base, **plan.bases.get(member.ref, {})}
            self.members[member.ref] = Membership(member.ref, member.role, base, member.written)
        sent = [w for w in plan.writes if w.module.crm is not away and not self._was_edited(w, looked)]
        for write in sent:
            self._confirm(write)
        return [(write.module.crm, dict(write.values)) for write in sent]

    def settle(self):
        for _ in range(3):
            self.cycle()

    def _of(self, crm):
        (seen,) = (seen for ref, seen in self.records.items() if ref.crm is crm)
        return seen

    def _was_edited(self, write, looked):
        if write.ref is None:
            return False
        before, now = (imprint(rows[write.ref], CONTRACT, BOOK.spelling) for rows in (looked, self.records))
        return before.fingerprint != now.fingerprint

    def _confirm(self, write):
        ref = write.ref or NEW[write.module]
        made = {"id": ref.id, "Owner": {"id": US}} if write.module.crm is ZOHO else {"id": ref.id, "fields": {}}
        row = self.records[ref].row if ref in self.records else made
        note = {name: self.respells(word) for name, word in write.values.items() if name == "Note" and word}
        self._show(self._stamped(ref, with_values(row, {**write.values, **note}), US))
        for name, half in write.agreed.items():
            known = self.members.get(name or ref, Membership(ref, Role.PRIMARY))
            written = remembered(self.records[ref].version, half) if name in (None, ref) else known.written
            self.members[name or ref] = Membership(known.ref, known.role, {**known.base, **half}, written)

    def _stamped(self, ref, row, editor):
        self.seconds += 1
        stamp = BEGAN + timedelta(seconds=self.seconds)
        return Seen(ref, row, stamp, editor if ref.crm is ZOHO else None)

    def _show(self, seen):
        self.records[seen.ref] = seen


@pytest.fixture(scope="session")
def new_story():
    """For properties: each example begins a story of its own."""
    return Story


@pytest.fixture
def story():
    """Two records of one person that are in step."""
    told = Story()
    told.is_made(AC, first_name="Anna", last_name="Berg")
    told.settle()
    return told

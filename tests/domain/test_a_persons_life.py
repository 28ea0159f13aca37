"""One person for years: people edit on both sides, now and then it is synchronised, and a naive model says what stands.

The model knows nothing of bases: it only remembers what the contact showed at the last cycle.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.adapters.spelling import spelling
from baton.domain.contract import Contract, FieldRule, FieldSchema, FieldType
from baton.domain.deciding import Rulebook, decide
from baton.domain.person import Candidate, Membership, Person, Role
from baton.domain.records import CONTACT, LEADS, Crm, RecordRef, Seen

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

    respells: object = str
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
            written = self.stamps[made][0].isoformat() if name in (None, made) else known.written
            self.members[name or made] = Membership(known.ref, known.role, {**known.base, **half}, written)

    def _store(self, ref, values, editor):
        self.seconds += 1
        self.leads[ref] = {**self.leads.get(ref, {"id": ref.id}), **values}
        self.stamps[ref] = (BEGAN + timedelta(seconds=self.seconds), editor)


@dataclass
class Model:
    """What Zoho should show, said as plainly as possible."""

    respells: object
    contact: dict = field(default_factory=lambda: {"company": None, "title": None, "industry": None, "lists": {}})
    at_last_cycle: dict | None = None
    zoho: dict = field(default_factory=dict)

    def cycle(self, meanwhile):
        said = self.contact
        changed = [name for name in said if self.at_last_cycle is None or said[name] != self.at_last_cycle[name]]
        self.zoho |= meanwhile if self.at_last_cycle else {}
        if "company" in changed:
            self.zoho["Company"] = said["company"] or NO_COMPANY
        if "title" in changed:
            self.zoho["Designation"] = said["title"] and self.respells(said["title"])
        if "industry" in changed:
            self.zoho["Industry"] = said["industry"] if said["industry"] in (None, *INDUSTRIES) else "Other"
        self.at_last_cycle = dict(said)

    @property
    def consent(self):
        return {"1": "Subscribed", "2": "Unsubscribed"}.get(self.contact["lists"].get("5"), "Unknown")


words = st.sampled_from((None, "one", "two", "three"))
contact_edits = st.one_of(
    st.tuples(st.sampled_from(("company", "title")), words),
    st.tuples(st.just("industry"), st.sampled_from((None, "Farming", "Trade", "Alchemy", "Astronomy"))),
    st.tuples(st.just("lists"), st.sampled_from(({}, {"5": "1"}, {"5": "2"}))),
)
zoho_edits = st.one_of(
    st.tuples(st.just("Designation"), st.sampled_from((None, "Chief", "ONE"))),
    st.tuples(st.just("Industry"), st.sampled_from((None, *INDUSTRIES))),
    st.tuples(st.just("Consent"), st.sampled_from((None, "Subscribed", "Unsubscribed"))),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("contact"), contact_edits),
        st.tuples(st.just("sales"), zoho_edits),
        st.tuples(st.just("cycle"), st.none() | zoho_edits),
    ),
    max_size=14,
)
PLACES = {"company": "orgname", "lists": "lists"}


def live(life, model, kind, edit):
    name, value = edit or (None, None)
    match kind:
        case "contact":
            model.contact[name] = value
            at = {PLACES[name]: value} if name in PLACES else {"fields": {name.upper(): value}}
            life.contact_says(**at)
        case "sales":
            model.zoho |= {name: value} if model.at_last_cycle else {}
            life.sales_says(**{name: value})
        case "cycle":
            meanwhile = {name: value} if name else {}
            life.cycle(meanwhile)
            late = {key: model.zoho.get(key) for key in meanwhile}
            model.cycle(meanwhile)
            del late


@given(steps, st.sampled_from((str, str.upper)))
def test_whatever_people_do_zoho_shows_what_the_naive_model_says(history, respells):
    life, model = Life(respells), Model(respells)
    for kind, edit in history:
        live(life, model, kind, edit)

    for _ in range(2):
        live(life, model, "cycle", None)

    shown = {place: life.lead.get(place) for place in ("Company", "Designation", "Industry", "Consent")}
    model.zoho["Consent"] = model.consent
    assert shown == {place: model.zoho.get(place) for place in shown}


@given(steps, st.sampled_from((str, str.upper)))
def test_quiet_means_quiet_and_nobody_is_made_twice(history, respells):
    life, model = Life(respells), Model(respells)
    for kind, edit in history:
        live(life, model, kind, edit)
    life.cycle()
    life.cycle()

    written = life.cycle()

    assert written == []
    assert len(life.leads) == 1


@given(steps)
def test_an_edit_of_the_contact_is_one_write_of_that_field_alone(history):
    life, model = Life(), Model(str)
    for kind, edit in history:
        live(life, model, kind, edit)
    life.cycle()
    life.cycle()

    life.contact_says(fields={"TITLE": "Somebody New"})

    assert life.cycle() == [{"Designation": "Somebody New"}]


@pytest.fixture
def life():
    made = Life()
    made.contact_says(orgname="X", fields={"TITLE": "Boss", "INDUSTRY": "Farming"}, lists={"5": "1"})
    made.cycle()
    return made


def test_an_uncontested_edit_survives_every_later_cycle(life):
    life.sales_says(Designation="Chief of Sales")
    life.cycle()

    life.contact_says(orgname="Y")
    life.cycle()

    assert (life.lead["Designation"], life.lead["Company"]) == ("Chief of Sales", "Y")


def test_a_cleared_field_stays_cleared(life):
    life.contact_says(fields={"TITLE": ""})

    assert life.cycle() == [{"Designation": None}]
    assert life.cycle() == []
    assert life.lead["Designation"] is None


def test_a_value_that_goes_there_and_back_is_written_each_time(life):
    written = []
    for title in ("One", "Two", "One"):
        life.contact_says(fields={"TITLE": title})
        written += life.cycle()

    assert written == [{"Designation": "One"}, {"Designation": "Two"}, {"Designation": "One"}]


def test_a_fallback_is_written_once_and_never_comes_back_as_an_edit(life):
    life.contact_says(fields={"INDUSTRY": "Alchemy"})

    assert life.cycle() == [{"Industry": "Other"}]
    life.contact_says(fields={"INDUSTRY": "Astronomy"})
    assert life.cycle() == []
    assert life.row["fields"]["INDUSTRY"] == "Astronomy"


def test_a_full_name_in_one_field_is_parted_once_and_never_comes_back_as_an_edit(life):
    life.contact_says(firstName="Anna Maria van Dijk", lastName="")

    assert life.cycle() == [{"First_Name": "Anna Maria", "Last_Name": "van Dijk"}]
    assert life.cycle() == []


def test_a_name_that_is_cleared_leaves_the_one_made_of_the_address(life):
    life.contact_says(lastName="")

    assert life.cycle() == [{"Last_Name": "Anna Berg"}]
    assert life.cycle() == []


@pytest.mark.parametrize("chosen", ["Unsubscribed", "Unknown", None])
def test_an_edit_of_the_consent_copy_is_put_back(life, chosen):
    life.sales_says(Consent=chosen)

    assert life.cycle() == [{"Consent": "Subscribed"}]
    assert life.cycle() == []


def test_an_edit_of_the_consent_copy_just_before_our_write_is_put_back_too(life):
    life.contact_says(fields={"TITLE": "Head"})

    life.cycle({"Consent": "Unsubscribed"})

    assert life.cycle() == [{"Consent": "Subscribed"}]


def test_an_unsubscription_reaches_zoho_though_sales_had_changed_the_copy(life):
    life.sales_says(Consent="Unknown")
    life.contact_says(lists={"5": "2"})

    assert life.cycle() == [{"Consent": "Unsubscribed"}]


def test_a_stored_id_that_somebody_removed_is_written_again(life):
    life.sales_says(ActiveCampaign_ID=None)

    assert life.cycle() == [{"ActiveCampaign_ID": "12"}]
    assert life.cycle() == []

"""One person in, one plan out: creates, links, echoes and refusals, on a small contract."""

from datetime import UTC, datetime

import pytest

from baton.adapters.spelling import spelling
from baton.domain.contract import Contract, FieldRule, FieldSchema, FieldType
from baton.domain.deciding import decide
from baton.domain.own_writes import remembered
from baton.domain.person import Candidate, Membership, Person, Role, Standing
from baton.domain.records import CONTACT, LEADS, RecordRef, Seen
from baton.domain.rulebook import Rulebook

WRITTEN = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC)
US, SOMEBODY = "900", "901"


def rule(name, type_, activecampaign, zoho, **more):
    return FieldRule(name, type_, {CONTACT: activecampaign, LEADS: zoho}, **more)


CONTRACT = Contract(
    rules=(
        rule("email", FieldType.EMAIL, "email", "Email"),
        rule("last_name", FieldType.LAST_NAME, "lastName", "Last_Name", when_blank="email_name"),
        rule("company", FieldType.TEXT, "orgname", "Company", when_blank="[not provided]"),
        rule("title", FieldType.TEXT, "fields.TITLE", "Designation"),
    ),
    refused_addresses=frozenset({"test@"}),
)
SCHEMA = {
    "Email": FieldSchema("Email", "email", length=100),
    "Last_Name": FieldSchema("Last_Name", "text", is_mandatory=True, length=20),
    "Company": FieldSchema("Company", "text", is_mandatory=True, length=20),
    "Designation": FieldSchema("Designation", "text", length=20),
}
BOOK = Rulebook(CONTRACT, {LEADS: SCHEMA}, spelling(), US)


def contact(email="anna.berg@x.example", base=None, **fields):
    row = {"id": "12", "email": email, "firstName": "", "lastName": "Berg", "orgname": "X", "fields": {}, **fields}
    ref = RecordRef(CONTACT, "12")
    return Candidate(Seen(ref, row, WRITTEN), _member(ref, base), email)


def lead(base=None, *, version=WRITTEN, editor=US, written=WRITTEN, **fields):
    row = {"id": "7", "Email": "anna.berg@x.example", "Last_Name": "Berg", "Company": "X", "ActiveCampaign_ID": "12"}
    ref = RecordRef(LEADS, "7")
    seen = Seen(ref, {**row, **fields}, version, editor)
    return Candidate(seen, _member(ref, base, remembered(written, ("title",))), "anna.berg@x.example")


def _member(ref, base, written=None):
    return None if base is None else Membership(ref, Role.PRIMARY, base, written)


def plan_for(*candidates):
    refs = tuple(each.seen.ref for each in candidates)
    return decide(Person(1, 0, "anna.berg@x.example", refs, candidates), BOOK)


AGREED = {"email": "anna.berg@x.example", "last_name": "Berg", "company": "X", "title": "Boss"}


def test_a_newcomer_becomes_a_lead_that_carries_the_contacts_id():
    plan = plan_for(contact(fields={"TITLE": "Boss"}))

    assert [dict(write.values) for write in plan.writes] == [
        {
            "Email": "anna.berg@x.example",
            "Last_Name": "Berg",
            "Company": "X",
            "Designation": "Boss",
            "ActiveCampaign_ID": "12",
        }
    ]


def test_what_is_too_long_is_left_out_and_told():
    plan = plan_for(contact(fields={"TITLE": "B" * 21}))

    assert "Designation" not in plan.writes[0].values
    told = {ruling.field: ruling.rule for ruling in plan.rulings}["title"]
    assert "20" in told
    assert "BBB" not in told


def test_the_contracts_word_stands_in_for_a_mandatory_value_that_must_be_left_out():
    plan = plan_for(contact(orgname="X" * 21))

    assert plan.writes[0].values["Company"] == "[not provided]"


@pytest.mark.parametrize("email", ["test@x.example", "", "no address"])
def test_an_address_that_is_nobodys_is_refused_with_a_reason(email):
    plan = plan_for(contact(email=email))

    standing, reason = plan.standings[RecordRef(CONTACT, "12")]
    assert standing is Standing.REFUSED
    assert reason
    assert plan.writes == ()


def test_our_own_write_in_the_vendors_spelling_is_no_edit_and_becomes_the_base():
    plan = plan_for(contact(base=AGREED, fields={"TITLE": "Boss"}), lead(base=AGREED, Designation="BOSS"))

    assert plan.writes == ()
    assert {m.ref.module: m.base["title"] for m in plan.memberships} == {CONTACT: "Boss", LEADS: "BOSS"}


def test_an_edit_in_the_second_of_our_write_is_its_editors():
    edited = lead(base=AGREED, Designation="Chief", editor=SOMEBODY)

    plan = plan_for(contact(base=AGREED, fields={"TITLE": "Boss"}), edited)

    assert [ruling.field for ruling in plan.rulings] == ["title"]
    assert plan.writes == ()


def test_an_edit_of_the_contact_is_written_and_moves_both_halves_once_confirmed():
    plan = plan_for(
        contact(base=AGREED, fields={"TITLE": "Head"}), lead(base=AGREED, Designation="Boss", version=LATER)
    )

    assert [dict(write.values) for write in plan.writes] == [{"Designation": "Head"}]
    assert plan.writes[0].agreed == {
        RecordRef(CONTACT, "12"): {"title": "Head"},
        RecordRef(LEADS, "7"): {"title": "Head"},
    }


def test_every_record_that_asked_gets_a_standing():
    plan = plan_for(contact(), lead(ActiveCampaign_ID="99"))

    assert set(plan.standings) == {RecordRef(CONTACT, "12"), RecordRef(LEADS, "7")}

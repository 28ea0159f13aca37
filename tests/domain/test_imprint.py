"""The fingerprint by which echoes and irrelevant edits end, and the keys a record can be matched by."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.adapters.spelling import spelling
from baton.domain.contract import Contract, FieldRule, FieldType
from baton.domain.imprint import counterpart_of, forms, imprint, is_converted, written_over
from baton.domain.records import CONTACT, LEADS, RecordRef, Seen

SPELLING = spelling()
NOW, LATER = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)


def rule(name, type_, activecampaign, zoho):
    return FieldRule(name, type_, {CONTACT: activecampaign, LEADS: zoho})


CONTRACT = Contract(
    rules=(
        rule("email", FieldType.EMAIL, "email", "Email"),
        rule("first_name", FieldType.FIRST_NAME, "firstName", "First_Name"),
        rule("last_name", FieldType.LAST_NAME, "lastName", "Last_Name"),
        rule("phone", FieldType.PHONE, "phone", "Phone"),
        rule("title", FieldType.TEXT, "fields.TITLE", "Designation"),
        rule("since", FieldType.DATE, "fields.SINCE", "Since"),
        rule("staff", FieldType.NUMBER, "fields.STAFF", "Staff"),
        rule("industry", FieldType.PICKLIST, "fields.INDUSTRY", "Industry"),
        rule("consent", FieldType.CONSENT, "consent", "Consent"),
    ),
    default_region="DE",
)
ROW = {"id": "12", "email": "anna@x.example", "firstName": "Anna", "lastName": "Berg", "phone": "030 1234567"}
CUSTOMS = {"TITLE": "Boss", "SINCE": "2026-03-01", "STAFF": "50"}


def contact(version=NOW, customs=None, **fields):
    row = {**ROW, "fields": {**CUSTOMS, **(customs or {})}, "lists": {"5": "1"}, **fields}
    return Seen(RecordRef(CONTACT, "12"), row, version)


def lead(**fields):
    return Seen(RecordRef(LEADS, "7"), {"id": "7", "Email": "anna@x.example", "Last_Name": "Berg", **fields}, NOW)


def print_of(seen, contract=CONTRACT):
    return imprint(seen, contract, SPELLING).fingerprint


@pytest.mark.parametrize(
    "same",
    [
        contact(version=LATER),
        contact(score="90", udate="2026-03-02", tags=["hot"]),
        contact(customs={"UNMAPPED": "news"}),
        contact(email=" Anna@X.example "),
        contact(phone="+49 30 1234567"),
        contact(customs={"STAFF": "50.0", "SINCE": "2026-03-01T00:00:00Z"}),
        contact(lists={"5": 1}),
    ],
)
def test_what_says_the_same_in_every_mapped_field_has_one_fingerprint(same):
    assert print_of(same) == print_of(contact())


@pytest.mark.parametrize(
    "other",
    [
        contact(email="anna@y.example"),
        contact(lastName="Burg"),
        contact(phone=""),
        contact(customs={"TITLE": ""}),
        contact(customs={"STAFF": "51"}),
        contact(lists={"5": "2"}),
    ],
)
def test_an_edit_of_a_mapped_field_changes_the_fingerprint(other):
    assert print_of(other) != print_of(contact())


@pytest.mark.parametrize("other", [lead(ActiveCampaign_ID="12"), lead(Converted__s=True), lead(Designation="Boss")])
def test_a_stored_id_and_a_conversion_change_the_fingerprint_of_a_lead(other):
    assert print_of(other) != print_of(lead())


def test_a_changed_contract_is_seen_by_the_fingerprint():
    shorter = Contract(rules=CONTRACT.rules[:-1])

    assert print_of(contact(), shorter) != print_of(contact())


def test_the_order_of_keys_in_a_row_does_not_matter():
    seen = contact()
    turned = Seen(seen.ref, dict(reversed(seen.row.items())), seen.version)

    assert print_of(turned) == print_of(seen)


def test_a_fingerprint_gives_no_value_away():
    assert len(print_of(contact())) == 32
    assert set(print_of(contact())) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("seen", "email"),
    [
        (contact(email=" Anna@X.example "), "anna@x.example"),
        (contact(email=""), None),
        (contact(email=None), None),
        (lead(Email="ANNA@MÜNCHEN.example"), "anna@xn--mnchen-3ya.example"),
        (lead(Email="no address"), None),
    ],
)
def test_the_address_is_kept_in_its_normal_form(seen, email):
    assert imprint(seen, CONTRACT, SPELLING).email == email


@pytest.mark.parametrize(
    ("stored", "id_"),
    [("12", "12"), (" 12 ", "12"), (12, "12"), (12.0, "12"), ("", None), ("  ", None), (None, None)],
)
def test_a_lead_carries_the_contacts_id_however_zoho_keeps_it(stored, id_):
    assert counterpart_of(lead(ActiveCampaign_ID=stored), CONTRACT) == id_


def test_a_contact_carries_no_id_of_zoho_yet():
    assert counterpart_of(contact(ActiveCampaign_ID="7"), CONTRACT) is None


@pytest.mark.parametrize(("flag", "converted"), [(True, True), (False, False), (None, False), ("true", False)])
def test_only_zohos_own_flag_makes_a_lead_converted(flag, converted):
    assert is_converted({"Converted__s": flag}) is converted


def test_a_field_without_a_place_in_a_module_takes_no_part_there():
    only_ours = FieldRule("score", FieldType.NUMBER, {CONTACT: "fields.SCORE"})

    assert forms(lead(), Contract(rules=(only_ours,)), SPELLING) == {}


def test_a_confirmed_write_lies_over_the_row_and_keeps_the_rest():
    row = {"id": "7", "Email": "anna@x.example", "Phone": "1"}

    assert written_over(row, {"Phone": None, "City": "Bonn"}) == {
        "id": "7",
        "Email": "anna@x.example",
        "Phone": None,
        "City": "Bonn",
    }
    assert row["Phone"] == "1"


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
contact_keys = ("email", "firstName", "lastName", "phone", "fields", "lists")
contact_rows = st.dictionaries(st.sampled_from(contact_keys), anything)
lead_keys = [r.places[LEADS] for r in CONTRACT.rules] + ["ActiveCampaign_ID", "Converted__s"]
lead_rows = st.dictionaries(st.sampled_from(lead_keys), anything)


@given(contact_rows, lead_rows)
def test_no_row_however_odd_is_without_an_imprint(contact_row, lead_row):
    for seen in (Seen(RecordRef(CONTACT, "1"), contact_row, NOW), Seen(RecordRef(LEADS, "2"), lead_row, NOW)):
        assert print_of(seen) == print_of(seen)

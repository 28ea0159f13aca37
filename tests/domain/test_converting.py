"""What was agreed on with a Lead holds for the Contact it became, as far as the Contact shows it."""

from datetime import UTC, datetime

import pytest

from baton.adapters.spelling import spelling
from baton.domain.contract import Contract, Direction, FieldRule, FieldSchema, FieldType
from baton.domain.deciding import decide
from baton.domain.person import Candidate, Membership, Person, Role
from baton.domain.records import CONTACT, CONTACTS, LEADS, RecordRef, Seen
from baton.domain.rulebook import Rulebook

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANNA = "anna@x.example"
OURS, LEAD, HEIR = RecordRef(CONTACT, "12"), RecordRef(LEADS, "7"), RecordRef(CONTACTS, "8")


def rule(name, type_, activecampaign, zoho):
    return FieldRule(name, type_, {CONTACT: activecampaign, LEADS: zoho, CONTACTS: zoho}, Direction.BOTH)


CONTRACT = Contract(
    (
        rule("email", FieldType.EMAIL, "email", "Email"),
        rule("last_name", FieldType.LAST_NAME, "lastName", "Last_Name"),
        rule("phone", FieldType.PHONE, "phone", "Phone"),
    ),
    direction=Direction.BOTH,
)
FIELDS = {name: FieldSchema(name, "text") for name in ("Email", "Last_Name", "Phone", "ActiveCampaign_ID")}
BOOK = Rulebook(CONTRACT, {LEADS: FIELDS, CONTACTS: FIELDS, CONTACT: {}}, spelling(), "900")
AGREED = {"email": ANNA, "last_name": "Berg", "phone": "+493012345678"}


def decided(heir_phone, contact_phone="+493012345678", named="8", lead_phone="+493012345678", known=None):
    """The contact and the lead agreed; the lead was converted; the new Contact shows this phone."""
    contact = {"id": "12", "email": ANNA, "lastName": "Berg", "phone": contact_phone}
    end = {"Converted__s": True, "Converted_Contact": {"id": named}}
    lead = {"Email": ANNA, "Last_Name": "Berg", "Phone": lead_phone, **end}
    heir = {"Email": ANNA, "Last_Name": "Berg", "Phone": heir_phone, "ActiveCampaign_ID": "12"}
    candidates = (
        Candidate(Seen(OURS, contact, NOON), Membership(OURS, Role.PRIMARY, AGREED), ANNA),
        Candidate(Seen(LEAD, lead, NOON), Membership(LEAD, Role.PRIMARY, AGREED), ANNA),
        Candidate(Seen(HEIR, heir, NOON), known, ANNA),
    )
    return decide(Person(1, 0, ANNA, (HEIR,), candidates), BOOK)


def phones_written(plan):
    return [(write.module, write.values.get("phone", write.values.get("Phone"))) for write in plan.writes]


def test_an_edit_of_the_new_contact_is_an_edit_though_marketing_owns_the_field():
    assert phones_written(decided("+493011111111")) == [(CONTACT, "+493011111111")]


@pytest.mark.parametrize("known", [None, Membership(HEIR, Role.ALIAS)])
def test_an_edit_in_marketing_reaches_the_new_contact_even_if_it_was_an_alias_for_a_moment(known):
    plan = decided("+493012345678", contact_phone="+493022222222", known=known)

    assert phones_written(plan) == [(CONTACTS, "+493022222222")]


def test_what_both_still_show_is_agreed_on_and_nothing_is_written():
    plan = decided("+493012345678")

    assert plan.writes == ()
    assert HEIR in {member.ref for member in plan.memberships}


def test_a_value_that_the_conversion_left_behind_is_filled_again_and_not_cleared():
    assert phones_written(decided(None)) == [(CONTACTS, "+493012345678")]


def test_a_value_that_was_cleared_on_the_lead_before_it_was_converted_is_cleared():
    assert phones_written(decided(None, lead_phone=None)) == [(CONTACT, None)]


@pytest.mark.parametrize("named", ["9", ""])
def test_a_contact_that_the_lead_did_not_become_inherits_nothing(named):
    plan = decided("+493011111111", named=named)

    assert (CONTACTS, "+493012345678") in phones_written(plan)

"""Which way a value may travel, and which fields two modules share."""

import pytest

from baton.domain.contract import Contract, Direction, FieldRule, FieldType
from baton.domain.records import CONTACT, CONTACTS, LEADS, Crm, Module, RecordRef, Stream, StreamKind

AC, ZOHO = Crm.ACTIVECAMPAIGN, Crm.ZOHO


@pytest.mark.parametrize(
    ("direction", "targets"),
    [
        (Direction.TO_ZOHO, [ZOHO]),
        (Direction.TO_ACTIVECAMPAIGN, [AC]),
        (Direction.BOTH, [AC, ZOHO]),
    ],
)
def test_a_direction_allows_its_own_targets_and_no_other(direction, targets):
    assert [crm for crm in Crm if direction.allows(crm)] == targets


def test_two_modules_share_the_fields_that_have_a_place_in_both():
    everywhere = FieldRule("email", FieldType.EMAIL, {CONTACT: "email", LEADS: "Email", CONTACTS: "Email"})
    of_leads = FieldRule("company", FieldType.TEXT, {CONTACT: "orgname", LEADS: "Company"})
    contract = Contract(rules=(everywhere, of_leads))

    assert contract.rules_for(CONTACT, LEADS) == (everywhere, of_leads)
    assert contract.rules_for(CONTACT, CONTACTS) == (everywhere,)


def test_a_zoho_contact_comes_before_a_lead_and_newcomers_become_leads():
    contract = Contract(rules=())

    assert contract.zoho_modules == (CONTACTS, LEADS)
    assert contract.placement == LEADS


def test_unless_it_says_otherwise_a_field_goes_to_zoho_and_activecampaign_owns_it():
    rule = FieldRule("title", FieldType.TEXT, {})

    assert (rule.direction, rule.owner, rule.put_back, rule.may_go_back) == (Direction.TO_ZOHO, AC, False, False)


@pytest.mark.parametrize("crm", list(Crm))
def test_the_other_of_the_other_crm_is_the_same(crm):
    assert crm.other is not crm
    assert crm.other.other is crm


@pytest.mark.parametrize(
    ("read", "address"),
    [
        (Module.parse, "zoho:Leads"),
        (RecordRef.parse, "zoho:Leads:4876000000123"),
        (RecordRef.parse, "activecampaign:contact:12"),
        (Stream.parse, "zoho:Contacts:deletions"),
        (Stream.parse, "activecampaign:contact:changes"),
    ],
)
def test_an_address_is_read_back_as_it_was_written(read, address):
    assert str(read(address)) == address


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (Module.parse, "zoho"),
        (Module.parse, "zoho:"),
        (Module.parse, "zoho:Leads:1"),
        (Module.parse, "pipedrive:Leads"),
        (RecordRef.parse, "zoho:Leads:"),
        (RecordRef.parse, "Leads:7"),
        (RecordRef.parse, "7"),
        (Stream.parse, "zoho:Leads"),
        (Stream.parse, "zoho:Leads:rumours"),
    ],
)
def test_what_is_no_address_is_not_taken_for_one(read, text):
    with pytest.raises(ValueError, match=r"is not a"):
        read(text)


def test_a_stream_knows_its_module_and_kind():
    assert Stream.parse("zoho:Leads:deletions") == Stream(LEADS, StreamKind.DELETIONS)

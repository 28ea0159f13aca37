"""Which records stand for a person: keys in rank order, a veto, and review instead of a guess."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.contract import Contract
from baton.domain.matching import match
from baton.domain.person import Candidate, Membership, Person, Role
from baton.domain.records import CONTACT, CONTACTS, LEADS, RecordRef, Seen

CONTRACT = Contract(rules=())
NOW = datetime(2026, 3, 1, tzinfo=UTC)
ANNA = "anna@x.example"


def candidate(module, id_, *, email=ANNA, carries=None, role=None, **more):
    ref = RecordRef(module, id_)
    row = {"id": id_, CONTRACT.activecampaign_id: carries, **more.pop("row", {})}
    return Candidate(Seen(ref, row, NOW), Membership(ref, role) if role else None, email, **more)


def contact(id_="12", **more):
    return candidate(CONTACT, id_, **more)


def matched(*candidates):
    return match(Person(1, 0, ANNA, (), candidates), CONTRACT)


def ref_of(found):
    return None if found is None else str(found.seen.ref)


def test_nobody_in_zoho_means_a_new_record():
    found = matched(contact())

    assert (found.record, found.review, found.tombstone) == (None, None, None)


@pytest.mark.parametrize("module", [LEADS, CONTACTS])
def test_the_same_address_is_the_same_person(module):
    assert ref_of(matched(contact(), candidate(module, "7")).record) == f"{module}:7"


def test_a_contact_wins_over_a_lead_and_the_lead_is_an_alias():
    found = matched(contact(), candidate(LEADS, "7"), candidate(CONTACTS, "8"))

    assert ref_of(found.record) == "zoho:Contacts:8"
    assert [ref_of(alias) for alias in found.aliases] == ["zoho:Leads:7"]


def test_two_leads_with_one_address_are_for_a_person_to_tell_apart():
    found = matched(contact(), candidate(LEADS, "7"), candidate(LEADS, "8"))

    assert found.record is None
    assert found.review == "2 Leads share this address: zoho:Leads:7, zoho:Leads:8"


def test_a_stored_id_outranks_an_address():
    found = matched(contact(), candidate(LEADS, "7"), candidate(LEADS, "8", email="old@x.example", carries="12"))

    assert ref_of(found.record) == "zoho:Leads:8"


def test_a_link_outranks_everything():
    found = matched(contact(), candidate(CONTACTS, "8"), candidate(LEADS, "7", role=Role.PRIMARY))

    assert ref_of(found.record) == "zoho:Leads:7"


def test_a_record_that_carries_somebody_elses_id_is_nobodys_candidate():
    found = matched(contact(), candidate(LEADS, "7", carries="99"))

    assert found.record is None
    assert found.review is not None


def test_two_different_addresses_are_never_joined_without_an_id():
    found = matched(contact(), candidate(LEADS, "7", email="other@x.example"))

    assert (found.record, found.review) == (None, None)


def test_a_record_of_another_person_is_for_review():
    found = matched(contact(), candidate(LEADS, "7", belongs_to=2))

    assert found.record is None
    assert found.review is not None


def test_a_converted_lead_is_no_candidate():
    lead = candidate(LEADS, "7", row={"Converted__s": True})

    assert ref_of(matched(contact(), lead, candidate(CONTACTS, "8")).record) == "zoho:Contacts:8"


def test_a_deleted_record_of_ours_is_a_tombstone():
    found = matched(contact(), candidate(LEADS, "7", role=Role.PRIMARY, is_gone=True))

    assert found.record is None
    assert found.tombstone == "zoho:Leads:7 was deleted in Zoho and is not made again"


def test_a_deleted_record_that_was_never_ours_is_no_tombstone():
    assert matched(contact(), candidate(LEADS, "7", is_gone=True)).tombstone is None


def test_the_oldest_of_two_contacts_is_primary():
    found = matched(contact("100"), contact("12"))

    assert ref_of(found.contact) == "activecampaign:contact:12"
    assert [ref_of(alias) for alias in found.aliases] == ["activecampaign:contact:100"]


CANDIDATES = [
    contact("12"),
    contact("100"),
    candidate(LEADS, "7"),
    candidate(LEADS, "8", carries="12"),
    candidate(CONTACTS, "9"),
    candidate(CONTACTS, "10", carries="77"),
]


@given(st.permutations(CANDIDATES))
def test_the_order_of_candidates_does_not_matter(candidates):
    found, usual = matched(*candidates), matched(*CANDIDATES)

    assert (ref_of(found.contact), ref_of(found.record), found.review) == (
        ref_of(usual.contact),
        ref_of(usual.record),
        usual.review,
    )

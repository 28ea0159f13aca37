"""What a match tells when it finds nobody or several: whom it names, and what a person has ruled before."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from baton.domain.contract import Contract
from baton.domain.matching import Match, match
from baton.domain.person import Candidate, Membership, Person, Role
from baton.domain.records import CONTACT, CONTACTS, DEALS, LEADS, RecordRef, Seen

CONTRACT = Contract(rules=())
NOW = datetime(2026, 3, 1, tzinfo=UTC)
ANNA, BERTA = "anna@x.example", "berta@x.example"


def record(module, id_, email=ANNA, *, carries=None, role=None, **more):
    ref = RecordRef(module, id_)
    row = {"id": id_, CONTRACT.activecampaign_id: carries}
    return Candidate(Seen(ref, row, NOW), Membership(ref, role) if role else None, email, **more)


def matched(*candidates, **ruled):
    return match(Person(1, 0, ANNA, (), candidates, **ruled), CONTRACT)


def pair(contact, other):
    return frozenset({(contact.seen.ref, other.seen.ref)})


OURS = record(CONTACT, "12")
LEAD, ANOTHER = record(LEADS, "7"), record(LEADS, "8")
PERSON = record(CONTACTS, "9")


def test_somebody_nobody_knows_any_more_is_nobody():
    assert matched() == Match(contact=None)


@pytest.mark.parametrize(
    ("candidates", "found"),
    [
        ((LEAD,), Match(None, LEAD)),
        ((LEAD, PERSON), Match(None, PERSON, (LEAD,))),
        ((LEAD, ANOTHER), Match(None, None, (LEAD, ANOTHER), "2 Leads share this address: zoho:Leads:7, zoho:Leads:8")),
        (
            (replace(LEAD, membership=Membership(LEAD.seen.ref, Role.PRIMARY)), ANOTHER),
            Match(None, replace(LEAD, membership=Membership(LEAD.seen.ref, Role.PRIMARY)), (ANOTHER,)),
        ),
    ],
    ids=["one", "a Contact before a Lead", "two alike", "the linked one before another"],
)
def test_who_is_known_to_zoho_alone_is_told_by_the_best_record(candidates, found):
    assert matched(*candidates) == found


DELETED = "activecampaign:contact:12 was deleted in ActiveCampaign and is not made again"
ANOTHERS = "the contact with this address stands for another person: activecampaign:contact:12"
UNKNOWN = "carries the id of ActiveCampaign contact 12, which is not known here"


@pytest.mark.parametrize(
    ("contacts", "lead", "why"),
    [
        ((), LEAD, None),
        ((record(CONTACT, "12", role=Role.PRIMARY, is_gone=True),), LEAD, DELETED),
        ((record(CONTACT, "12", is_gone=True),), LEAD, None),
        ((record(CONTACT, "12", belongs_to=2),), LEAD, ANOTHERS),
        ((record(CONTACT, "12", belongs_to=2, role=Role.PRIMARY),), LEAD, ANOTHERS),
        ((record(CONTACT, "12", BERTA, belongs_to=2),), LEAD, None),
        ((record(CONTACT, "12", belongs_to=2, is_gone=True),), LEAD, None),
        ((record(CONTACT, "12", None, belongs_to=2),), record(LEADS, "7", None), None),
        ((), record(LEADS, "7", carries="12"), UNKNOWN),
    ],
)
def test_a_contact_is_not_made_again_for_a_record_of_zoho_when_one_was_there(contacts, lead, why):
    assert matched(lead, *contacts) == Match(None, lead, tombstone=why)


def test_what_a_person_has_called_the_same_outranks_every_key():
    linked = record(LEADS, "8", role=Role.PRIMARY)
    ruled = record(CONTACTS, "9", BERTA)

    assert matched(OURS, linked, ruled, same=pair(OURS, ruled)) == Match(OURS, ruled, (linked,))


def test_a_ruling_settles_which_of_two_addresses_is_meant():
    ruled = record(LEADS, "9", BERTA)

    assert matched(OURS, LEAD, ruled, same=pair(OURS, ruled)) == Match(OURS, ruled, (LEAD,))


def test_two_records_ruled_to_be_the_same_person_are_named_for_review():
    same = pair(OURS, LEAD) | pair(OURS, ANOTHER)

    found = matched(OURS, LEAD, ANOTHER, same=same)

    assert found == Match(OURS, review="2 Leads share this ruling: zoho:Leads:7, zoho:Leads:8")


def test_a_ruling_about_another_contact_says_nothing_of_this_one():
    other = record(CONTACT, "99")

    assert matched(OURS, LEAD, apart=pair(other, LEAD)) == Match(OURS, LEAD)
    assert matched(OURS, record(LEADS, "7", BERTA), same=pair(other, LEAD)).record is None


def test_who_was_parted_from_a_record_is_not_made_a_second_one():
    found = matched(OURS, LEAD, ANOTHER, apart=pair(OURS, LEAD) | pair(OURS, ANOTHER))

    parted = "zoho:Leads:7, zoho:Leads:8"
    assert found == Match(OURS, apart=f"a person has ruled that it is not {parted}; link it to its own record")


def test_a_record_parted_from_the_contact_is_no_tombstone_of_its():
    gone = record(LEADS, "7", role=Role.PRIMARY, is_gone=True)

    assert matched(OURS, gone, apart=pair(OURS, gone)).tombstone is None


def test_another_contact_of_the_person_is_an_alias_beside_the_record_and_its_alias():
    second = record(CONTACT, "100")

    assert matched(OURS, second, LEAD, PERSON) == Match(OURS, PERSON, (second, LEAD))
    assert matched(OURS, second) == Match(OURS, aliases=(second,))


def test_two_equal_records_are_named_with_the_key_they_share():
    carriers = record(LEADS, "7", BERTA, carries="12"), record(LEADS, "8", BERTA, carries="12")

    assert matched(OURS, *carriers) == Match(OURS, review="2 Leads share this stored id: zoho:Leads:7, zoho:Leads:8")


def test_a_record_that_stands_for_another_contact_is_named():
    taken = record(LEADS, "7", belongs_to=2)

    stands = "the record with this address or id stands for another ActiveCampaign contact: zoho:Leads:7"
    assert matched(OURS, taken) == Match(OURS, review=stands)


def test_a_record_of_a_module_without_people_cannot_stand_for_one():
    assert matched(OURS, record(DEALS, "5")).review == "zoho:Deals:5 cannot stand for a person"


MOVED = record(LEADS, "7", BERTA, role=Role.PRIMARY)


@pytest.mark.parametrize(
    ("other", "review"),
    [
        (record(CONTACTS, "9"), "zoho:Leads:7 has the old address and zoho:Contacts:9 the new one"),
        (record(CONTACTS, "9", role=Role.ALIAS), None),
        (record(CONTACTS, "9", BERTA, carries="12"), None),
    ],
    ids=["a stranger has it", "our own alias has it", "nobody has it"],
)
def test_a_contact_that_moved_to_an_address_that_another_record_has_is_for_a_person(other, review):
    found = matched(OURS, MOVED, other)

    assert (found.record, found.aliases, found.review) == (MOVED, (other,), review)

"""What no match may ever do, whichever records are there: the rules that keep two people apart and one person one."""

from dataclasses import replace
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
ANNA, BERTA = "anna@x.example", "berta@x.example"
US, OTHERS = "12", "99"


def record(module, id_, email=ANNA, *, carries=None, role=None, is_converted=False, **more):
    ref = RecordRef(module, id_)
    row = {"id": id_, CONTRACT.activecampaign_id: carries, "Converted__s": is_converted}
    return Candidate(Seen(ref, row, NOW), Membership(ref, role) if role else None, email, **more)


def contact(id_=US, email=ANNA, **more):
    return record(CONTACT, id_, email, **more)


def matched(*candidates):
    return match(Person(1, 0, ANNA, (), candidates), CONTRACT)


def in_short(found):
    """A match without the order of its aliases, which says nothing."""
    return replace(found, aliases=frozenset(str(alias.seen.ref) for alias in found.aliases))


def is_deleted_or_converted(candidate):
    return candidate.is_gone or candidate.seen.row["Converted__s"]


def carried_by(candidate):
    return candidate.seen.row[CONTRACT.activecampaign_id]


@st.composite
def people_in_zoho(draw):
    """A handful of records around Anna; a member of this person is never another person's."""
    made = []
    for number in range(draw(st.integers(0, 4))):
        role = draw(st.sampled_from((None, None, Role.PRIMARY, Role.ALIAS)))
        made.append(
            record(
                draw(st.sampled_from((LEADS, CONTACTS))),
                str(number + 1),
                draw(st.sampled_from((ANNA, ANNA, BERTA, None))),
                carries=draw(st.sampled_from((None, None, US, OTHERS))),
                role=role,
                is_converted=draw(st.integers(0, 5)) == 0,
                is_gone=draw(st.integers(0, 5)) == 0,
                belongs_to=None if role else draw(st.sampled_from((None, None, None, 2))),
            )
        )
    return made


@given(people_in_zoho())
def test_only_a_living_record_of_this_person_is_ever_chosen(records):
    chosen = [c for c in (matched(contact(), *records).record,) if c is not None]

    assert [c for c in chosen if is_deleted_or_converted(c) or c.belongs_to is not None] == []


@given(people_in_zoho())
def test_two_different_addresses_are_never_joined_but_by_a_link_or_an_id(records):
    found = matched(contact(), *records)

    joined = [c for c in (found.record, *found.aliases) if c is not None]
    assert [c for c in joined if c.email != ANNA and carried_by(c) != US and c.membership is None] == []


@given(people_in_zoho())
def test_a_stranger_who_carries_the_id_of_somebody_else_is_never_joined(records):
    found = matched(contact(), *records)

    joined = [c for c in (found.record, *found.aliases) if c is not None]
    assert [c for c in joined if carried_by(c) == OTHERS and c.membership is None] == []


@given(people_in_zoho())
def test_nobody_is_made_again_whom_zoho_knows_by_address_or_id(records):
    found = matched(contact(), *records)

    is_new = (found.record, found.review, found.tombstone) == (None, None, None)
    known = [c for c in records if (c.email == ANNA or carried_by(c) == US) and not is_deleted_or_converted(c)]
    assert not (is_new and known)


@given(people_in_zoho())
def test_nobody_is_made_again_who_was_ours_and_was_deleted_or_converted(records):
    found = matched(contact(), *records)

    is_new = (found.record, found.review, found.tombstone) == (None, None, None)
    assert not (is_new and [c for c in records if c.membership and is_deleted_or_converted(c)])


@given(people_in_zoho())
def test_of_several_equally_good_records_none_is_guessed(records):
    found = matched(contact(), *records)

    chosen = [c for c in (found.record,) if c is not None and c.membership is None and carried_by(c) is None]
    rivals = [
        c
        for c in records
        if [c.seen.ref.module] == [other.seen.ref.module for other in chosen]
        and (c.email, carried_by(c), c.membership, c.belongs_to) == (ANNA, None, None, None)
        and not is_deleted_or_converted(c)
    ]
    assert rivals == chosen


@given(people_in_zoho().flatmap(lambda records: st.tuples(st.just(records), st.permutations(records))))
def test_the_order_in_which_records_are_found_does_not_matter(found_in_two_orders):
    usual, shuffled = found_in_two_orders

    assert in_short(matched(contact(), contact("100"), *usual)) == in_short(
        matched(*shuffled, contact("100"), contact())
    )


@given(people_in_zoho())
def test_a_contact_without_an_address_is_never_joined_to_a_record_without_one(records):
    found = matched(contact(email=None), *records)

    joined = [c for c in (found.record, *found.aliases) if c is not None]
    assert [c for c in joined if carried_by(c) != US and c.membership is None] == []


def test_two_contacts_of_one_address_are_for_a_person_even_beside_a_lead():
    found = matched(contact(), record(CONTACTS, "8"), record(CONTACTS, "9"), record(LEADS, "7"))

    assert found.record is None
    assert found.review == "2 Contacts share this address: zoho:Contacts:8, zoho:Contacts:9"


def test_two_records_that_carry_our_id_are_for_a_person_to_tell_apart():
    found = matched(contact(), record(LEADS, "7", carries=US), record(LEADS, "8", BERTA, carries=US))

    assert found.review == "2 Leads share this stored id: zoho:Leads:7, zoho:Leads:8"


def test_a_record_that_carries_our_id_and_stands_for_another_person_is_for_review():
    found = matched(contact(), record(LEADS, "7", BERTA, carries=US, belongs_to=2))

    assert found.review is not None
    assert "zoho:Leads:7" in found.review


def test_a_review_names_only_the_records_that_share_a_key():
    found = matched(contact(), record(LEADS, "7", belongs_to=2), record(LEADS, "8", BERTA, carries=OTHERS))

    assert "zoho:Leads:7" in found.review
    assert "zoho:Leads:8" not in found.review


@pytest.mark.parametrize("more", [{}, {"carries": US}, {"carries": US, "is_converted": True}])
def test_a_deleted_record_of_another_person_stands_in_nobodys_way(more):
    found = matched(contact(), record(LEADS, "7", belongs_to=2, is_gone=True, **more))

    assert (found.record, found.review, found.tombstone) == (None, None, None)


@pytest.mark.parametrize("known_by", [{"role": Role.PRIMARY}, {"role": Role.ALIAS}, {"carries": US}])
def test_our_converted_lead_whose_contact_is_not_seen_yet_is_not_made_again(known_by):
    found = matched(contact(), record(LEADS, "7", is_converted=True, **known_by))

    assert found.record is None
    assert found.tombstone == "zoho:Leads:7 was converted, and the contact made of it is not known yet"


def test_after_a_conversion_the_contact_with_the_address_takes_the_leads_place():
    found = matched(
        contact(role=Role.PRIMARY), record(LEADS, "7", role=Role.PRIMARY, is_converted=True), record(CONTACTS, "8")
    )

    assert str(found.record.seen.ref) == "zoho:Contacts:8"
    assert found.aliases == ()


def test_a_deleted_lead_gives_way_to_another_with_the_address():
    found = matched(contact(), record(LEADS, "7", role=Role.PRIMARY, is_gone=True), record(LEADS, "8"))

    assert str(found.record.seen.ref) == "zoho:Leads:8"
    assert found.tombstone is None


def test_a_contact_that_moved_to_the_address_of_another_lead_is_for_a_person():
    found = matched(contact(), record(LEADS, "7", BERTA, role=Role.PRIMARY), record(LEADS, "8"))

    assert found.review == "zoho:Leads:7 has the old address and zoho:Leads:8 the new one"


def test_the_linked_contact_stays_primary_though_an_older_one_appears():
    found = matched(contact("3"), contact(role=Role.PRIMARY))

    assert str(found.contact.seen.ref) == "activecampaign:contact:12"
    assert [str(alias.seen.ref) for alias in found.aliases] == ["activecampaign:contact:3"]


@pytest.mark.parametrize("absent", [{"is_gone": True}, {"belongs_to": 2}])
def test_without_a_living_contact_of_its_own_a_person_is_known_to_zoho_alone(absent):
    found = matched(contact(**absent), record(LEADS, "7"))

    assert found.contact is None
    assert str(found.record.seen.ref) == "zoho:Leads:7"

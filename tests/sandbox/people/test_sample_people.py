"""The sample people: the same every time, dirty enough, and known to both CRMs where they should be."""

from collections import Counter
from dataclasses import replace

import phonenumbers
import pytest

from sandbox.people.crowd import sample_people
from sandbox.people.person import Standing, ZohoModule
from sandbox.people.vocabulary import LISTS, SALES_STAGES, TAGS


@pytest.fixture(scope="module")
def crowd():
    return list(sample_people(200, seed=1))


def key(email):
    return email.strip().lower()


def test_the_same_seed_makes_the_same_people(crowd):
    assert list(sample_people(200, seed=1)) == crowd
    assert list(sample_people(200, seed=2)) != crowd


def test_a_larger_world_begins_with_the_people_of_a_smaller_one(crowd):
    assert list(sample_people(450, seed=1))[:200] == crowd[:200]


def test_as_many_as_asked_for_are_known_to_marketing_and_a_few_more_to_sales_alone(crowd):
    known = Counter(person.in_activecampaign for person in crowd)

    assert known == {True: 200, False: 8}
    assert all(person.zoho for person in crowd if not person.in_activecampaign)


def test_nobody_shares_an_address(crowd):
    assert len({key(person.email) for person in crowd}) == len(crowd)


def test_addresses_end_where_mail_goes_nowhere(crowd):
    endings = (".example", "@example.com", "@example.org", "@example.net")

    assert all(key(person.email).endswith(endings) for person in crowd)


def test_about_one_in_seven_is_known_to_sales_as_lead_contact_or_both(crowd):
    modules = Counter(tuple(record.module for record in person.zoho) for person in crowd if person.in_activecampaign)

    assert modules[()] == 170
    assert {
        (ZohoModule.LEADS,),
        (ZohoModule.CONTACTS,),
        (ZohoModule.LEADS, ZohoModule.CONTACTS),
        (ZohoModule.LEADS, ZohoModule.LEADS),
    } <= modules.keys()


def test_no_two_contacts_of_sales_share_an_address(crowd):
    contacts = [key(r.email) for person in crowd for r in person.zoho if r.module is ZohoModule.CONTACTS]

    assert len(set(contacts)) == len(contacts)


def test_sales_writes_some_addresses_in_other_letters(crowd):
    pairs = [(person.email.strip(), record.email) for person in crowd for record in person.zoho]

    assert any(ours != theirs and key(ours) == key(theirs) for ours, theirs in pairs)


@pytest.mark.parametrize(
    "is_dirty",
    [
        lambda person: person.phone == "",
        lambda person: person.phone.startswith("+"),
        lambda person: person.country == "",
        lambda person: len(person.country) == 2,
        lambda person: person.email != person.email.strip(),
        lambda person: person.email.isupper(),
        lambda person: not person.email.isascii() or "xn--" in person.email,
        lambda person: key(person.email).startswith(("test", "noreply@", "none@", "na@", "info@", "asdf@")),
        lambda person: person.last_name == "Unknown",
        lambda person: person.last_name == "-",
        lambda person: " " in person.first_name and person.last_name == "",
        lambda person: len(person.company) > 255,
        lambda person: len(person.job_title) > 300,
        lambda person: person.industry == "Space Mining",
        lambda person: person.standing is Standing.UNSUBSCRIBED,
        lambda person: person.standing is Standing.BOUNCED,
        lambda person: person.standing is Standing.UNCONFIRMED,
        lambda person: person.standing is None and person.lists == {},
        lambda person: any("," in tag for tag in person.tags),
    ],
)
def test_real_dirt_is_there(crowd, is_dirty):
    assert any(is_dirty(person) for person in crowd)


def test_one_company_has_many_people(crowd):
    largest = Counter(person.company for person in crowd if person.company).most_common(1)

    assert largest[0][1] >= 8


def test_most_numbers_are_ones_a_number_plan_calls_valid(crowd):
    typed = [person for person in crowd if person.phone and not person.phone.startswith("call")]
    valid = [person for person in typed if is_valid(person.phone, person.country_code)]

    assert len(valid) / len(typed) > 0.85


def test_words_come_from_the_vocabulary(crowd):
    assert {name for person in crowd for name in person.lists} == set(LISTS)
    assert {name for person in crowd for name in person.tags} <= set(TAGS)
    assert {record.lifecycle_stage for person in crowd for record in person.zoho} <= {"", *SALES_STAGES}


def test_changes_lie_after_creation(crowd):
    assert all(person.changed_before <= person.created_before for person in crowd)


def test_a_person_is_a_value(crowd):
    assert replace(crowd[0], phone="1") != crowd[0]


def is_valid(phone, region):
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(phone, region))
    except phonenumbers.NumberParseException:
        return False

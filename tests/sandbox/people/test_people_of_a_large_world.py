"""Past the hand-picked thousand: more countries, and people who are there twice in ways nothing but a human sees."""

from collections import Counter
from itertools import islice

import phonenumbers
import pytest

from sandbox.people import repeats
from sandbox.people.crowd import HAND_PICKED, sample_people


@pytest.fixture(scope="module")
def crowd():
    return list(sample_people(3_000, seed=1))


@pytest.fixture(scope="module")
def known(crowd):
    return [person for person in crowd if person.in_activecampaign]


@pytest.fixture(scope="module")
def strangers(crowd):
    return [person for person in crowd if not person.in_activecampaign]


def key(email):
    return email.strip().lower()


def test_the_first_people_are_those_of_a_smaller_world(known):
    assert list(islice(sample_people(1_500, seed=1), 1_500)) == known[:1_500]


def test_nobody_in_activecampaign_shares_an_address(known):
    assert len({key(person.email) for person in known}) == len(known) == 3_000


def test_no_two_contacts_of_sales_share_an_address(crowd):
    contacts = [key(record.email) for person in crowd for record in person.zoho if record.module == "Contacts"]
    written = [email for email in contacts if email]

    assert len(set(written)) == len(written)


def test_people_come_from_fifty_countries_or_so(known):
    countries = Counter(person.country_code for person in known[HAND_PICKED:])

    assert len(countries) > 45


def test_most_numbers_are_ones_a_number_plan_calls_valid(known):
    typed = [person for person in known[HAND_PICKED:] if person.phone and not person.phone.startswith("call")]
    valid = [person for person in typed if is_valid(person.phone, person.country_code)]

    assert len(valid) / len(typed) > 0.85


def test_some_are_there_twice_under_a_mistyped_address(known):
    addresses = {key(person.email) for person in known}
    twice = [person for person in known if key(repeats.mistyped(person.email.strip())) in addresses]

    assert len(twice) > 10


def test_sales_knows_some_without_any_address(strangers):
    blank = [record for person in strangers for record in person.zoho if record.email == ""]

    assert blank
    assert all(record.last_name for record in blank)


def test_sales_typed_some_anew_whom_marketing_knows_by_another_address(known, strangers):
    names = {(person.first_name, person.last_name.strip(), person.phone) for person in known}
    anew = [
        person
        for person in strangers[HAND_PICKED // 25 :]
        if person.email and (person.first_name, person.last_name, person.phone) in names
    ]

    assert anew


@pytest.mark.parametrize(
    ("right", "wrong"), [("anna.berg@mail.example", "ann.aberg@mail.example"), ("a@mail.example", "")]
)
def test_fast_fingers_swap_two_letters(right, wrong):
    assert repeats.mistyped(right) == wrong


@pytest.mark.parametrize(("right", "wrong"), [("Lindqvist", "Lindvist"), ("Rowe", "Rowee"), ("", "")])
def test_a_misspelt_name_lacks_a_letter_or_has_one_twice(right, wrong):
    assert repeats.misspelt(right) == wrong


def is_valid(phone, region):
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(phone, region))
    except phonenumbers.NumberParseException:
        return False

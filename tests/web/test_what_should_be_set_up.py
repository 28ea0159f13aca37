"""What should be set up at a vendor, what of it stands, and what is not ours to touch."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from baton.domain.records import CONTACT, CONTACTS, LEADS, Crm
from baton.domain.webhooks import Held, address_problem, is_ours, is_secret, putting, secret_for, wanted

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECRET = "s3cret"
MODULES = (CONTACT, CONTACTS, LEADS)


def wishes(crm, secret=SECRET, now=NOW):
    address = "https://baton.example.com"
    return wanted(crm, connection="demo", address=address, secret=secret, modules=MODULES, now=now)


def as_held(wish, **other):
    held = Held(wish.crm, id=wish.name, name=wish.name, url=wish.url, events=(), is_complete=True, expires=wish.until)
    return replace(held, **other)


def what_to_do(crm, held, fingerprint=None, now=NOW):
    asked = wishes(crm, now=now)
    return putting(asked, held, now=now, fingerprint=fingerprint or asked[0].fingerprint)


def test_activecampaign_is_one_webhook_and_zoho_one_channel_for_each_module():
    assert len(wishes(Crm.ACTIVECAMPAIGN)) == 1
    assert [wish.modules for wish in wishes(Crm.ZOHO)] == [(CONTACTS,), (LEADS,)]


def test_the_secret_is_in_the_address_for_one_and_a_token_for_the_other():
    (marketing,), sales = wishes(Crm.ACTIVECAMPAIGN), wishes(Crm.ZOHO)

    assert (marketing.url, marketing.token) == ("https://baton.example.com/hooks/demo/activecampaign/s3cret", "")
    assert {(wish.url, wish.token) for wish in sales} == {("https://baton.example.com/hooks/demo/zoho", "s3cret")}


def test_a_channel_is_known_by_digits_that_never_change():
    assert [wish.name for wish in wishes(Crm.ZOHO)] == [wish.name for wish in wishes(Crm.ZOHO, secret="other")]
    assert all(wish.name.isdigit() and len(wish.name) <= 18 for wish in wishes(Crm.ZOHO))


def test_what_fits_zoho_is_asked_of_zoho():
    for wish in wishes(Crm.ZOHO, secret=secret_for("key", "demo", Crm.ZOHO)):
        assert len(wish.token) <= 50
        assert len(wish.url) <= 255
        assert timedelta(days=5) < wish.until - NOW < timedelta(days=7)


def test_what_stands_is_left_alone():
    assert what_to_do(Crm.ZOHO, [as_held(wish) for wish in wishes(Crm.ZOHO)]).put == ()


@pytest.mark.parametrize(
    "other",
    [
        {"url": "https://old.example.com/hooks/demo/zoho"},
        {"is_complete": False},
        {"expires": NOW + timedelta(days=2)},
        {"expires": None},
    ],
)
def test_what_is_not_as_it_should_be_is_put_again_in_its_place(other):
    first, second = (as_held(wish) for wish in wishes(Crm.ZOHO))
    amiss = replace(first, **other)

    todo = what_to_do(Crm.ZOHO, [amiss, second])

    assert [(wish.name, held) for wish, held in todo.put] == [(first.name, amiss)]
    assert todo.drop == ()


def test_another_secret_is_put_although_the_vendor_does_not_tell_it_back():
    todo = what_to_do(Crm.ZOHO, [as_held(wish) for wish in wishes(Crm.ZOHO)], fingerprint="of another token")

    assert len(todo.put) == 2


def test_a_second_one_of_ours_is_surplus():
    (wish,) = wishes(Crm.ACTIVECAMPAIGN)
    twin = as_held(wish, id="2")

    todo = what_to_do(Crm.ACTIVECAMPAIGN, [as_held(wish), twin])

    assert (todo.put, todo.drop) == ((), (twin,))


def test_ours_is_what_has_our_name_and_leads_to_our_door():
    (wish,) = wishes(Crm.ACTIVECAMPAIGN)
    ours = as_held(wish, url="https://older.example.com/hooks/demo/activecampaign/other-secret")

    assert is_ours(ours, "demo", MODULES)
    assert not is_ours(replace(ours, name="Newsletter tool"), "demo", MODULES)
    assert not is_ours(replace(ours, url="https://other.example/in"), "demo", MODULES)
    assert not is_ours(ours, "demo-2", MODULES)


def test_each_door_has_a_secret_of_its_own():
    secrets = {secret_for(key, name, crm) for key in ("a", "b") for name in ("demo", "other") for crm in Crm}

    assert len(secrets) == 8
    assert is_secret(secret_for("a", "demo", Crm.ZOHO), secret_for("a", "demo", Crm.ZOHO))
    assert not is_secret("", secret_for("a", "demo", Crm.ZOHO))
    assert not is_secret("ключ", secret_for("a", "demo", Crm.ZOHO))


@pytest.mark.parametrize(
    ("address", "is_practice", "is_fine"),
    [
        ("https://baton.example.com", False, True),
        ("https://baton.example.com:443/below", False, True),
        ("https://baton.example.com:8443", False, False),
        ("http://baton.example.com", False, False),
        ("http://127.0.0.1:8088", True, True),
        ("ftp://baton.example.com", True, False),
        ("baton.example.com", True, False),
        ("https://user:word@baton.example.com", False, False),
        ("https://baton.example.com/?a=b", False, False),
        ("https://" + "a" * 200 + ".example.com", False, False),
        ("https://baton.example.com:port", False, False),
        ("https://[", False, False),
    ],
)
def test_an_address_that_no_vendor_could_call_is_found_before_it_is_asked(address, is_practice, is_fine):
    assert (address_problem(address, is_practice=is_practice) is None) == is_fine


def test_no_secret_shows_where_a_wish_is_printed():
    (wish,) = wishes(Crm.ACTIVECAMPAIGN)

    assert "s3cret" not in repr(wish) + repr(as_held(wish)) + repr(wishes(Crm.ZOHO))

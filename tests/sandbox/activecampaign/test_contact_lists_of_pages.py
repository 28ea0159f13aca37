"""Reading contacts page by page: limits, order, filters."""

from datetime import timedelta

import pytest


def ids_of(response):
    return [int(contact["id"]) for contact in response.json()["contacts"]]


def test_a_page_holds_twenty_contacts_unless_told_otherwise(open_account, clients):
    client = clients(open_account(people=130))

    page = client.get("contacts")

    assert len(page.json()["contacts"]) == 20
    assert page.json()["meta"]["total"] == "130"


def test_a_limit_above_a_hundred_is_cut_down_in_silence(open_account, clients):
    client = clients(open_account(people=130))

    page = client.get("contacts", params={"limit": 500})

    assert len(page.json()["contacts"]) == 100


def test_without_orders_contacts_do_not_come_by_id(client):
    page = client.get("contacts", params={"limit": 100})

    assert ids_of(page) != sorted(ids_of(page))


def test_a_walk_by_id_meets_every_contact_once(open_account, clients):
    client = clients(open_account(people=45))
    met, last = [], 0

    while page := ids_of(client.get("contacts", params={"orders[id]": "ASC", "id_greater": last, "limit": 20})):
        met += page
        last = page[-1]

    assert met == list(range(1, 46))


def test_offset_and_limit_cut_the_same_order(client):
    whole = ids_of(client.get("contacts", params={"orders[id]": "ASC", "limit": 20}))

    second = ids_of(client.get("contacts", params={"orders[id]": "ASC", "limit": 5, "offset": 5}))

    assert second == whole[5:10]


def test_the_newest_contact_comes_first_when_ordered_by_creation_downwards(client, hand_clock):
    hand_clock.advance(minutes=1)
    made = client.post("contacts", json={"contact": {"email": "new@halden.example"}}).json()["contact"]

    page = client.get("contacts", params={"orders[cdate]": "DESC", "limit": 1})

    assert ids_of(page) == [int(made["id"])]


def test_a_date_in_the_future_finds_nobody(client, hand_clock):
    later = (hand_clock.moment + timedelta(days=1)).isoformat()

    page = client.get("contacts", params={"filters[updated_after]": later})

    assert page.json()["contacts"] == []
    assert page.json()["meta"]["total"] == "0"


def test_a_contact_is_found_a_second_before_its_own_stamp_and_not_an_hour_after(client, contact, hand_clock):
    before = (hand_clock.moment - timedelta(seconds=1)).isoformat()
    after = (hand_clock.moment + timedelta(hours=1)).isoformat()

    found = ids_of(client.get("contacts", params={"filters[updated_after]": before, "orders[id]": "ASC"}))
    gone = ids_of(client.get("contacts", params={"filters[updated_after]": after, "orders[id]": "ASC"}))

    assert int(contact["id"]) in found
    assert gone == []


@pytest.mark.parametrize(
    "text", ["2026-03-02T09:00:01", "2026-03-02 09:00:01", "2026-03-02T15:00:01Z", "2026-03-02T16:00:01.000+01:00"]
)
def test_a_date_without_an_offset_is_read_on_the_central_wall_clock(client, contact, text):
    found = ids_of(client.get("contacts", params={"filters[updated_before]": text, "ids[]": contact["id"]}))

    assert found == [int(contact["id"])]


@pytest.mark.parametrize("name", ["filters[updated_since]", "filters[email]", "updated_after", "filters[listid]"])
def test_a_filter_nobody_knows_is_ignored(client, name):
    page = client.get("contacts", params={name: "2099-01-01"})

    assert page.json()["meta"]["total"] == "20"


def test_date_filters_can_be_broken_to_try_a_canary(open_account, clients):
    client = clients(open_account(date_filters_work=False))

    page = client.get("contacts", params={"filters[updated_after]": "2099-01-01"})

    assert page.json()["meta"]["total"] == "20"


def test_an_email_finds_its_owner_in_any_letter_case(client, contact):
    page = client.get("contacts", params={"email": "ADA@Halden.example"})

    assert ids_of(page) == [int(contact["id"])]


def test_ids_ask_for_just_these_contacts(client):
    page = client.get("contacts?ids[]=3&ids[]=5&ids[]=9999&orders[id]=ASC")

    assert ids_of(page) == [3, 5]


def test_a_list_and_a_status_together_mean_one_standing(client, contact):
    client.post("contactLists", json={"contactList": {"list": 3, "contact": contact["id"], "status": 2}})

    page = client.get("contacts", params={"listid": 3, "status": 2, "ids[]": contact["id"]})
    other = client.get("contacts", params={"listid": 3, "status": 1, "ids[]": contact["id"]})

    assert ids_of(page) == [int(contact["id"])]
    assert ids_of(other) == []


def test_a_search_looks_at_names_and_addresses(client, contact):
    page = client.get("contacts", params={"search": "birk", "orders[id]": "ASC", "limit": 100})

    assert int(contact["id"]) in ids_of(page)

"""Second contacts of a deal: who else at the customer's is part of it."""

import pytest


@pytest.fixture
def deal(client):
    sent = {"title": "Vans", "value": 500, "currency": "eur", "contact": "1", "group": "1", "owner": "1"}
    return client.post("deals", json={"deal": sent}).json()["deal"]["id"]


@pytest.fixture
def join(client, deal, contact):
    sent = {"deal": int(deal), "contact": int(contact["id"])}
    return lambda **more: client.post("contactDeals", json={"contactDeal": sent | more})


def test_a_second_contact_brings_the_deal_along(client, deal, contact, join):
    answer = join()

    row = answer.json()["contactDeal"]
    read = client.get(f"contactDeals/{row['id']}").json()["contactDeal"]
    assert answer.status_code == 200
    assert [one["id"] for one in answer.json()["deals"]] == [deal]
    assert (row["deal"], row["contact"]) == (int(deal), int(contact["id"]))
    assert (read["deal"], read["contact"]) == (deal, contact["id"])


def test_nobody_is_part_of_a_deal_twice(join):
    join()

    answer = join()

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "field_invalid")


@pytest.mark.parametrize(
    ("sent", "code"), [({"contact": None}, "field_missing"), ({"contact": 9999}, "related_missing")]
)
def test_both_ends_must_be_there(join, sent, code):
    answer = join(**sent)

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)


def test_a_contact_lists_what_it_is_part_of(client, deal, contact, join):
    join()

    shown = client.get(f"contacts/{contact['id']}/contactDeals").json()

    assert [row["id"] for row in shown["deals"]] == [deal]
    assert [row["id"] for row in shown["contacts"]] == [contact["id"]]
    assert [row["deal"] for row in shown["contactDeals"]] == [deal]


def test_leaving_works_once(client, join):
    row = join().json()["contactDeal"]["id"]

    first, second = (client.delete(f"contactDeals/{row}") for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 404)
    assert second.json() == {"message": f"No Result found for SubscriberDeal with id {row}"}


def test_a_deleted_contact_is_part_of_nothing(client, deal, contact, join):
    join()

    client.delete(f"contacts/{contact['id']}")

    assert client.get(f"deals/{deal}/contactDeals").json() == {"contactDeals": []}

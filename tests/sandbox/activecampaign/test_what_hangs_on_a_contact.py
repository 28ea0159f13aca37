"""Custom values, tags and list standings: their own answers, and how they move the contact's stamp."""

import pytest


def udate(client, contact):
    return client.get(f"contacts/{contact['id']}").json()["contact"]["udate"]


@pytest.fixture
def later(hand_clock):
    """Five seconds pass before the write a test is about."""
    return lambda: hand_clock.advance(seconds=5)


def test_a_custom_value_moves_the_stamp(client, contact, later):
    later()

    answer = client.post("fieldValues", json={"fieldValue": {"contact": contact["id"], "field": "1", "value": "DE"}})

    assert answer.status_code == 201
    assert answer.json()["contacts"][0]["id"] == contact["id"]
    assert udate(client, contact) == "2026-03-02T09:00:05-06:00"


def test_a_second_value_for_the_same_field_replaces_the_first(client, contact):
    wish = {"contact": contact["id"], "field": "1"}
    first = client.post("fieldValues", json={"fieldValue": {**wish, "value": "DE"}}).json()["fieldValue"]

    second = client.post("fieldValues", json={"fieldValue": {**wish, "value": "AT"}}).json()["fieldValue"]

    assert (second["id"], second["value"]) == (first["id"], "AT")


def test_deleting_a_value_leaves_no_row(client, contact):
    sent = {"fieldValue": {"contact": contact["id"], "field": "1", "value": "DE"}}
    value = client.post("fieldValues", json=sent).json()["fieldValue"]

    client.delete(f"fieldValues/{value['id']}")

    assert client.get(f"contacts/{contact['id']}/fieldValues").json() == {"fieldValues": []}
    assert client.get(f"fieldValues/{value['id']}").status_code == 403


def test_values_can_be_sought_by_field_and_value(client, contact):
    client.post("fieldValues", json={"fieldValue": {"contact": contact["id"], "field": "8", "value": "4876"}})

    found = client.get("fieldValues", params={"filters[fieldid]": "8", "filters[val]": "4876"}).json()

    assert [row["contact"] for row in found["fieldValues"]] == [contact["id"]]


def test_a_tag_moves_the_stamp_once(client, contact, later):
    later()
    first = client.post("contactTags", json={"contactTag": {"contact": contact["id"], "tag": 2}})
    later()

    again = client.post("contactTags", json={"contactTag": {"contact": contact["id"], "tag": 2}})

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["contactTag"]["id"] == first.json()["contactTag"]["id"]
    assert "contacts" not in again.json()
    assert udate(client, contact) == "2026-03-02T09:00:05-06:00"


def test_removing_a_tag_goes_unseen_and_works_once(client, contact, later):
    row = client.post("contactTags", json={"contactTag": {"contact": contact["id"], "tag": 2}}).json()["contactTag"]
    later()

    first = client.delete(f"contactTags/{row['id']}")
    second = client.delete(f"contactTags/{row['id']}")

    assert (first.status_code, second.status_code) == (200, 404)
    assert second.json() == {"message": f"No Result found for SubscriberTag with id {row['id']}"}
    assert udate(client, contact) == "2026-03-02T09:00:00-06:00"


def test_a_tag_for_nobody_is_not_found(client):
    answer = client.post("contactTags", json={"contactTag": {"contact": "9999", "tag": "1"}})

    assert (answer.status_code, answer.json()["errors"][0]["detail"]) == (404, "Contact not found")


def test_a_standing_is_echoed_as_it_was_sent_and_read_as_text(client, contact):
    sent = {"contactList": {"contact": contact["id"], "list": 1, "status": 2}}

    answer = client.post("contactLists", json=sent)

    assert (answer.status_code, answer.json()["contactList"]["status"]) == (201, 2)
    rows = client.get(f"contacts/{contact['id']}/contactLists").json()["contactLists"]
    assert [row["status"] for row in rows] == ["2"]


def test_the_same_standing_again_moves_nothing(client, account, contact, later):
    sent = {"contactList": {"contact": contact["id"], "list": "1", "status": "1"}}
    client.post("contactLists", json=sent)
    before = account.ground.journal.last
    later()

    again = client.post("contactLists", json=sent)

    assert (again.status_code, "contacts" in again.json()) == (200, False)
    assert account.ground.journal.read(after=before, limit=10, kind="effect") == []


def test_leaving_a_list_moves_the_stamp_and_dates_the_leaving(client, contact, later):
    wish = {"contact": contact["id"], "list": "1"}
    client.post("contactLists", json={"contactList": {**wish, "status": "1"}})
    later()

    client.post("contactLists", json={"contactList": {**wish, "status": "2"}})

    row = client.get(f"contacts/{contact['id']}/contactLists").json()["contactLists"][0]
    assert (row["status"], row["udate"]) == ("2", "2026-03-02T09:00:05-06:00")
    assert udate(client, contact) == "2026-03-02T09:00:05-06:00"


def test_the_account_wide_standings_ignore_every_filter(client):
    plain = client.get("contactLists").json()
    filtered = client.get("contactLists", params={"filters[contact]": "1", "filters[list]": "3"}).json()

    assert filtered == plain


def test_a_list_counts_who_is_active_on_it(client, account, contact):
    before = client.get("lists").json()["lists"][0]
    client.post("contactLists", json={"contactList": {"contact": contact["id"], "list": "1", "status": "1"}})

    after = client.get("lists").json()["lists"][0]

    assert int(after["active_subscribers"]) == int(before["active_subscribers"]) + 1


def test_a_tag_is_made_found_by_search_and_counted(client, contact):
    made = client.post("tags", json={"tag": {"tag": "Demo Booked", "tagType": "contact"}}).json()["tag"]
    client.post("contactTags", json={"contactTag": {"contact": contact["id"], "tag": made["id"]}})

    found = client.get("tags", params={"search": "demo b"}).json()["tags"]

    assert [(row["id"], row["subscriber_count"]) for row in found] == [(made["id"], "1")]


def test_a_field_made_by_the_api_gets_its_tag_from_its_title(client):
    made = client.post("fields", json={"field": {"title": "Shoe Size", "type": "number"}}).json()["field"]
    client.post("fieldRels", json={"fieldRel": {"field": made["id"], "relid": 0}})

    field = client.get(f"fields/{made['id']}").json()["field"]

    assert field["perstag"] == "SHOE_SIZE"
    assert len(field["relations"]) == 1

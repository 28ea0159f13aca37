"""Writing contacts through the API, and what each write moves."""

import pytest


def effects(account):
    return account.ground.journal.read(after=0, limit=1000, kind="effect")


def udate(client, id_):
    return client.get(f"contacts/{id_}").json()["contact"]["udate"]


def test_an_address_that_is_taken_is_refused_as_a_duplicate(client, contact):
    answer = client.post("contacts", json={"contact": {"email": "ADA@halden.example"}})

    assert answer.status_code == 422
    assert answer.json() == {
        "errors": [
            {
                "title": "Email address already exists in the system",
                "detail": "",
                "code": "duplicate",
                "source": {"pointer": "/data/attributes/email"},
            }
        ]
    }


def test_a_change_by_id_keeps_what_it_does_not_name(client, contact):
    answer = client.put(f"contacts/{contact['id']}", json={"contact": {"lastName": "Birkholm"}})

    assert answer.status_code == 200
    assert (answer.json()["contact"]["firstName"], answer.json()["contact"]["lastName"]) == ("Ada", "Birkholm")


def test_a_new_address_by_id_keeps_the_contact(client, contact):
    client.put(f"contacts/{contact['id']}", json={"contact": {"email": "ada@corvella.example"}})

    owner = client.get("contacts", params={"email": "ada@corvella.example"}).json()["contacts"]
    assert [row["id"] for row in owner] == [contact["id"]]
    assert client.get("contacts", params={"email": "ada@halden.example"}).json()["contacts"] == []


def test_an_address_of_another_contact_cannot_be_taken_over(client, contact):
    other = client.post("contacts", json={"contact": {"email": "other@halden.example"}}).json()["contact"]

    answer = client.put(f"contacts/{other['id']}", json={"contact": {"email": "ada@halden.example"}})

    assert answer.status_code == 422


def test_a_sync_with_a_new_address_makes_a_new_contact(client, contact):
    known = client.post("contact/sync", json={"contact": {"email": "ada@halden.example", "firstName": "Adele"}})
    new = client.post("contact/sync", json={"contact": {"email": "ada@corvella.example"}})

    assert (known.status_code, known.json()["contact"]["id"]) == (200, contact["id"])
    assert (new.status_code, new.json()["contact"]["id"]) == (201, str(int(contact["id"]) + 1))


def test_the_same_values_sent_again_move_the_stamp_and_are_told_as_an_effect_without_changes(
    client, account, contact, hand_clock
):
    hand_clock.advance(seconds=11)

    client.put(f"contacts/{contact['id']}", json={"contact": {"firstName": "Ada"}})

    assert udate(client, contact["id"]) == "2026-03-02T09:00:11-06:00"
    assert (effects(account)[-1]["op"], effects(account)[-1]["changed"]) == ("update", [])


def test_an_effect_names_its_call_its_actor_and_what_is_new(client, account, contact):
    sent = {"contact": {"phone": "030 231251", "fieldValues": [{"field": "8", "value": "4876"}]}}

    client.put(f"contacts/{contact['id']}", json=sent)

    effect = effects(account)[-1]
    call = account.ground.journal.read(after=effect["call"] - 1, limit=1)[0]
    assert effect["values"] == {"phone": "030 231251", "ZOHO_ID": "4876"}
    assert (effect["actor"], effect["email"], effect["module"]) == ("api", "ada@halden.example", "contact")
    assert (call["method"], call["path"], call["status"]) == ("PUT", f"/api/3/contacts/{contact['id']}", 200)


def test_values_come_back_when_values_were_sent(client):
    sent = {"email": "value@halden.example", "fieldValues": [{"field": "1", "value": "DE"}]}

    answer = client.post("contacts", json={"contact": sent}).json()

    assert [(value["field"], value["value"]) for value in answer["fieldValues"]] == [("1", "DE")]


def test_a_value_of_a_field_that_does_not_exist_is_passed_over(client, contact):
    sent = {"contact": {"fieldValues": [{"field": "999", "value": "x"}]}}

    answer = client.put(f"contacts/{contact['id']}", json=sent)

    assert answer.status_code == 200
    assert client.get(f"contacts/{contact['id']}/fieldValues").json() == {"fieldValues": []}


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"contact": 5}', b"{}"])
def test_a_body_that_makes_no_sense_is_a_plain_400(client, body):
    answer = client.post("contacts", content=body)

    assert (answer.status_code, answer.json()) == (400, {})


def test_a_contact_without_an_address_is_refused(client):
    answer = client.post("contacts", json={"contact": {"firstName": "Nobody"}})

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "field_missing")


@pytest.mark.parametrize("email", ["ada", "ada@", "@halden.example", "a b@halden.example", "a@b@c.example"])
def test_an_address_that_is_none_is_refused(client, email):
    answer = client.post("contacts", json={"contact": {"email": email}})

    assert answer.status_code == 422


def test_a_deleted_contact_is_gone_and_its_address_free_under_a_new_id(client, contact):
    first = client.delete(f"contacts/{contact['id']}")
    second = client.delete(f"contacts/{contact['id']}")
    again = client.post("contacts", json={"contact": {"email": "ada@halden.example"}}).json()["contact"]

    assert (first.status_code, first.json()) == (200, {})
    assert (second.status_code, second.json()["message"]) == (
        404,
        f"No result found for contact with id {contact['id']}",
    )
    assert client.get(f"contacts/{contact['id']}").json() == {
        "message": f"No Result found for Subscriber with id {contact['id']}"
    }
    assert int(again["id"]) == int(contact["id"]) + 1


def test_deleting_takes_values_tags_and_standings_along(client, account, contact):
    client.post("contactTags", json={"contactTag": {"contact": contact["id"], "tag": "1"}})
    client.post("contactLists", json={"contactList": {"contact": contact["id"], "list": "1", "status": "1"}})
    client.post("fieldValues", json={"fieldValue": {"contact": contact["id"], "field": "1", "value": "DE"}})

    client.delete(f"contacts/{contact['id']}")

    store = account.ground.store
    shelves = [store.shelf(name) for name in ("contactTags", "contactLists", "fieldValues")]
    assert not [row for shelf in shelves for row in shelf if row["contact"] == contact["id"]]


def test_names_and_values_change_and_clear_in_one_call(client, contact, hand_clock):
    values = [{"field": "1", "value": "Norway"}, {"field": "2", "value": "Buyer"}]
    client.put(f"contacts/{contact['id']}", json={"contact": {"fieldValues": values}})
    hand_clock.advance(seconds=4)
    sent = {"phone": "", "firstName": "Ida", "fieldValues": [{"field": "1", "value": ""}]}

    answer = client.put(f"contacts/{contact['id']}", json={"contact": sent}).json()

    shown = answer["contact"]
    assert (shown["firstName"], shown["lastName"], shown["phone"]) == ("Ida", "Birk", "")
    assert shown["udate"] == "2026-03-02T09:00:04-06:00"
    assert {value["field"]: value["value"] for value in answer["fieldValues"]} == {"1": "", "2": "Buyer"}


def test_a_refused_takeover_of_an_address_leaves_the_rest_unwritten(client, contact):
    client.post("contacts", json={"contact": {"email": "twin@halden.example"}})
    sent = {"email": "Twin@halden.example", "firstName": "Ida", "fieldValues": [{"field": "1", "value": "Norway"}]}

    answer = client.put(f"contacts/{contact['id']}", json={"contact": sent})

    shown = client.get(f"contacts/{contact['id']}").json()
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "duplicate")
    assert (shown["contact"]["firstName"], shown["fieldValues"]) == ("Ada", [])


def test_a_new_contact_is_made_with_its_values(client):
    sent = {"email": "vals@halden.example", "firstName": "Vera", "fieldValues": [{"field": "7", "value": 12}]}

    answer = client.post("contacts", json={"contact": sent})

    body = answer.json()
    assert (answer.status_code, body["contact"]["firstName"]) == (201, "Vera")
    assert [(value["field"], value["value"]) for value in body["fieldValues"]] == [("7", "12")]
    assert "hash" not in body["contact"]

"""Fields deleted, renamed and made by an administrator, and a key that is reset."""

CONTROL = "http://account.example/_sandbox/people"
CHOICE_FIELD = {"label": "Shirt", "type": "dropdown", "choices": ["S", "M"]}


def field_of(client, tag):
    return client.get("fields", params={"filters[perstag]": tag}).json()["fields"]


def values_of(client, contact):
    rows = client.get(f"contacts/{contact['id']}/fieldValues").json()["fieldValues"]
    return {row["field"]: row["value"] for row in rows}


def options_of(client):
    return [option["value"] for option in client.get("fields").json()["fieldOptions"]]


def test_a_deleted_field_takes_its_values_along_and_moves_no_stamp(client, contact, person, hand_clock):
    field = person("add_field", label="Shoe size")
    client.post("fieldValues", json={"fieldValue": {"contact": contact["id"], "field": field["id"], "value": "43"}})
    before = client.get(f"contacts/{contact['id']}").json()["contact"]["udate"]
    hand_clock.advance(minutes=1)

    person("delete_field", field="SHOE_SIZE")

    refused = client.post(
        "fieldValues", json={"fieldValue": {"contact": contact["id"], "field": field["id"], "value": "44"}}
    )
    assert field_of(client, "SHOE_SIZE") == []
    assert field["id"] not in values_of(client, contact)
    assert (refused.status_code, refused.json()["message"]) == (403, f"No Result found for Field with id {field['id']}")
    assert client.get(f"contacts/{contact['id']}").json()["contact"]["udate"] == before


def test_a_renamed_field_keeps_its_number_and_its_values(client, contact, person):
    field = person("add_field", label="Shoe size")
    client.post("fieldValues", json={"fieldValue": {"contact": contact["id"], "field": field["id"], "value": "43"}})

    person("rename_field", field="SHOE_SIZE", name="SIZE_OF_SHOES", label="Size of shoes")

    [renamed] = field_of(client, "SIZE_OF_SHOES")
    assert (renamed["id"], renamed["title"]) == (field["id"], "Size of shoes")
    assert field_of(client, "SHOE_SIZE") == []
    assert values_of(client, contact)[field["id"]] == "43"


def test_a_choice_that_is_removed_stays_where_it_was_chosen(client, contact, person):
    field = person("add_field", **CHOICE_FIELD)
    client.post("fieldValues", json={"fieldValue": {"contact": contact["id"], "field": field["id"], "value": "M"}})

    person("remove_choice", field="SHIRT", choice="M")
    person("add_choice", field="SHIRT", choice="XL")

    assert {"S", "XL"} <= set(options_of(client))
    assert "M" not in options_of(client)
    assert values_of(client, contact)[field["id"]] == "M"


def test_a_field_that_is_made_belongs_to_all_lists(client, person):
    field = person("add_field", label="Shoe size")

    relations = client.get("fields").json()["fieldRels"]

    assert [row["relid"] for row in relations if row["field"] == field["id"]] == ["0"]


def test_what_is_there_already_or_is_not_there_is_refused(client, person):
    person("add_field", label="Shoe size")
    refused = {
        "add_field": {"label": "Shoe size"},
        "delete_field": {"field": "NOWHERE"},
        "remove_choice": {"field": "SHOE_SIZE", "choice": "M"},
        "add_choice": {"field": "SHOE_SIZE", "choice": "M"},
    }

    answers = [client.post(f"{CONTROL}/{deed}", json=body).status_code for deed, body in refused.items()]

    assert answers == [400, 404, 404, 400]


def test_changed_fields_outlive_a_restart(open_account, clients, tmp_path):
    first = open_account(data=tmp_path / "ac.db")
    first.crm.deeds["add_field"]({"label": "Shoe size"})
    first.crm.deeds["rename_field"]({"field": "SHOE_SIZE", "name": "SIZE"})
    first.ground.store.flush()
    first.close()

    again = clients(open_account(data=tmp_path / "ac.db"))

    assert [row["title"] for row in field_of(again, "SIZE")] == ["Shoe size"]


def test_a_key_that_is_reset_opens_nothing_until_it_is_good_again(client, person):
    person("revoke_token")
    refused = client.get("users/me")

    person("give_token")

    assert (refused.status_code, refused.content) == (403, b"")
    assert client.get("users/me").status_code == 200

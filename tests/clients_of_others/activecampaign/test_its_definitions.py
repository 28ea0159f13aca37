"""Lists, tags and fields defined by a client others wrote: each effect is read back from the account's own state."""


def test_a_list_is_made_and_joined(client, ada, stored):
    sent = {"name": "Fairs", "stringid": "fairs", "sender_url": "https://halden.example", "sender_reminder": "We met"}
    made = client.lists.create_a_list({"list": sent})["list"]

    client.contacts.update_list_status_for_a_contact(
        {"contactList": {"list": made["id"], "contact": ada["id"], "status": 1}}
    )

    assert stored("list", made["id"])["name"] == client.lists.retrieve_a_list(made["id"])["list"]["name"] == "Fairs"
    assert stored("contact", ada["id"])["lists"]["Fairs"] == "1"


def test_a_deleted_list_is_gone(client, control):
    sent = {"name": "Fairs", "stringid": "fairs", "sender_url": "https://halden.example", "sender_reminder": "We met"}
    made = client.lists.create_a_list({"list": sent})["list"]

    client.lists.delete_a_list(made["id"])

    assert control.get(f"records/list/{made['id']}").status_code == 404


def test_a_tag_is_renamed_where_it_is_worn(client, ada, stored):
    client.contacts.add_a_tag_to_contact({"contactTag": {"contact": ada["id"], "tag": "1"}})

    client.tags.update_a_tag("1", {"tag": {"tag": "Hotter Lead"}})

    assert stored("contact", ada["id"])["tags"] == ["Hotter Lead"]


def test_a_deleted_tag_is_worn_by_nobody(client, ada, stored, control):
    client.contacts.add_a_tag_to_contact({"contactTag": {"contact": ada["id"], "tag": "1"}})

    client.tags.delete_a_tag("1")

    assert control.get("records/tag/1").status_code == 404
    assert stored("contact", ada["id"])["tags"] == []
    assert client.contacts.retrieve_contact_tags(ada["id"])["contactTags"] == []


def test_a_field_is_renamed_and_its_values_stay(client, ada, stored):
    client.contacts.create_a_custom_field_value({"fieldValue": {"contact": ada["id"], "field": "1", "value": "Norway"}})

    client.contacts.update_a_custom_field("1", {"field": {"title": "Land"}})

    assert stored("field", "1")["title"] == "Land"
    assert "Norway" in stored("contact", ada["id"])["fields"].values()


def test_a_deleted_field_takes_its_values_along(client, ada, stored, control):
    client.contacts.create_a_custom_field_value({"fieldValue": {"contact": ada["id"], "field": "1", "value": "Norway"}})

    client.contacts.delete_a_custom_field("1")

    assert control.get("records/field/1").status_code == 404
    assert stored("contact", ada["id"])["fields"] == {}
    assert {row["field"] for row in client.contacts.list_all_custom_field_values()["fieldValues"]}.isdisjoint({"1"})


def test_a_field_gets_another_choice(client, stored):
    field = client.contacts.create_a_custom_field({"field": {"type": "dropdown", "title": "Size"}})["field"]
    option = {"orderid": 1, "value": "xl", "label": "XL", "isdefault": False, "field": field["id"]}

    client.contacts.create_custom_field_options({"fieldOptions": [option]})

    read = client.contacts.retrieve_a_custom_field(field["id"])
    assert [option["value"] for option in read["fieldOptions"]] == ["xl"]

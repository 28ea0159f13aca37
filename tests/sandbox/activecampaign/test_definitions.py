"""Fields, options, tags and lists are defined, changed and deleted through the API."""

import pytest

LIST = {"name": "Readers", "stringid": "readers", "sender_url": "https://us.example", "sender_reminder": "You asked."}


@pytest.fixture
def field(client):
    return client.post("fields", json={"field": {"title": "Hobby", "type": "dropdown"}}).json()["field"]


@pytest.fixture
def options(client, field):
    wanted = [{"field": field["id"], "label": name.title(), "value": name} for name in ("chess", "rowing")]
    return client.post("fieldOption/bulk", json={"fieldOptions": wanted}).json()["fieldOptions"]


def test_a_field_that_is_changed_keeps_its_personalisation_tag(client, field):
    client.put(f"fields/{field['id']}", json={"field": {"title": "Pastime", "perstag": "OTHER", "descript": "Fun"}})

    shown = client.get(f"fields/{field['id']}").json()["field"]
    assert (shown["title"], shown["perstag"], shown["descript"]) == ("Pastime", "HOBBY", "Fun")


def test_two_fields_cannot_have_one_title(client, field):
    other = client.post("fields", json={"field": {"title": "Sport", "type": "text"}}).json()["field"]

    refused = client.put(f"fields/{other['id']}", json={"field": {"title": "Hobby"}})

    assert refused.status_code == 422


def test_a_fields_values_die_with_it_and_no_stamp_moves(client, contact, field, hand_clock):
    value = {"contact": contact["id"], "field": field["id"], "value": "chess"}
    client.post("fieldValues", json={"fieldValue": value})
    before = client.get(f"contacts/{contact['id']}").json()["contact"]["udate"]
    hand_clock.advance(minutes=1)

    client.delete(f"fields/{field['id']}")

    shown = client.get(f"contacts/{contact['id']}").json()
    assert shown["fieldValues"] == []
    assert shown["contact"]["udate"] == before
    assert client.get(f"fields/{field['id']}").status_code == 404


def test_options_are_added_in_bulk_and_removed_one_by_one(client, field, options):
    chess, rowing = options

    gone = client.delete(f"fieldOptions/{chess['id']}")

    assert (gone.status_code, gone.content) == (200, b"")
    assert client.get(f"fields/{field['id']}").json()["field"]["options"] == [rowing["id"]]
    assert client.get(f"fieldOptions/{chess['id']}").status_code == 404


def test_options_of_a_field_that_is_not_there_are_refused_whole(client, field):
    wanted = [{"field": field["id"], "value": "chess"}, {"field": "9999", "value": "rowing"}]

    refused = client.post("fieldOption/bulk", json={"fieldOptions": wanted})

    assert refused.status_code == 404
    assert client.get(f"fields/{field['id']}").json()["field"]["options"] == []


def test_a_field_is_taken_off_a_list_again(client, field):
    relation = client.post("fieldRels", json={"fieldRel": {"field": field["id"], "relid": 0}}).json()["fieldRel"]

    client.delete(f"fieldRels/{relation['id']}")

    assert client.get(f"fields/{field['id']}").json()["field"]["relations"] == []
    assert client.delete(f"fieldRels/{relation['id']}").status_code == 404


def test_a_tag_that_is_deleted_is_nobodys(client, contact):
    tag = client.post("tags", json={"tag": {"tag": "Brief", "tagType": "contact"}}).json()["tag"]
    client.post("contactTags", json={"contactTag": {"contact": contact["id"], "tag": tag["id"]}})

    client.delete(f"tags/{tag['id']}")

    assert client.get(f"contacts/{contact['id']}/contactTags").json()["contactTags"] == []
    assert client.delete(f"tags/{tag['id']}").status_code == 404


def test_a_tag_is_renamed_where_nobody_has_the_name(client):
    first, second = (
        client.post("tags", json={"tag": {"tag": name, "tagType": "contact"}}).json()["tag"] for name in ("One", "Two")
    )

    renamed = client.patch(f"tags/{first['id']}", json={"tag": {"tag": "Three"}})
    refused = client.put(f"tags/{second['id']}", json={"tag": {"tag": "three"}})

    assert renamed.json()["tag"]["tag"] == "Three"
    assert refused.status_code == 422


def test_a_list_is_made_renamed_and_deleted_with_its_standings(client, contact):
    made, kept = (client.post("lists", json={"list": LIST | {"name": name}}).json()["list"] for name in ("One", "Two"))
    for id_ in (made["id"], kept["id"]):
        client.post("contactLists", json={"contactList": {"contact": contact["id"], "list": id_, "status": 1}})

    renamed = client.patch(f"lists/{made['id']}", json={"list": {"name": "Readers and friends"}}).json()["list"]
    client.delete(f"lists/{made['id']}")

    assert (renamed["name"], renamed["stringid"]) == ("Readers and friends", "readers")
    assert client.get(f"lists/{made['id']}").status_code == 404
    standings = client.get(f"contacts/{contact['id']}/contactLists").json()["contactLists"]
    assert [standing["list"] for standing in standings] == [kept["id"]]


@pytest.mark.parametrize("lacking", ["name", "sender_url", "sender_reminder"])
def test_a_list_must_say_who_sends(client, lacking):
    refused = client.post("lists", json={"list": {**LIST, lacking: ""}})

    assert refused.status_code == 422

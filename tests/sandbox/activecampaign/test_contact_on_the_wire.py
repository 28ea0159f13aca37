"""What one contact looks like: strings for numbers, Central stamps, links, side-loads."""

import json

INCLUDE = "fieldValues,contactLists,contactLists.list,contactTags,contactTags.tag"


def test_numbers_are_strings(client):
    page = client.get("contacts", params={"limit": 1}).json()

    contact = page["contacts"][0]
    assert all(isinstance(contact[name], str) for name in ("id", "orgid", "bounced_hard", "sentcnt", "deleted"))
    assert page["meta"]["total"] == "20"


def test_stamps_carry_the_central_offset_and_whole_seconds(contact):
    assert contact["cdate"] == "2026-03-02T09:00:00-06:00"


def test_stamps_called_utc_are_the_central_wall_clock(client, contact):
    shown = client.get(f"contacts/{contact['id']}").json()["contact"]

    assert shown["updated_utc_timestamp"] == "2026-03-02 09:00:00"
    assert shown["created_timestamp"] == shown["created_utc_timestamp"]


def test_in_summer_the_offset_is_another(client, hand_clock):
    hand_clock.advance(days=120)

    made = client.post("contacts", json={"contact": {"email": "summer@halden.example"}}).json()["contact"]

    assert made["cdate"].endswith("-05:00")


def test_side_loads_stand_at_the_top_and_as_ids_on_the_contact(client):
    page = client.get("contacts", params={"include": INCLUDE, "limit": 100}).json()

    told = {value["id"] for value in page["fieldValues"]}
    assert told == {id_ for contact in page["contacts"] for id_ in contact["fieldValues"]}
    assert {row["list"] for row in page["contactLists"]} == {row["id"] for row in page["lists"]}
    assert {row["tag"] for row in page["contactTags"]} == {row["id"] for row in page["tags"]}


def test_without_include_values_and_standings_are_not_in_the_row(client):
    contact = client.get("contacts", params={"limit": 1}).json()["contacts"][0]

    assert not {"fieldValues", "contactLists", "contactTags"} & contact.keys()


def test_one_contact_brings_values_and_standings_but_no_tags(client):
    one = client.get("contacts/1").json()

    assert one["contact"]["fieldValues"] == [value["id"] for value in one["fieldValues"]]
    assert "contactLists" in one
    assert "contactTags" not in one


def test_the_company_is_told_by_name(client):
    page = client.get("contacts", params={"limit": 100}).json()["contacts"]

    named = [contact for contact in page if contact["orgname"]]
    assert named
    assert all(contact["organization"] == contact["orgid"] for contact in named)


def test_links_begin_with_the_host_that_was_called(client):
    contact = client.get("contacts/1").json()["contact"]

    assert contact["links"]["contactTags"] == "http://account.example/api/3/contacts/1/contactTags"


def test_json_is_written_as_php_writes_it(client):
    client.post("contacts", json={"contact": {"email": "joerg@halden.example", "firstName": "Jörg"}})

    text = client.get("contacts", params={"email": "joerg@halden.example"}).text

    assert "J\\u00f6rg" in text
    assert "http:\\/\\/account.example\\/api" in text


def test_every_answer_sets_cookies_and_names_the_request(client):
    answer = client.get("users/me")

    assert answer.headers["x-request-id"]
    assert {"PHPSESSID", "em_acp_globalauth_cookie"} <= set(answer.cookies)
    assert answer.headers["date"] == "Mon, 02 Mar 2026 15:00:00 GMT"
    assert answer.headers["content-type"] == "application/json"


def test_the_echo_of_a_create_is_smaller_than_a_read(client):
    answer = client.post("contacts", json={"contact": {"email": "small@halden.example", "firstName": "Small"}})

    assert answer.status_code == 201
    expected = {"email", "firstName", "cdate", "udate", "phone", "orgid", "orgname", "organization", "links", "id"}
    assert answer.json()["contact"].keys() == expected


def test_sub_resources_are_read_per_contact(client, contact):
    client.post("contactTags", json={"contactTag": {"contact": contact["id"], "tag": "1"}})

    rows = client.get(f"contacts/{contact['id']}/contactTags").json()

    assert rows.keys() == {"contactTags"}
    assert rows["contactTags"][0]["tag"] == "1"


def test_definitions_bring_their_options(client):
    page = client.get("fields", params={"filters[perstag]": "LIFECYCLE_STAGE"}).json()

    assert [field["type"] for field in page["fields"]] == ["dropdown"]
    assert "MQL" in json.dumps(page["fieldOptions"])
    assert page["fieldRels"][0]["relid"] == "0"

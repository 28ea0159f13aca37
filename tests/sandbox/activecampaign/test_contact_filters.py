"""What narrows a list of contacts, one parameter at a time, and what happens at the edges."""

import pytest


def emails_of(client, **params):
    return [row["email"] for row in client.get("contacts", params=params).json()["contacts"]]


def test_contacts_of_a_form_are_found_by_it(client, person):
    person("submit_form", form="Demo request", email="vera@halden.example")

    assert emails_of(client, formid="1") == ["vera@halden.example"]


def test_contacts_that_entered_an_automation_are_found_by_it(client, contact):
    client.post("contactAutomations", json={"contactAutomation": {"contact": contact["id"], "automation": "1"}})

    assert emails_of(client, seriesid="1") == [contact["email"]]
    assert emails_of(client, seriesid="2") == []


def test_a_segment_nobody_made_is_empty(client):
    assert client.get("contacts", params={"segmentid": "1"}).json()["meta"]["total"] == "0"


def test_contacts_of_an_account_are_found_by_the_old_name_of_the_parameter(client, contact, person):
    person("edit", module="contact", id=contact["id"], values={"orgname": "Halden Werke"})
    account = client.get(f"contacts/{contact['id']}").json()["contact"]["orgid"]

    assert emails_of(client, organization=account) == [contact["email"]]


def test_only_contacts_on_a_list_are_left_when_asked_for_lists_of_the_group(client, contact):
    everybody = client.get("contacts").json()["meta"]["total"]

    listed = client.get("contacts", params={"in_group_lists": "true", "limit": 100}).json()

    assert int(listed["meta"]["total"]) < int(everybody)
    assert contact["id"] not in [row["id"] for row in listed["contacts"]]


def test_one_contact_can_be_left_out(client):
    ids = [row["id"] for row in client.get("contacts", params={"exclude": "3", "limit": 100}).json()["contacts"]]

    assert len(ids) == 19
    assert "3" not in ids


@pytest.mark.parametrize(("name", "value"), [("phone", "030 23"), ("email_like", "ALDEN.EX"), ("search", "BIRK ada@")])
def test_parts_of_a_contact_find_it(client, contact, name, value):
    found = emails_of(client, **{name: value})

    assert contact["email"] in found


def test_a_search_looks_into_one_line_of_names_address_phone_and_company(client, contact):
    assert emails_of(client, search="Ada Birk") == [contact["email"]]
    assert emails_of(client, search="231250") == [contact["email"]]
    assert emails_of(client, search="nobody at all") == []


@pytest.mark.parametrize("status", ["-1", "7", "active"])
def test_a_status_that_is_none_finds_everybody(client, status):
    assert client.get("contacts", params={"status": status}).json()["meta"]["total"] == "20"


def test_several_orders_count_in_their_order(client, person):
    for name, first in (("Zoe", "a"), ("Zoe", "b"), ("Aya", "c")):
        person("create", module="contact", values={"email": f"{first}@order.example", "firstName": name})

    found = emails_of(client, **{"email_like": "@order.example", "orders[first_name]": "DESC", "orders[email]": "DESC"})

    assert found == ["b@order.example", "a@order.example", "c@order.example"]


def test_the_answer_says_what_was_understood(client):
    meta = client.get("contacts", params={"listid": "2", "search": "x", "status": "1", "offset": "5"}).json()["meta"]

    said = meta["page_input"]
    assert (said["listid"], said["search"], said["status"], said["offset"], said["limit"]) == (2, "x", 1, 5, 20)
    assert said["segmentid"] is None
    assert len(said["cacheid"]) == 32


@pytest.mark.parametrize(("how", "outcome"), [("capped", (200, 100)), ("ignored", (200, 20)), ("refused", (400, 0))])
def test_what_becomes_of_a_limit_above_a_hundred_is_a_switch(open_account, clients, how, outcome):
    client = clients(open_account(people=130, limit_over_most=how))

    answer = client.get("contacts", params={"limit": "101"})

    assert (answer.status_code, len(answer.json().get("contacts", ()))) == outcome


def test_a_change_to_the_address_of_another_is_refused_whole(client, contact):
    other = client.get("contacts/3").json()["contact"]["email"]
    sent = {"contact": {"email": other.upper(), "firstName": "Eva"}}

    answer = client.put(f"contacts/{contact['id']}", json=sent)

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "duplicate")
    assert client.get(f"contacts/{contact['id']}").json()["contact"]["firstName"] == "Ada"


def test_the_switch_has_it_go_through_without_the_address(open_account, clients):
    client = clients(open_account(email_of_another="ignored"))
    before, other = (client.get(f"contacts/{id_}").json()["contact"]["email"] for id_ in (2, 3))

    answer = client.put("contacts/2", json={"contact": {"email": other, "firstName": "Eva"}})

    assert answer.status_code == 200
    assert (answer.json()["contact"]["email"], answer.json()["contact"]["firstName"]) == (before, "Eva")


def test_an_unchanged_save_moves_the_stamp_unless_switched(open_account, clients, hand_clock):
    stamps = []
    for moves in (True, False):
        client = clients(open_account(unchanged_saves_move_udate=moves))
        known = client.get("contacts/2").json()["contact"]
        hand_clock.advance(minutes=1)
        client.put("contacts/2", json={"contact": {"firstName": known["firstName"]}})
        stamps.append(client.get("contacts/2").json()["contact"]["udate"] != known["udate"])

    assert stamps == [True, False]


def test_an_account_can_be_given_by_its_number(client, contact, person):
    person("edit", module="contact", id="2", values={"orgname": "Halden Werke"})
    account = client.get("contacts/2").json()["contact"]["orgid"]

    joined = client.put(f"contacts/{contact['id']}", json={"contact": {"orgid": int(account)}})
    left = client.put(f"contacts/{contact['id']}", json={"contact": {"orgid": 0}})

    assert joined.json()["contact"]["orgname"] == "Halden Werke"
    assert left.json()["contact"]["orgid"] == "0"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("trackingLogs", "trackingLogs"),
        ("bounceLogs", "bounceLogs"),
        ("contactLogs", "contactLogs"),
        ("contactGoals", "contactGoals"),
        ("geoIps", "geoIps"),
        ("automationEntryCounts", "automationEntryCounts"),
        ("contactData", "contactDatum"),
        ("plusAppend", "plusAppend"),
        ("organization", "organization"),
    ],
)
def test_what_hangs_on_a_contact_can_be_read(client, contact, name, key):
    answer = client.get(f"contacts/{contact['id']}/{name}")

    assert (answer.status_code, list(answer.json())) == (200, [key])
    assert client.get(f"contacts/9999/{name}").json() == {"message": "No Result found for Subscriber with id 9999"}


def test_a_contact_knows_how_often_it_went_through_an_automation(client, contact):
    sent = {"contactAutomation": {"contact": contact["id"], "automation": "1"}}
    client.post("contactAutomations", json=sent)
    client.post("contactAutomations", json=sent)

    [count] = client.get(f"contacts/{contact['id']}/automationEntryCounts").json()["automationEntryCounts"]

    assert (count["id"], count["name"], count["contactEntryCount"]) == ("1", "Demo request", "2")


@pytest.mark.parametrize(("removes", "left"), [(False, [""]), (True, [])])
def test_a_blank_value_empties_the_field_or_takes_it_away_by_a_switch(open_account, clients, removes, left):
    client = clients(open_account(people=0, blank_values_remove=removes))
    for value in ("Norway", ""):
        sent = {"email": "ada@halden.example", "fieldValues": [{"field": "1", "value": value}]}
        client.post("contact/sync", json={"contact": sent})

    assert [row["value"] for row in client.get("contacts/1/fieldValues").json()["fieldValues"]] == left

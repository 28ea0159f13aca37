"""The stream of what happened around a contact."""

import pytest


@pytest.fixture
def stream(client, contact):
    """The activities of the contact, as its kinds and actions."""

    def read(**params):
        answer = client.get("activities", params={"contact": contact["id"], **params}).json()
        return [(row["reference_type"], row["reference_action"]) for row in answer["activities"]]

    return read


def test_the_newest_comes_first(client, contact, hand_clock, person, stream):
    hand_clock.advance(minutes=1)
    client.post("contactLists", json={"contactList": {"list": 1, "contact": contact["id"], "status": 1}})
    hand_clock.advance(minutes=1)
    client.post("contactTags", json={"contactTag": {"contact": contact["id"], "tag": 1}})
    hand_clock.advance(minutes=1)
    person("visit_page", id=contact["id"], url="https://www.halden.example/")

    told = stream()

    assert told == [
        ("TrackingLog", "add"),
        ("SubscriberTag", "add"),
        ("SubscriberList", "subscribe"),
        ("Subscriber", "create"),
    ]
    assert stream(**{"orders[tstamp]": "ASC"}) == told[::-1]


def test_only_what_came_after_a_moment_is_told(hand_clock, contact, person, stream):
    hand_clock.advance(minutes=1)
    person("open_mail", id=contact["id"])

    assert stream(after="2026-03-02T09:00:30-06:00") == [("Log", "open")]
    assert stream(after="2027-01-01") == []


def test_an_activity_keeps_its_number_and_outlives_what_it_refers_to(client, contact, stream):
    assigned = client.post("contactTags", json={"contactTag": {"contact": contact["id"], "tag": 1}}).json()
    first = client.get("activities", params={"contact": contact["id"]}).json()

    client.delete(f"contactTags/{assigned['contactTag']['id']}")

    again = client.get("activities", params={"contact": contact["id"], "include": "contactTags"}).json()
    assert again["activities"] == first["activities"]
    assert again["contactTags"] == []


def test_what_an_activity_refers_to_comes_along_when_asked(client, contact, person):
    person("visit_page", id=contact["id"], url="https://www.halden.example/")
    person("enter_automation", id=contact["id"], automation="Demo request")
    client.post("notes", json={"note": {"note": "Call back", "relid": contact["id"], "reltype": "Subscriber"}})

    names = "trackingLogs,contactAutomations,notes,contactLists"
    answer = client.get("activities", params={"contact": contact["id"], "include": names}).json()

    assert [len(answer[name]) for name in names.split(",")] == [1, 1, 1, 0]
    assert answer["notes"][0]["note"] == "Call back"


def test_the_stream_of_all_holds_only_what_was_read_before(client, contact):
    before = client.get("activities").json()["activities"]

    client.get("activities", params={"contact": contact["id"]})

    assert before == []
    assert [row["reference"] for row in client.get("activities").json()["activities"]] == [
        {"type": "contact", "id": contact["id"]}
    ]


def test_the_account_counts_its_contacts(client):
    said = client.get("settings/account").json()["account"]

    assert (said["subscriber_limit"], said["subscriber_total"]) == (250_000, "20")


@pytest.mark.parametrize("path", ["users/1", "users/email/admin@marketing.example", "users/username/admin"])
def test_a_user_is_found_by_number_address_and_name(client, path):
    assert client.get(path).json() == client.get("users/me").json()
    assert client.get(f"{path}x").json()["message"].startswith("No Result found for User with id ")

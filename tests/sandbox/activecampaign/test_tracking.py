"""Events and page visits: who may report them, where they show, and what they are worth."""

import json

import pytest

EVENT_DOOR = "http://account.example/event"
KEYS = {"actid": "1000017", "key": "practice-activecampaign-event-key"}


@pytest.fixture
def report(client):
    """Report an event the way a site does."""

    def send(**said):
        return client.post(EVENT_DOOR, data={**KEYS, **said}, headers={"Api-Token": ""})

    return send


def visitor(contact):
    return json.dumps({"email": contact["email"]})


def test_an_event_is_taken_without_the_token_of_the_api(client, contact, report):
    answer = report(event="demo watched", eventdata="40 minutes", visit=visitor(contact))

    [log] = client.get(f"contacts/{contact['id']}/trackingLogs").json()["trackingLogs"]
    assert answer.json() == {"success": 1, "message": "Event spawned"}
    assert (log["type"], log["value"], log["contact"]) == ("demo watched", "40 minutes", contact["id"])
    assert log["tstamp"] == "2026-03-02T09:00:00-06:00"
    assert client.get(f"trackingLogs/{log['id']}/contact").json()["contact"]["id"] == contact["id"]


def test_an_event_of_nobody_known_is_taken_and_forgotten(account, client, report):
    answer = report(event="demo watched", visit='{"email":"nobody@halden.example"}')

    assert answer.json()["success"] == 1
    assert account.ground.journal.read(after=0, limit=10, kind="effect") == []
    assert client.get("eventTrackingEvents").json()["eventTrackingEvents"] == [{"name": "demo watched"}]


@pytest.mark.parametrize(
    "said",
    [
        {"event": ""},
        {"event": "x" * 33},
        {"event": "demo", "actid": ""},
        {"event": "demo", "actid": "9"},
        {"event": "demo", "key": "wrong"},
    ],
)
def test_what_is_wrong_with_an_event_stands_in_a_body_of_200(report, said):
    answer = report(**said)

    assert (answer.status_code, answer.json()["success"]) == (200, 0)
    assert answer.json()["message"]


def test_no_event_is_taken_while_tracking_is_off(client, contact, report):
    switched = client.put("eventTracking", json={"eventTracking": {"enabled": False}})

    refused = report(event="demo", visit=visitor(contact))

    assert switched.json() == client.get("eventTracking").json() == {"eventTracking": {"enabled": False}}
    assert refused.json()["success"] == 0
    assert client.get(f"contacts/{contact['id']}/trackingLogs").json() == {"trackingLogs": []}


def test_events_can_be_limited_to_the_names_there_are(open_account, clients):
    client = clients(open_account(unknown_events_are_added=False))
    client.post("eventTrackingEvents", json={"eventTrackingEvent": {"name": "known"}})

    answers = [client.post(EVENT_DOOR, data={**KEYS, "event": event}).json() for event in ("known", "unknown")]

    assert [answer["success"] for answer in answers] == [1, 0]


def test_event_names_are_made_listed_and_removed(client):
    made = client.post("eventTrackingEvents", json={"eventTrackingEvent": {"name": "signed up"}})

    assert (made.status_code, made.json()) == (201, {"eventTrackingEvent": {"name": "signed up"}})
    assert client.get("eventTrackingEvents").json()["meta"] == {"total": 1}
    assert client.delete("eventTrackingEvents/signed up").json() == {}
    assert client.delete("eventTrackingEvents/signed up").status_code == 404


def test_a_switch_needs_a_plain_yes_or_no(client):
    assert client.put("eventTracking", json={"eventTracking": {"enabled": "yes"}}).status_code == 400
    assert client.put("siteTracking", json={}).status_code == 400


def test_a_visit_leaves_a_log_and_moves_the_score_but_not_the_contact(client, contact, hand_clock, person):
    before = client.get(f"contacts/{contact['id']}").json()["contact"]["udate"]
    hand_clock.advance(minutes=1)

    for _ in range(3):
        person("visit_page", email=contact["email"], url="https://www.halden.example/prices")

    logs = client.get(f"contacts/{contact['id']}/trackingLogs").json()["trackingLogs"]
    assert [log["value"] for log in logs] == ["https://www.halden.example/prices"] * 3
    assert [row["scoreValue"] for row in client.get("scoreValues").json()["scoreValues"]] == ["3"]
    assert client.get(f"contacts/{contact['id']}").json()["contact"]["udate"] == before


def test_by_a_switch_engagement_moves_the_stamp_of_the_contact(account, client, contact, hand_clock, person):
    account.ground.change_settings(engagement_moves_udate=True)
    hand_clock.advance(minutes=1)

    person("visit_page", id=contact["id"], url="https://www.halden.example/")

    assert client.get(f"contacts/{contact['id']}").json()["contact"]["udate"] == "2026-03-02T09:01:00-06:00"


def test_what_a_visit_is_worth_can_be_said(client, contact, person):
    person("score", name="Interest", rules={"visit": 25})

    person("visit_page", id=contact["id"], url="https://www.halden.example/")

    values = client.get(f"contacts/{contact['id']}/scoreValues").json()["scoreValues"]
    assert {row["score"]: row["scoreValue"] for row in values} == {"1": "1", "2": "25"}


def test_only_visits_of_named_sites_count_once_there_are_any(client, contact):
    client.post("siteTrackingDomains", json={"siteTrackingDomain": {"name": "www.halden.example"}})

    statuses = [
        client.post(
            "http://account.example/_sandbox/people/visit_page", json={"id": contact["id"], "url": f"https://{host}/"}
        ).status_code
        for host in ("www.halden.example", "other.example")
    ]

    assert statuses == [200, 400]
    assert client.get("siteTrackingDomains").json()["siteTrackingDomains"] == [{"name": "www.halden.example"}]
    assert client.delete("siteTrackingDomains/www.halden.example").json() == {}


def test_the_site_has_a_snippet_with_the_number_of_the_account(client):
    assert "1000017" in client.get("siteTracking/code").text
    assert client.get("siteTracking").json() == {"siteTracking": {"enabled": True}}


def test_opens_and_clicks_are_told_and_remembered(client, contact, listen, person, told):
    listen(events=["open", "click"])

    person("open_mail", id=contact["id"], campaign="4")
    person("click_link", id=contact["id"], campaign="4", url="https://www.halden.example/prices")

    opened, clicked = told()
    assert (opened["type"], opened["campaign[id]"], opened["contact[id]"]) == ("open", "4", contact["id"])
    assert (clicked["type"], clicked["link[url]"]) == ("click", "https://www.halden.example/prices")
    listed = client.get("messageActivities", params={"filters[contact]": contact["id"]}).json()["messageActivities"]
    assert [row["event"] for row in listed] == ["open", "click"]
    shown = client.get(f"contacts/{contact['id']}").json()["contact"]
    assert (shown["last_open_date"], shown["last_click_date"]) == ("2026-03-02T09:00:00-06:00",) * 2


def test_a_deleted_contact_leaves_no_trace(account, client, contact, person):
    person("visit_page", id=contact["id"], url="https://www.halden.example/")
    person("open_mail", id=contact["id"])

    client.delete(f"contacts/{contact['id']}")

    assert client.get("messageActivities").json()["messageActivities"] == []
    assert len(account.crm.desk.listing("trackingLog")) == 0

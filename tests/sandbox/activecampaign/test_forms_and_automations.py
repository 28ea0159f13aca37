"""People submit forms, automations run, and the API shows both."""

import httpx
import pytest

CONTROL = "http://account.example/_sandbox"


def submit(person, **body):
    return person("submit_form", form="Demo request", **body)


def test_a_new_person_asks_for_a_demo(account, person):
    made = submit(
        person,
        email="cleo@fjord.example",
        first_name="Cleo",
        last_name="Lund",
        phone="22 44 66",
        fields={"COUNTRY": "Norway"},
    )

    assert (made["firstName"], made["lastName"], made["phone"]) == ("Cleo", "Lund", "22 44 66")
    assert made["lists"] == {"Demo requests": "1"}
    assert made["fields"] == {"COUNTRY": "Norway", "DEMO_REQUESTED_AT": "2026-03-02T09:00:00-06:00"}
    effects = account.ground.journal.read(after=0, limit=10, kind="effect")
    assert [(effect["op"], effect["actor"]) for effect in effects] == [("create", "person"), ("update", "system")]


def test_somebody_known_keeps_what_was_not_typed(contact, person):
    shown = submit(person, email="ADA@halden.example", phone="99", last_name="", fields={"COUNTRY": ""})

    assert (shown["id"], shown["lastName"], shown["phone"]) == (contact["id"], "Birk", "99")
    assert "COUNTRY" not in shown["fields"]


def test_asking_again_stamps_the_field_again(contact, hand_clock, person):
    submit(person, email=contact["email"])
    hand_clock.advance(minutes=2)

    shown = submit(person, email=contact["email"])

    assert shown["fields"]["DEMO_REQUESTED_AT"] == "2026-03-02T09:02:00-06:00"
    assert shown["udate"] == "2026-03-02T09:02:00-06:00"


def test_a_first_submission_is_told_as_a_subscription_and_the_stamp_as_an_edit(listen, person, told):
    listen()

    submit(person, email="cleo@fjord.example")

    subscribed, updated = told()
    assert (subscribed["type"], subscribed["list"], subscribed["form[id]"]) == ("subscribe", "4", "1")
    assert (subscribed["initiated_from"], subscribed["initiated_by"]) == ("public", "subscriber")
    assert (updated["type"], updated["initiated_from"]) == ("update", "system")


def test_a_second_submission_has_no_event_of_its_own(contact, hand_clock, listen, person, told):
    submit(person, email=contact["email"], phone="99")
    hand_clock.advance(minutes=2)
    listen(sources=["public"])

    submit(person, email=contact["email"], phone="99")

    assert told() == []


def test_a_form_brings_back_who_had_left(contact, person):
    submit(person, email=contact["email"])
    person("unsubscribe", id=contact["id"])

    shown = submit(person, email=contact["email"])

    assert shown["lists"] == {"Demo requests": "1"}


def test_the_subscription_remembers_its_form(client, contact, person):
    submit(person, email=contact["email"])

    [standing] = client.get(f"contacts/{contact['id']}/contactLists").json()["contactLists"]

    assert (standing["form"], standing["status"]) == ("1", "1")


def test_a_marketer_builds_a_form_and_an_automation(client, person):
    person("form", name="Newsletter sign-up", list="Newsletter")
    steps = [{"add_tag": "From the website"}, {"set_field": "LEAD_SOURCE", "to": "Website"}]
    person("automation", name="Welcome", starts_on={"form": "Newsletter sign-up"}, steps=steps)

    shown = person("submit_form", form="Newsletter sign-up", email="cleo@fjord.example")

    assert (shown["tags"], shown["fields"]) == (["From the website"], {"LEAD_SOURCE": "Website"})
    assert shown["lists"] == {"Newsletter": "1"}
    names = [row["name"] for row in client.get("automations").json()["automations"]]
    assert names == ["Demo request", "Welcome"]


def test_an_automation_of_the_same_name_is_replaced(client, contact, person):
    person("automation", name="Demo request", starts_on={"form": "1"}, steps=[{"add_tag": "VIP"}])

    shown = submit(person, email=contact["email"])

    assert (shown["fields"], shown["tags"]) == ({}, ["VIP"])
    assert client.get("automations").json()["meta"]["total"] == "1"


@pytest.mark.parametrize(
    ("deed", "body"),
    [
        ("submit_form", {"form": "Nothing of the kind", "email": "a@halden.example"}),
        ("submit_form", {"form": "Demo request"}),
        ("automation", {"name": "x", "steps": [{"dance": 1}]}),
        ("automation", {"name": "x", "steps": [{"set_field": "NO_SUCH_FIELD", "to": "now"}]}),
        ("automation", {"name": "x", "starts_on": {"form": "Nothing"}, "steps": []}),
        ("set_score", {"id": "1", "score": "Nothing", "value": 5}),
    ],
)
def test_what_makes_no_sense_at_the_screens_is_explained(client: httpx.Client, deed, body):
    answer = client.post(f"{CONTROL}/people/{deed}", json=body)

    assert answer.status_code == 400
    assert answer.json()["error"]


def test_forms_and_automations_are_read_through_the_api(client, contact, person):
    submit(person, email=contact["email"])

    forms, automations = client.get("forms").json(), client.get("automations").json()

    assert [(row["id"], row["name"], row["entries"]) for row in forms["forms"]] == [("1", "Demo request", 1)]
    assert client.get("forms/1").json()["form"]["actiondata"]["actions"][0]["list"] == "4"
    assert (automations["automations"][0]["entered"], automations["meta"]["starts"][0]["type"]) == ("1", "form")
    assert client.get("automations/1").json()["automation"]["name"] == "Demo request"
    assert (client.get("forms/9").status_code, client.get("automations/9").status_code) == (403, 404)


def test_the_api_puts_a_contact_into_an_automation_which_runs(client, contact):
    sent = {"contactAutomation": {"contact": int(contact["id"]), "automation": 1}}

    answer = client.post("contactAutomations", json=sent)

    assert answer.status_code == 201
    assert answer.json()["contacts"][0]["id"] == contact["id"]
    shown = client.get(f"contacts/{contact['id']}").json()
    assert [value["value"] for value in shown["fieldValues"]] == ["2026-03-02T09:00:00-06:00"]
    assert shown["contact"]["contactAutomations"] == [answer.json()["contactAutomation"]["id"]]
    assert shown["contactAutomations"][0]["automation"] == "1"


def test_a_way_through_an_automation_can_be_looked_at_and_struck_off(client, contact, person):
    submit(person, email=contact["email"])
    page = client.get("contactAutomations").json()

    id_ = page["contactAutomations"][0]["id"]

    assert (page["meta"]["total"], page["contactAutomations"][0]["status"]) == ("1", "2")
    assert client.get(f"contactAutomations/{id_}").json()["contactAutomation"]["contact"] == contact["id"]
    assert client.delete(f"contactAutomations/{id_}").json() == {}
    assert client.delete(f"contactAutomations/{id_}").status_code == 403


def test_nobody_enters_an_automation_that_is_not_there(client, contact):
    answer = client.post("contactAutomations", json={"contactAutomation": {"contact": contact["id"], "automation": 9}})

    assert (answer.status_code, answer.json()) == (403, {"message": "Could not create SubscriberSeries"})


def test_a_deleted_contact_takes_its_ways_along(client, contact, person):
    submit(person, email=contact["email"])

    client.delete(f"contacts/{contact['id']}")

    assert client.get("contactAutomations").json()["contactAutomations"] == []

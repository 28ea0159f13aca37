"""Faults: locked and refused records, a sign-in that is no longer good, an answer that never comes."""

import httpx
import pytest


def test_a_locked_record_is_refused_and_its_neighbours_are_written(client, make, control):
    locked, free = make({}, {})
    control("faults", kind="locked", route="PUT /crm/v8/Leads", ids=[locked])

    answer = client.put("Leads", json={"data": [{"id": locked, "Phone": "1"}, {"id": free, "Phone": "1"}]})

    assert answer.status_code == 207
    refused, written = answer.json()["data"]
    assert (refused["code"], refused["details"]["action"]) == ("RECORD_LOCKED", "record_locking")
    assert written["code"] == "SUCCESS"
    assert client.get(f"Leads/{locked}").json()["data"][0]["Phone"] is None


def test_a_locked_record_is_not_deleted(client, make, control):
    [locked] = make({})
    control("faults", kind="locked", route="DELETE /crm/v8/Leads", ids=[locked])

    answer = client.delete("Leads", params={"ids": locked})

    assert answer.json()["data"][0]["code"] == "RECORD_LOCKED"


def test_a_record_is_refused_by_its_email_with_the_code_of_choice(client, control):
    control("faults", kind="reject", route="POST /crm/v8/Leads", emails=["eva@halden.example"], code="NOT_APPROVED")
    people = [{"Last_Name": "Birk", "Company": "Halden", "Email": f"{name}@halden.example"} for name in ("ada", "eva")]

    answer = client.post("Leads", json={"data": people})

    assert [item["code"] for item in answer.json()["data"]] == ["SUCCESS", "NOT_APPROVED"]


def test_a_token_can_be_called_bad_for_once(client, control):
    control("faults", kind="unauthorised", route="GET /crm/v8/users")

    answers = [client.get("users") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [401, 200]
    assert answers[0].json()["code"] == "INVALID_TOKEN"


def test_a_429_can_be_ordered(client, control):
    control("faults", kind="too_many", route="GET /crm/v8/users")

    assert client.get("users").json()["code"] == "TOO_MANY_REQUESTS"


def test_a_write_may_take_effect_without_an_answer(client, control):
    control("faults", kind="timeout_after_effect", route="POST /crm/v8/Leads")

    with pytest.raises(httpx.ReadTimeout):
        client.post("Leads", json={"data": [{"Last_Name": "Birk", "Company": "Halden", "ActiveCampaign_ID": "7"}]})

    assert [row["ActiveCampaign_ID"] for row in control("records/Leads")["records"]].count("7") == 1


def test_a_scope_can_be_called_missing_for_once(client, control):
    control("faults", kind="scope_missing", route="GET /crm/v8/users")

    answers = [client.get("users") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [401, 200]
    assert answers[0].json()["code"] == "OAUTH_SCOPE_MISMATCH"


def test_the_sign_in_can_end_at_the_second_call(client, control, sign_in):
    control("faults", kind="token_revoked", route="GET /crm/v8/users", nth=2, refresh=True)

    statuses = [client.get("users").status_code for _ in range(3)]

    assert statuses == [200, 401, 401]
    assert sign_in(client).json() == {"error": "invalid_code"}


def test_search_can_fall_behind_at_a_call(client, make, control, hand_clock):
    make({"Last_Name": "Zwetschke"})
    hand_clock.advance(seconds=60)
    control("faults", kind="search_lag", route="GET /crm/v8/Leads/search", nth=2, seconds=300)

    statuses = [client.get("Leads/search", params={"word": "Zwetschke"}).status_code for _ in range(2)]

    assert statuses == [200, 204]


def test_a_choice_can_go_and_a_record_be_locked_at_a_call(client, make, control):
    [id_] = make({})
    control("faults", kind="choice_removed", route="GET /crm/v8/org", module="Leads", field="Rating", choice="Active")
    control("faults", kind="record_locked", route="GET /crm/v8/org", module="Leads", id=id_, after_effect=True)

    client.get("org")

    refused = client.post("Leads", json={"data": [{"Last_Name": "B", "Company": "H", "Rating": "Active"}]})
    locked = client.put("Leads", json={"data": [{"id": id_, "Phone": "1"}]})
    assert [answer.json()["data"][0]["code"] for answer in (refused, locked)] == ["INVALID_DATA", "RECORD_LOCKED"]


def test_a_field_that_takes_the_place_of_a_deleted_one_has_an_id_of_its_own(client, control):
    numbers = []

    for label in ("One", "Two"):
        control("people/add_field", module="Leads", label=label)
        found = client.get("settings/fields", params={"module": "Leads"}).json()["fields"]
        numbers.append(found[-1]["id"])
        control("people/delete_field", module="Leads", field=label)

    assert numbers[0] != numbers[1]

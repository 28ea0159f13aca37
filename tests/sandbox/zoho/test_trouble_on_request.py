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

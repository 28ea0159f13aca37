"""COQL sees a write at once; search sees it when its index has caught up."""

import pytest

NOBODY = "select id from Leads where Last_Name = 'Nobody at all'"


def query(client, text):
    return client.post("coql", json={"select_query": text})


def test_a_query_sees_a_write_at_once(client, make):
    [id_] = make({"ActiveCampaign_ID": "7"})

    answer = query(client, "select Last_Name from Leads where ActiveCampaign_ID = '7'")

    assert answer.json() == {
        "data": [{"Last_Name": "Birk", "id": id_}],
        "info": {"count": 1, "more_records": False},
    }


def test_a_walk_through_one_second_by_key_meets_every_record_once(client, make):
    ids = make(*({} for _ in range(30)))
    moment = "2026-03-02T15:00:00+00:00"
    walk = (
        "select id, Modified_Time from Leads where ((Modified_Time > '{0}') or ((Modified_Time = '{0}') "
        "and (id > '{1}'))) order by Modified_Time asc, id asc limit 20"
    )

    first = query(client, walk.format(moment, "0")).json()
    second = query(client, walk.format(moment, first["data"][-1]["id"])).json()

    assert [row["id"] for page in (first, second) for row in page["data"]] == ids
    assert [page["info"]["more_records"] for page in (first, second)] == [True, False]


def test_a_query_that_finds_nothing_is_a_204(client):
    answer = query(client, NOBODY)

    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "MANDATORY_NOT_FOUND"),
        ({"select_query": "select id from Leads"}, "SYNTAX_ERROR"),
        ({"select_query": "select id from Leaves where id is not null"}, "INVALID_MODULE"),
    ],
)
def test_a_query_that_cannot_be_read_is_a_flat_400(client, body, code):
    answer = client.post("coql", json=body)

    assert (answer.status_code, answer.json()["code"], answer.json()["status"]) == (400, code, "error")


def test_a_query_shows_a_converted_lead(client, make, control):
    [id_] = make({"ActiveCampaign_ID": "7"})
    made = control("people/convert", id=id_)

    answer = query(client, "select Converted_Contact from Leads where Converted__s = true")

    [row] = answer.json()["data"]
    assert (row["id"], row["Converted_Contact"]["id"]) == (id_, made["Contacts"]["id"])


def test_search_finds_a_new_record_only_after_a_while(organisation, client, make, hand_clock):
    [id_] = make({"Email": "ada@halden.example"})

    at_once = client.get("Leads/search", params={"email": "ada@halden.example"})
    hand_clock.advance(seconds=31)
    later = client.get("Leads/search", params={"email": "ada@halden.example", "fields": "Email"})

    assert at_once.status_code == 204
    assert later.json()["data"] == [{"Email": "ada@halden.example", "id": id_}]


def test_search_must_say_what_it_looks_for(client):
    assert client.get("Leads/search").json()["code"] == "EXPECTED_PARAM_MISSING"


def test_search_ends_at_two_thousand(client):
    answer = client.get("Leads/search", params={"word": "a", "page": "11"})

    assert (answer.status_code, answer.json()["code"]) == (400, "LIMIT_REACHED")

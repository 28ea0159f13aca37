"""What was deleted lies in the bin: looked at, restored, deleted for good."""

import json

import pytest


@pytest.fixture
def discard(client, make):
    """Makes records and deletes them; gives their ids."""

    def made_and_deleted(*records, module="Leads"):
        ids = make(*records, module=module)
        assert client.delete(module, params={"ids": ",".join(ids)}).status_code == 200
        return ids

    return made_and_deleted


def test_the_bin_shows_what_was_deleted_in_any_module_the_newest_first(client, discard, hand_clock):
    [lead] = discard({"First_Name": "Ada"})
    hand_clock.advance(seconds=5)
    [account] = discard({}, module="Accounts")

    answer = client.get("settings/recycle_bin").json()

    assert [(entry["module"], entry["id"]) for entry in answer["recycle_bin"]] == [
        ("Accounts", account),
        ("Leads", lead),
    ]
    assert set(answer["recycle_bin"][1]) == {"display_name", "deleted_time", "owner", "module", "deleted_by", "id"}
    assert answer["recycle_bin"][1]["display_name"] == "Ada Birk"
    assert answer["info"] == {"per_page": 200, "count": 2, "page": 1, "more_records": False}


def test_an_empty_bin_is_a_204_and_counts_nothing(client):
    assert client.get("settings/recycle_bin").status_code == 204
    assert client.get("settings/recycle_bin/actions/count").json() == {"count": 0}


def test_the_bin_is_filtered_by_module_and_name(client, discard):
    discard({"First_Name": "Ada"}, {"First_Name": "Bo"})
    discard({}, module="Accounts")
    group = [
        {"field": {"api_name": "module"}, "comparator": "equal", "value": "Leads"},
        {"field": {"api_name": "display_name"}, "comparator": "starts_with", "value": "Ada"},
    ]

    filters = json.dumps({"group_operator": "AND", "group": group})
    found = client.get("settings/recycle_bin", params={"filters": filters}).json()["recycle_bin"]

    assert [entry["display_name"] for entry in found] == ["Ada Birk"]


def test_records_are_restored_by_their_ids_and_each_has_a_verdict(client, discard):
    ids = discard({}, {})

    answer = client.post("settings/recycle_bin/actions/restore", json={"ids": [*ids, "487600000009999999"]})

    assert answer.status_code == 207
    assert [item["status"] for item in answer.json()["recycle_bin"]] == ["success", "success", "error"]
    assert client.get(f"Leads/{ids[0]}").status_code == 200
    assert client.get("Leads/deleted").status_code == 204


def test_everything_is_restored_at_once(client, discard):
    [lead], [account] = discard({}), discard({}, module="Accounts")

    answer = client.post("settings/recycle_bin/actions/restore", json={"restore_all_records": True})

    assert answer.status_code == 200
    assert {client.get(path).status_code for path in (f"Leads/{lead}", f"Accounts/{account}")} == {200}


def test_a_record_whose_unique_value_was_taken_meanwhile_stays_in_the_bin(client, discard, make):
    [old] = discard({"ActiveCampaign_ID": "7"})
    make({"ActiveCampaign_ID": "7"})

    answer = client.post(f"settings/recycle_bin/{old}/actions/restore")

    assert (answer.status_code, answer.json()["code"]) == (400, "DUPLICATE_DATA")
    assert client.get("settings/recycle_bin/actions/count").json() == {"count": 1}


def test_what_is_deleted_from_the_bin_is_gone_for_good_and_nameless(client, discard, control):
    [id_] = discard({"First_Name": "Ada"})

    answer = client.delete(f"settings/recycle_bin/{id_}")

    assert answer.json()["recycle_bin"][0]["details"] == {"id": id_}
    [entry] = client.get("Leads/deleted", params={"type": "permanent"}).json()["data"]
    assert (entry["id"], entry["display_name"], entry["deleted_by"], entry["created_by"]) == (id_, None, None, None)
    assert client.get("Leads/deleted", params={"type": "recycle"}).status_code == 204
    assert client.post(f"settings/recycle_bin/{id_}/actions/restore").status_code == 400


def test_emptying_the_bin_leaves_nothing_to_restore(client, discard):
    discard({}, {})

    answer = client.post("settings/recycle_bin/actions/empty")

    assert (answer.status_code, answer.json()["code"]) == (200, "SUCCESS")
    assert client.get("settings/recycle_bin/actions/count").json() == {"count": 0}


def test_after_sixty_days_the_bin_lets_go_by_itself(client, discard, hand_clock, sign_in):
    [id_] = discard({})
    hand_clock.advance(days=61)
    client.headers["authorization"] = f"Zoho-oauthtoken {sign_in(client).json()['access_token']}"

    [entry] = client.get("Leads/deleted").json()["data"]

    assert (entry["id"], entry["type"]) == (id_, "permanent")


def test_one_discarded_record_is_shown_alone(client, discard):
    [id_] = discard({})

    shown = client.get(f"settings/recycle_bin/{id_}")
    unknown = client.get("settings/recycle_bin/487600000009999999")

    assert shown.json()["recycle_bin"][0]["module"]["api_name"] == "Leads"
    assert (unknown.status_code, unknown.json()["code"]) == (400, "INVALID_DATA")


@pytest.mark.parametrize("body", [{}, {"ids": [], "restore_all_records": True}, {"restore_all_records": False}])
def test_what_to_restore_is_said_in_exactly_one_way(client, body):
    assert client.post("settings/recycle_bin/actions/restore", json=body).status_code == 400

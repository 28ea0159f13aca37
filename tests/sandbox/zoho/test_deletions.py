"""Records deleted by the API and by people, the list of them, and one that comes back."""

import pytest


def test_deleted_records_are_gone_and_listed_without_their_values(client, make):
    ids = make({"First_Name": "Ada"}, {})

    answer = client.delete("Leads", params={"ids": ",".join([*ids, "487600000009999999"])})

    assert answer.status_code == 207
    assert [item["status"] for item in answer.json()["data"]] == ["success", "success", "error"]
    assert answer.json()["data"][2]["details"] == {"id": "487600000009999999"}
    assert client.get(f"Leads/{ids[0]}").status_code == 204
    entry = client.get("Leads/deleted").json()["data"][0]
    assert (entry["id"], entry["display_name"], entry["type"]) == (ids[0], "Ada Birk", "recycle")
    assert entry["deleted_time"] == "2026-03-02T16:00:00+01:00"
    assert set(entry) == {"deleted_by", "id", "display_name", "type", "created_by", "deleted_time"}


def test_a_record_is_deleted_by_its_path(client, make):
    [id_] = make({})

    assert client.delete(f"Leads/{id_}").status_code == 200
    assert client.delete(f"Leads/{id_}").status_code == 400


def test_what_a_person_deletes_is_listed_with_their_name(client, make, control):
    [id_] = make({})

    control("people/delete", module="Leads", id=id_)

    [entry] = client.get("Leads/deleted").json()["data"]
    assert (entry["id"], entry["deleted_by"]["name"]) == (id_, "Bruno Becker")


def test_only_deletions_from_the_moment_on_are_listed(client, make, hand_clock):
    early, late = make({}, {})
    client.delete(f"Leads/{early}")
    hand_clock.advance(seconds=10)
    client.delete(f"Leads/{late}")

    since = client.get("Leads/deleted", headers={"If-Modified-Since": "2026-03-02T15:00:10+00:00"})

    assert [entry["id"] for entry in since.json()["data"]] == [late]


def test_without_deletions_the_list_is_a_204(client):
    answers = [client.get("Leads/deleted"), client.get("Contacts/deleted", params={"type": "permanent"})]

    assert {(answer.status_code, answer.content) for answer in answers} == {(204, b"")}


def test_the_deleted_list_has_pages(client, make):
    ids = make({}, {}, {})
    client.delete("Leads", params={"ids": ",".join(ids)})

    pages = [client.get("Leads/deleted", params={"per_page": 2, "page": page}).json() for page in (1, 2)]

    assert [entry["id"] for page in pages for entry in page["data"]] == ids
    assert [page["info"]["more_records"] for page in pages] == [True, False]


@pytest.mark.parametrize("asked", [{"type": "strange"}, {"per_page": "500"}])
def test_a_strange_parameter_of_the_deleted_list_is_refused(client, asked):
    assert client.get("Leads/deleted", params=asked).status_code == 400


def test_deleting_names_its_records_and_at_most_a_hundred(client):
    without = client.delete("Leads")
    too_many = client.delete("Leads", params={"ids": ",".join(str(n) for n in range(101))})

    assert [answer.json()["code"] for answer in (without, too_many)] == ["REQUIRED_PARAM_MISSING", "LIMIT_EXCEEDED"]


def test_a_restored_record_comes_back_with_its_id_and_a_new_stamp(client, make, control, hand_clock):
    [id_] = make({"ActiveCampaign_ID": "7"})
    client.delete(f"Leads/{id_}")
    hand_clock.advance(seconds=10)

    control("people/restore", module="Leads", id=id_)

    [row] = client.get(f"Leads/{id_}").json()["data"]
    assert (row["ActiveCampaign_ID"], row["Modified_Time"]) == ("7", "2026-03-02T16:00:10+01:00")
    assert client.get("Leads/deleted").status_code == 204

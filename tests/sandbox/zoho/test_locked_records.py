"""Records locked by hand: read as ever, written by nobody until they are unlocked."""

import pytest


@pytest.fixture
def lock(client):
    """Locks a lead and gives the lock's id."""

    def set_lock(id_):
        answer = client.post(f"Leads/{id_}/Locking_Information__s", json={"data": [{"Locked_Reason__s": "audit"}]})
        assert answer.status_code == 201, answer.text
        return answer.json()["data"][0]["details"]["id"]

    return set_lock


def test_a_locked_record_is_read_but_neither_written_nor_deleted_nor_tagged(client, make, lock):
    [id_] = make({})
    lock(id_)

    written = client.put(f"Leads/{id_}", json={"data": [{"City": "Graz"}]})
    deleted = client.delete(f"Leads/{id_}")
    tagged = client.post(f"Leads/{id_}/actions/add_tags", json={"tags": [{"name": "hot"}]})
    converted = client.post(f"Leads/{id_}/actions/convert", json={"data": [{}]})

    answers = [written, deleted, tagged, converted]
    assert [answer.json()["data"][0]["code"] for answer in answers] == ["RECORD_LOCKED"] * 4
    [row] = client.get(f"Leads/{id_}").json()["data"]
    assert (row["Locked__s"], row["$locked_for_me"], row["City"]) == (True, True, None)


def test_a_lock_tells_who_set_it_and_why(client, make, lock):
    [id_] = make({})
    lock(id_)

    [told] = client.get(f"Leads/{id_}/Locking_Information__s").json()["data"]

    assert (told["Locked_By__s"]["name"], told["Locked_Reason__s"]) == ("Baton Integration", "audit")


def test_a_lock_is_explained_anew_and_taken_off(client, make, lock):
    [id_] = make({})
    path = f"Leads/{id_}/Locking_Information__s/{lock(id_)}"

    explained = client.put(path, json={"data": [{"Locked_Reason__s": "tax"}]})
    taken_off = client.delete(path)

    assert (explained.status_code, taken_off.status_code) == (200, 200)
    assert client.get(f"Leads/{id_}/Locking_Information__s").status_code == 204
    assert client.put(f"Leads/{id_}", json={"data": [{"City": "Graz"}]}).status_code == 200


def test_a_record_has_one_lock_and_a_lock_its_reason(client, make, lock):
    one, other = make({}, {})
    lock(one)

    twice = client.post(f"Leads/{one}/Locking_Information__s", json={"data": [{"Locked_Reason__s": "again"}]})
    without = client.post(f"Leads/{other}/Locking_Information__s", json={"data": [{"City": "Graz"}]})

    assert (twice.status_code, twice.json()["code"]) == (400, "NOT_ALLOWED")
    assert without.json()["data"][0]["code"] == "MANDATORY_NOT_FOUND"

"""Records merged through the API: the master stays, the others are deleted, and what hung on them moves."""

import pytest


@pytest.fixture
def merge(client):
    def ask(master, *losers, module="Leads", keep=()):
        fields = {"master_record_fields": [{"api_name": name} for name in keep]} if keep else {}
        return client.post(f"{module}/{master}/actions/merge", json={"merge": [{"data": list(losers), **fields}]})

    return ask


def test_the_master_stays_fills_its_blanks_and_the_losers_go(client, make, merge):
    master, loser = make({"Phone": None, "City": "Graz"}, {"Phone": "+43 1 5", "City": "Wien"})

    answer = merge(master, {"id": loser})

    assert answer.status_code == 201
    assert answer.json()["merge"][0]["details"] == {"id": master}
    [row] = client.get(f"Leads/{master}").json()["data"]
    assert (row["Phone"], row["City"]) == ("+43 1 5", "Graz")
    assert client.get(f"Leads/{loser}").status_code == 204
    assert [entry["id"] for entry in client.get("Leads/deleted").json()["data"]] == [loser]


def test_a_field_is_taken_from_the_record_that_is_named_for_it(client, make, merge):
    master, loser = make({"City": "Graz", "Phone": None}, {"City": "Wien", "Phone": "+43 1 5"})

    merge(master, {"id": loser, "_fields": [{"api_name": "City"}]}, keep=["Phone"])

    [row] = client.get(f"Leads/{master}").json()["data"]
    assert (row["City"], row["Phone"]) == ("Wien", None)


def test_notes_of_a_loser_move_to_the_master(client, make, merge):
    master, loser = make({}, {})
    client.post(f"Leads/{loser}/Notes", json={"data": [{"Note_Content": "called"}]})

    merge(master, {"id": loser})

    [note] = client.get(f"Leads/{master}/Notes", params={"fields": "Note_Content"}).json()["data"]
    assert note["Note_Content"] == "called"


def test_a_unique_value_of_a_loser_may_become_the_masters(client, make, merge):
    master, loser = make({}, {"ActiveCampaign_ID": "7"})

    merge(master, {"id": loser})

    assert client.get(f"Leads/{master}").json()["data"][0]["ActiveCampaign_ID"] == "7"


@pytest.mark.parametrize(
    ("losers", "code"),
    [
        ([], "MANDATORY_NOT_FOUND"),
        ([{}], "MANDATORY_NOT_FOUND"),
        ([{"id": "487600000009999999"}], "INVALID_DATA"),
        ([{"id": "1"}, {"id": "2"}, {"id": "3"}], "LIMIT_EXCEEDED"),
    ],
)
def test_what_cannot_be_merged_is_refused_and_nothing_happens(client, make, merge, losers, code):
    [master] = make({})

    answer = merge(master, *losers)

    assert (answer.status_code, answer.json()["merge"][0]["code"]) == (400, code)
    assert client.get("Leads/deleted").status_code == 204


def test_a_record_is_not_merged_into_itself_nor_tasks_at_all(make, merge):
    [lead], [task] = make({}), make({}, module="Tasks")

    itself, tasks = merge(lead, {"id": lead}), merge(task, {"id": task}, module="Tasks")

    assert itself.json()["merge"][0]["code"] == "INVALID_DATA"
    assert tasks.json()["code"] == "INVALID_MODULE"


def test_the_timeline_of_the_master_tells_of_the_merge(client, make, merge):
    master, loser = make({}, {})

    merge(master, {"id": loser})

    [newest, *_] = client.get(f"Leads/{master}/__timeline").json()["__timeline"]
    assert newest["action"] == "find_and_merge_duplicate"

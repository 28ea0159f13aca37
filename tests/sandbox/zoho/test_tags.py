"""Tags of modules and of records."""

import pytest


@pytest.fixture
def make_tags(client):
    """Makes tags of the leads and gives their ids."""

    def made(*names):
        answer = client.post("settings/tags", params={"module": "Leads"}, json={"tags": [{"name": n} for n in names]})
        assert answer.status_code == 201, answer.text
        return [item["details"]["id"] for item in answer.json()["tags"]]

    return made


@pytest.fixture
def tags_of(client):
    def names(id_, module="Leads"):
        return [tag["name"] for tag in client.get(f"{module}/{id_}").json()["data"][0]["Tag"]]

    return names


def listed(client, module="Leads"):
    return [tag["name"] for tag in client.get("settings/tags", params={"module": module}).json()["tags"]]


def test_tags_are_made_for_a_module_and_listed(client, make_tags):
    [id_] = make_tags("hot")

    answer = client.get("settings/tags", params={"module": "Leads"}).json()

    assert set(answer["tags"][0]) == {
        "name",
        "id",
        "created_by",
        "modified_by",
        "created_time",
        "modified_time",
        "color_code",
    }
    assert (answer["tags"][0]["name"], answer["tags"][0]["id"]) == ("hot", id_)
    assert answer["info"]["count"] == 1
    assert listed(client, "Contacts") == []


def test_a_tag_that_is_there_already_is_refused_beside_one_that_is_made(client, make_tags):
    [id_] = make_tags("hot")

    answer = client.post("settings/tags", params={"module": "Leads"}, json={"tags": [{"name": "HOT"}, {"name": "new"}]})

    assert answer.status_code == 207
    [refused, made] = answer.json()["tags"]
    assert (refused["code"], refused["details"]["id"], made["code"]) == ("DUPLICATE_DATA", id_, "SUCCESS")


@pytest.mark.parametrize(
    ("tag", "code"), [({"name": "x" * 26}, "INVALID_DATA"), ({}, "MANDATORY_NOT_FOUND"), ({"name": 7}, "INVALID_DATA")]
)
def test_a_tag_has_a_name_of_at_most_25_characters(client, tag, code):
    answer = client.post("settings/tags", params={"module": "Leads"}, json={"tags": [tag]})

    assert (answer.status_code, answer.json()["tags"][0]["code"]) == (400, code)


def test_tags_of_one_record_and_of_many_are_added_and_come_into_being(client, make, tags_of, hand_clock):
    one, other = make({}, {})
    hand_clock.advance(seconds=5)

    single = client.post(f"Leads/{one}/actions/add_tags", json={"tags": [{"name": "hot"}]})
    several = client.post("Leads/actions/add_tags", params={"ids": f"{one},{other}", "tag_names": "web,fair"})

    assert (single.status_code, several.status_code) == (200, 200)
    assert several.json()["success_count"] == "2"
    assert single.json()["data"][0]["details"]["modifiedTime"] == "2026-03-02T16:00:05+01:00"
    assert (tags_of(one), tags_of(other)) == (["hot", "web", "fair"], ["web", "fair"])
    assert listed(client) == ["hot", "web", "fair"]


def test_added_tags_take_the_place_of_the_others_when_asked(client, make, tags_of):
    [id_] = make({})
    client.post(f"Leads/{id_}/actions/add_tags", json={"tags": [{"name": "old"}]})

    client.post(f"Leads/{id_}/actions/add_tags", json={"tags": [{"name": "new"}], "over_write": True})

    assert tags_of(id_) == ["new"]


def test_tags_are_removed_whatever_their_case(client, make, tags_of):
    [id_] = make({})
    client.post(f"Leads/{id_}/actions/add_tags", json={"tags": [{"name": "hot"}, {"name": "web"}]})

    answer = client.post("Leads/actions/remove_tags", json={"tags": [{"name": "HOT"}], "ids": [id_]})

    assert answer.status_code == 200
    assert tags_of(id_) == ["web"]


def test_an_unknown_record_among_others_is_refused_alone(client, make):
    [id_] = make({})

    answer = client.post("Leads/actions/add_tags", json={"tags": [{"name": "a"}], "ids": [id_, "487600000009999999"]})

    assert answer.status_code == 207
    assert [item["status"] for item in answer.json()["data"]] == ["success", "error"]


def test_a_record_carries_at_most_ten_tags(client, make):
    [id_] = make({})

    answer = client.post(f"Leads/{id_}/actions/add_tags", json={"tags": [{"name": str(n)} for n in range(11)]})

    assert (answer.status_code, answer.json()["data"][0]["code"]) == (400, "LIMIT_EXCEEDED")


def test_a_renamed_tag_is_renamed_on_its_records(client, make, make_tags, tags_of):
    [tag], [id_] = make_tags("hot"), make({})
    client.post(f"Leads/{id_}/actions/add_tags", json={"tags": [{"name": "hot"}]})

    answer = client.put(f"settings/tags/{tag}", params={"module": "Leads"}, json={"tags": [{"name": "warm"}]})

    assert answer.status_code == 200
    assert tags_of(id_) == ["warm"]


def test_a_merged_tag_leaves_its_records_to_the_other(client, make, make_tags, tags_of):
    gone, kept = make_tags("hot", "warm")
    [id_] = make({})
    client.post(f"Leads/{id_}/actions/add_tags", json={"tags": [{"name": "hot"}]})

    client.post(f"settings/tags/{gone}/actions/merge", json={"tags": [{"conflict_id": kept}]})

    count = client.get(f"settings/tags/{kept}/actions/records_count", params={"module": "Leads"})
    assert (tags_of(id_), listed(client), count.json()) == (["warm"], ["warm"], {"count": "1"})


def test_a_deleted_tag_is_gone_from_its_records(client, make, make_tags, tags_of):
    [tag], [id_] = make_tags("hot"), make({})
    client.post(f"Leads/{id_}/actions/add_tags", json={"tags": [{"name": "hot"}]})

    client.delete(f"settings/tags/{tag}")

    assert (tags_of(id_), listed(client)) == ([], [])
    assert client.delete(f"settings/tags/{tag}").status_code == 400


def test_tags_written_with_a_record_are_those_of_its_module(client, make, make_tags):
    [tag] = make_tags("hot")

    [id_] = make({"Tag": [{"name": "Hot"}, {"name": "fresh"}]})

    tags = client.get(f"Leads/{id_}").json()["data"][0]["Tag"]
    assert [(each["name"], each["color_code"]) for each in tags] == [("hot", None), ("fresh", None)]
    assert tags[0]["id"] == tag


@pytest.mark.parametrize(("asked", "code"), [({}, "REQUIRED_PARAM_MISSING"), ({"module": "Notes"}, "INVALID_MODULE")])
def test_tags_are_those_of_a_module_that_has_some(client, asked, code):
    answer = client.get("settings/tags", params=asked)

    assert (answer.status_code, answer.json()["code"]) == (400, code)

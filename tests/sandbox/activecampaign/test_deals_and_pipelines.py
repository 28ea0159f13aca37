"""Pipelines and stages: they begin with stages of their own, close ranks, and outlive their pipeline."""

import pytest


@pytest.fixture
def pipeline(client):
    return client.post("dealGroups", json={"dealGroup": {"title": "Renewals", "currency": "eur"}}).json()["dealGroup"]


@pytest.fixture
def deal(client, contact, pipeline):
    sent = {"title": "Vans", "value": 500, "currency": "eur", "contact": contact["id"], "owner": "1"}
    place = {"group": pipeline["id"], "stage": pipeline["stages"][1]}
    return client.post("deals", json={"deal": sent | place}).json()["deal"]["id"]


def test_a_new_world_has_one_pipeline_and_two_types_of_tasks(client):
    pipelines, types = client.get("dealGroups").json(), client.get("dealTasktypes").json()

    assert [row["title"] for row in pipelines["dealGroups"]] == ["Sales"]
    assert [row["title"] for row in pipelines["dealStages"]] == ["To Contact", "In Contact", "Follow Up"]
    assert [row["title"] for row in types["dealTasktypes"]] == ["Call", "Email"]
    assert pipelines["meta"] == {"total": 1}


def test_a_pipeline_begins_with_three_stages_without_stamps(client):
    answer = client.post("dealGroups", json={"dealGroup": {"title": "Renewals", "currency": "eur"}})

    shown = answer.json()
    assert answer.status_code == 201
    assert [(row["order"], row["cdate"], row["udate"]) for row in shown["dealStages"]] == [
        ("1", None, None),
        ("2", None, None),
        ("3", None, None),
    ]
    assert shown["dealGroup"]["stages"] == [row["id"] for row in shown["dealStages"]]
    assert shown["dealGroup"]["autoassign"] == "0"


def test_users_and_groups_come_along_only_when_they_were_sent(client):
    sent = {"title": "Renewals", "currency": "eur", "users": ["69"], "groups": ["77"], "autoassign": 1}

    shown = client.post("dealGroups", json={"dealGroup": sent}).json()

    assert [row["user"] for row in shown["dealGroupUsers"]] == ["69"]
    assert [row["groupid"] for row in shown["dealGroupGroups"]] == ["77"]
    assert shown["dealGroup"]["dealGroupUsers"] == [row["id"] for row in shown["dealGroupUsers"]]
    assert shown["dealGroup"]["autoassign"] == 1


def test_a_renamed_pipeline_answers_without_its_stages(client, pipeline):
    shown = client.put(f"dealGroups/{pipeline['id']}", json={"dealGroup": {"title": "Upkeep"}}).json()

    assert list(shown) == ["dealGroup"]
    assert shown["dealGroup"]["title"] == "Upkeep"
    assert "stages" not in shown["dealGroup"]


def test_a_deleted_pipeline_leaves_its_stages_listed_and_its_deals_closed(client, pipeline, deal):
    client.delete(f"dealGroups/{pipeline['id']}")

    stages = client.get("dealStages", params={"filters[d_groupid]": pipeline["id"]}).json()
    shown = client.get(f"deals/{deal}").json()
    assert stages["meta"] == {"total": 3}
    assert shown == {"deal": {"title": "Vans", "status": "0", "id": deal, "isDisabled": True}}
    assert client.get(f"dealGroups/{pipeline['id']}").status_code == 404


@pytest.mark.parametrize(("collection", "model"), [("dealGroups", "DealGroup"), ("dealStages", "DealStage")])
def test_an_empty_id_is_read_as_zero(client, collection, model):
    answer = client.delete(f"{collection}/")

    assert (answer.status_code, answer.json()) == (404, {"message": f"No Result found for {model} with id 0"})


def test_a_stage_comes_back_with_numbers_and_its_pipeline(client, pipeline):
    answer = client.post("dealStages", json={"dealStage": {"title": "Offer", "group": pipeline["id"]}})

    shown = answer.json()
    read = client.get(f"dealStages/{shown['dealStage']['id']}").json()["dealStage"]
    assert answer.status_code == 201
    assert (shown["dealStage"]["order"], shown["dealStage"]["width"]) == (4, 280)
    assert (read["order"], read["width"], read["color"]) == ("4", "280", "3f3f3f")
    assert [row["id"] for row in shown["dealGroups"]] == [pipeline["id"]]


def test_a_stage_may_push_in_when_asked_to_reorder(client, pipeline):
    sent = {"title": "Offer", "group": pipeline["id"], "order": 2}

    client.post("dealStages", params={"reorder": 1}, json={"dealStage": sent})

    stages = client.get(f"dealGroups/{pipeline['id']}").json()["dealStages"]
    assert [(row["title"], row["order"]) for row in stages] == [
        ("To Contact", "1"),
        ("Offer", "2"),
        ("In Contact", "3"),
        ("Follow Up", "4"),
    ]


def test_a_changed_stage_shows_its_own_moment(client, pipeline, hand_clock):
    hand_clock.advance(seconds=7)

    shown = client.put(f"dealStages/{pipeline['stages'][0]}", json={"dealStage": {"title": "New", "order": 1}}).json()

    assert (shown["dealStage"]["title"], shown["dealStage"]["order"]) == ("New", 1)
    assert (shown["dealStage"]["cdate"], shown["dealStage"]["udate"]) == (None, "2026-03-02T09:00:07-06:00")


def test_when_a_stage_goes_the_others_close_ranks_under_a_stamp_of_the_future(client, pipeline, deal):
    client.delete(f"dealStages/{pipeline['stages'][1]}")

    shown = client.get(f"dealGroups/{pipeline['id']}").json()
    assert [(row["title"], row["order"]) for row in shown["dealStages"]] == [("To Contact", "1"), ("Follow Up", "2")]
    # 15:00 UTC under the offset of Central, six hours later than it was.
    assert {row["udate"] for row in shown["dealStages"]} == {"2026-03-02T15:00:00-06:00"}
    assert shown["dealGroup"]["udate"] == "2026-03-02T15:00:00-06:00"
    assert client.get(f"deals/{deal}").json()["deal"]["stage"] == pipeline["stages"][0]


def test_all_deals_of_a_stage_move_within_their_pipeline_only(client, pipeline, deal):
    there = f"dealStages/{pipeline['stages'][1]}/deals"

    moved = client.put(there, json={"deal": {"stage": pipeline["stages"][2]}})
    refused = client.put(there, json={"deal": {"stage": "1"}})

    assert [(row["id"], row["stage"]) for row in moved.json()["deals"]] == [(deal, pipeline["stages"][2])]
    assert (refused.status_code, refused.json()["errors"][0]["title"]) == (422, "Invalid attribute")


def test_pipelines_count_their_deals_in_lists(client, pipeline, deal):
    listed = client.get("dealGroups", params={"filters[title]": "renew"}).json()

    assert [(row["id"], row["count"]) for row in listed["dealGroups"]] == [(pipeline["id"], "1")]


def test_webhooks_hear_of_definitions(client, listen, told):
    listen(events=["deal_pipeline_add", "deal_stage_add", "deal_tasktype_add"])
    group = client.post("dealGroups", json={"dealGroup": {"title": "Renewals", "currency": "eur"}}).json()["dealGroup"]
    client.post("dealStages", json={"dealStage": {"title": "Offer", "group": group["id"]}})

    client.post("dealTasktypes", json={"dealTasktype": {"title": "Visit"}})

    pipeline, stage, kind = told()
    assert (pipeline["pipeline[id]"], pipeline["pipeline[title]"]) == (group["id"], "Renewals")
    assert (stage["stage[title]"], stage["stage[color]"]) == ("Offer", "3f3f3f")
    assert kind["tasktype[title]"] == "Visit"


def test_totals_of_2020_stood_in_quotes(clients, open_account):
    client = clients(open_account(people=0, answers_of=2020))

    listed = client.get("dealGroups").json()

    assert listed["meta"] == {"total": "1"}
    assert not {"source", "count"} & listed["dealGroups"][0].keys()

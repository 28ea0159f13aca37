"""What the timeline of a record tells."""

import json


def timeline(client, id_, **asked):
    return client.get(f"Leads/{id_}/__timeline", params=asked)


def test_a_timeline_tells_who_did_what_the_newest_first(client, make, control, hand_clock):
    [id_] = make({"Phone": "1"})
    hand_clock.advance(seconds=5)
    control("people/edit", module="Leads", id=id_, values={"Phone": "2"})

    answer = timeline(client, id_).json()

    told = [(entry["action"], entry["source"], entry["done_by"]["name"]) for entry in answer["__timeline"]]
    assert told == [("updated", "crm_ui", "Bruno Becker"), ("added", "crm_api", "Baton Integration")]
    assert answer["__timeline"][0]["audited_time"] == "2026-03-02T16:00:05+01:00"
    assert answer["__timeline"][0]["field_history"][0]["_value"] == {"new": "2", "old": "1"}
    assert answer["info"]["count"] == 2


def test_a_record_from_before_begins_with_its_import(client):
    [lead] = client.get("Leads", params={"fields": "id", "per_page": 1}).json()["data"]

    [entry] = timeline(client, lead["id"]).json()["__timeline"]

    assert (entry["action"], entry["source"]) == ("added", "import")


def test_tags_owners_conversion_and_return_have_words_of_their_own(client, make, control):
    [id_] = make({"Company": "New Ltd"})
    client.post(f"Leads/{id_}/actions/add_tags", json={"tags": [{"name": "hot"}]})
    client.post(f"Leads/{id_}/actions/remove_tags", json={"tags": [{"name": "hot"}]})
    client.put(f"Leads/{id_}", json={"data": [{"Owner": {"id": "487600000000022002"}}]})
    client.delete(f"Leads/{id_}")
    client.post(f"settings/recycle_bin/{id_}/actions/restore")
    client.post(f"Leads/{id_}/actions/convert", json={"data": [{}]})

    told = [entry["action"] for entry in timeline(client, id_, sort_order="asc").json()["__timeline"]]

    expected = ["added", "tag_added", "tag_removed", "owner_reassigned", "deleted", "restored", "converted"]
    assert told == expected


def test_a_timeline_is_filtered_and_has_pages(client, make):
    [id_] = make({})
    client.put(f"Leads/{id_}", json={"data": [{"City": "Graz"}]})
    client.put(f"Leads/{id_}", json={"data": [{"City": "Wien"}]})
    edits = json.dumps({"field": {"api_name": "action"}, "comparator": "equal", "value": "updated"})

    first = timeline(client, id_, filters=edits, per_page=1).json()
    second = timeline(client, id_, filters=edits, per_page=1, page_token=first["info"]["next_page_token"]).json()

    told = [page["__timeline"][0]["field_history"][0]["_value"]["new"] for page in (first, second)]
    assert told == ["Wien", "Graz"]
    assert (first["info"]["more_records"], second["info"]["more_records"]) == (True, False)


def test_a_timeline_of_nobody_is_refused(client):
    answer = timeline(client, "487600000009999999")

    assert (answer.status_code, answer.json()["code"]) == (400, "INVALID_DATA")

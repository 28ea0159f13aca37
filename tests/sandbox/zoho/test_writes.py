"""Insert, update and upsert: a verdict on every record, in order."""

import pytest


def verdicts(answer):
    return [(item["code"], item["details"].get("api_name")) for item in answer.json()["data"]]


def lead(**values):
    return {"Last_Name": "Birk", "Company": "Halden", **values}


def test_new_leads_get_ids_stamps_and_the_integrations_hand(client):
    answer = client.post("Leads", json={"data": [lead(), lead()]})

    assert answer.status_code == 201
    first, second = (item["details"] for item in answer.json()["data"])
    assert int(first["id"]) < int(second["id"])
    assert len(first["id"]) == 18
    assert first["Modified_Time"] == first["Created_Time"] == "2026-03-02T16:00:00+01:00"
    assert first["Modified_By"]["name"] == "Baton Integration"


def test_the_offset_follows_the_organisations_summer_time(organisation, clients, hand_clock):
    hand_clock.advance(days=60)

    answer = clients(organisation).post("Leads", json={"data": [lead()]})

    assert answer.json()["data"][0]["details"]["Created_Time"] == "2026-05-01T17:00:00+02:00"


@pytest.mark.parametrize(
    ("values", "code", "field", "detail"),
    [
        ({"Last_Name": None}, "MANDATORY_NOT_FOUND", "Last_Name", {}),
        ({"Company": ""}, "MANDATORY_NOT_FOUND", "Company", {}),
        ({"First_Name": "x" * 41}, "INVALID_DATA", "First_Name", {"maximum_length": 40}),
        ({"Budget": "much"}, "INVALID_DATA", "Budget", {"expected_data_type": "double"}),
        ({"Budget": True}, "INVALID_DATA", "Budget", {"expected_data_type": "double"}),
        ({"Email": "nobody"}, "INVALID_DATA", "Email", {"expected_data_type": "email"}),
        ({"Email": " a@example.com"}, "INVALID_DATA", "Email", {"expected_data_type": "email"}),
        ({"Renewal_Date": "2026-02-30"}, "INVALID_DATA", "Renewal_Date", {"expected_data_type": "date"}),
        ({"Email_Opt_Out": "true"}, "INVALID_DATA", "Email_Opt_Out", {"expected_data_type": "boolean"}),
        ({"Phone": 4930}, "INVALID_DATA", "Phone", {"expected_data_type": "phone"}),
        ({"Nickname": "Ada"}, "INVALID_DATA", "Nickname", {}),
        ({"Modified_Time": "2026-01-01T00:00:00+00:00"}, "INVALID_DATA", "Modified_Time", {}),
        ({"Owner": {"id": "1"}}, "INVALID_DATA", "Owner", {}),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_field_and_place(client, values, code, field, detail):
    answer = client.post("Leads", json={"data": [lead(), lead(**values)]})

    assert answer.status_code == 207
    refused = answer.json()["data"][1]
    assert (refused["code"], refused["status"]) == (code, "error")
    assert refused["details"] == {"api_name": field, "json_path": f"$.data[1].{field}", **detail}


def test_a_picklist_takes_only_its_words_unless_the_organisation_is_lenient(client, control):
    strict = client.post("Leads", json={"data": [lead(Industry="Space Mining")]})
    control("settings", strict_picklists=False)

    lenient = client.post("Leads", json={"data": [lead(Industry="Space Mining")]})

    assert "Software" in strict.json()["data"][0]["details"]["supported_values"]
    assert lenient.status_code == 201


def test_unknown_and_read_only_fields_can_be_passed_over_in_silence(client, control):
    control("settings", unwritable_fields="ignore")

    answer = client.post("Leads", json={"data": [lead(Nickname="Ada", Modified_Time="then")]})

    assert answer.status_code == 201


def test_when_every_record_fails_the_call_is_a_400_with_verdicts(client):
    answer = client.post("Leads", json={"data": [{"Company": "Halden"}, {"Last_Name": "Birk"}]})

    assert answer.status_code == 400
    assert verdicts(answer) == [("MANDATORY_NOT_FOUND", "Last_Name"), ("MANDATORY_NOT_FOUND", "Company")]


def test_more_than_a_hundred_records_are_refused_together(client):
    answer = client.post("Leads", json={"data": [lead() for _ in range(101)]})

    assert answer.status_code == 400
    assert (answer.json()["code"], answer.json()["details"]["maximum_length"]) == ("LIMIT_EXCEEDED", 100)


@pytest.mark.parametrize("body", [{}, {"data": []}, {"data": "x"}, {"data": [1]}, [1]])
def test_a_body_without_records_is_refused(client, body):
    answer = client.post("Leads", json=body)

    assert answer.status_code == 400
    assert answer.json()["code"] in {"MANDATORY_NOT_FOUND", "INVALID_DATA"}


def test_a_body_that_is_no_json_and_a_strange_trigger_are_refused(client):
    broken = client.post("Leads", content=b"{")
    strange = client.post("Leads", json={"data": [lead()], "trigger": ["everything"]})

    assert (broken.status_code, strange.status_code) == (400, 400)


def test_an_update_moves_the_stamps_and_says_so(client, make, hand_clock):
    [id_] = make({})
    hand_clock.advance(seconds=90)

    answer = client.put("Leads", json={"data": [{"id": id_, "First_Name": "Ada"}], "trigger": []})

    details = answer.json()["data"][0]["details"]
    assert answer.status_code == 200
    assert (details["Created_Time"], details["Modified_Time"]) == (
        "2026-03-02T16:00:00+01:00",
        "2026-03-02T16:01:30+01:00",
    )


def test_an_update_of_one_record_goes_by_its_path(client, make):
    [id_] = make({})

    client.put(f"Leads/{id_}", json={"data": [{"First_Name": "Ada"}]})

    assert client.get(f"Leads/{id_}").json()["data"][0]["Full_Name"] == "Ada Birk"


def test_an_update_that_changes_nothing_is_an_effect_without_changes(client, make, control):
    [id_] = make({"First_Name": "Ada"})

    client.put("Leads", json={"data": [{"id": id_, "First_Name": "Ada"}]})

    last = control("journal?kind=effect")["entries"][-1]
    assert (last["op"], last["id"], last["changed"]) == ("update", id_, [])


def test_an_update_without_an_id_or_of_nobody_is_refused(client):
    answer = client.put("Leads", json={"data": [{"First_Name": "Ada"}, {"id": "487600000009999999"}]})

    assert answer.status_code == 400
    assert verdicts(answer) == [("MANDATORY_NOT_FOUND", "id"), ("INVALID_DATA", "id")]


def test_a_record_is_never_without_an_owner(client, make):
    [id_] = make({})

    answer = client.put("Leads", json={"data": [{"id": id_, "Owner": None}]})

    assert verdicts(answer) == [("INVALID_DATA", "Owner")]
    assert client.get(f"Leads/{id_}").json()["data"][0]["Owner"]["id"]


def test_a_null_clears_a_field_but_not_a_mandatory_one(client, make):
    ids = make({"First_Name": "Ada"}, {})

    answer = client.put("Leads", json={"data": [{"id": ids[0], "First_Name": None}, {"id": ids[1], "Company": None}]})

    assert verdicts(answer) == [("SUCCESS", None), ("MANDATORY_NOT_FOUND", "Company")]
    assert client.get(f"Leads/{ids[0]}").json()["data"][0]["First_Name"] is None


def test_a_lookup_is_stored_with_the_name_of_what_it_points_to(client):
    made = client.post("Accounts", json={"data": [{"Account_Name": "Halden"}]})
    account = made.json()["data"][0]["details"]["id"]

    answer = client.post("Contacts", json={"data": [{"Last_Name": "Birk", "Account_Name": {"id": account}}]})

    contact = answer.json()["data"][0]["details"]["id"]
    stored = client.get(f"Contacts/{contact}").json()["data"][0]
    assert stored["Account_Name"] == {"name": "Halden", "id": account}


def test_a_record_changed_since_refuses_the_whole_call(client, make, hand_clock):
    ids = make({}, {})
    hand_clock.advance(seconds=60)
    client.put("Leads", json={"data": [{"id": ids[1], "First_Name": "Ada"}]})
    since = {"If-Unmodified-Since": "2026-03-02T15:00:30+00:00"}

    refused = client.put("Leads", json={"data": [{"id": id_, "Phone": "1"} for id_ in ids]}, headers=since)
    fine = client.put("Leads", json={"data": [{"id": ids[0], "Phone": "1"}]}, headers=since)

    assert (refused.status_code, refused.json()["code"]) == (412, "ALREADY_MODIFIED")
    assert refused.json()["details"]["id"] == ids[1]
    assert fine.status_code == 200

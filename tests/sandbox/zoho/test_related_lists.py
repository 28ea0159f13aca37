"""What hangs on a record: seen at once, page by page, while the search index still lags."""

import pytest


def test_a_task_made_a_moment_ago_is_on_its_leads_list_though_search_does_not_know_it(client, make):
    [lead, other] = make({}, {})
    [id_] = make({"Subject": "Call Ada", "What_Id": {"id": lead}, "$se_module": "Leads"}, module="Tasks")

    answer = client.get(f"Leads/{lead}/Tasks", params={"fields": "Subject,Description"})

    assert answer.json()["data"] == [{"Subject": "Call Ada", "Description": None, "id": id_}]
    assert client.get("Tasks/search", params={"word": "Ada"}).status_code == 204
    assert client.get(f"Leads/{other}/Tasks", params={"fields": "Subject"}).status_code == 204


def test_a_related_list_is_read_in_pages(client, make):
    [contact] = make({}, module="Contacts")
    ids = make(*({"Who_Id": {"id": contact}} for _ in range(3)), module="Tasks")

    first = client.get(f"Contacts/{contact}/Tasks", params={"fields": "id", "per_page": 2}).json()
    token = first["info"]["next_page_token"]
    asked = {"fields": "id", "per_page": 2, "page_token": token}
    second = client.get(f"Contacts/{contact}/Tasks", params=asked).json()

    assert [row["id"] for row in first["data"] + second["data"]] == sorted(ids, reverse=True)
    assert (first["info"]["more_records"], second["info"]["more_records"]) == (True, False)


def test_a_contacts_deals_and_a_deals_tasks(client, make):
    [contact] = make({}, module="Contacts")
    [deal, _stranger] = make({"Contact_Name": {"id": contact}}, {"Deal_Name": "Other"}, module="Deals")
    [id_] = make({"What_Id": {"id": deal}, "$se_module": "Deals"}, module="Tasks")

    deals = client.get(f"Contacts/{contact}/Deals", params={"fields": "Deal_Name,Stage"}).json()["data"]
    tasks = client.get(f"Deals/{deal}/Tasks", params={"fields": "Subject"}).json()["data"]

    assert deals == [{"Deal_Name": "Halden 2026", "Stage": "Qualification", "id": deal}]
    assert [row["id"] for row in tasks] == [id_]


def test_fields_must_be_named(client, make):
    [lead] = make({})

    assert client.get(f"Leads/{lead}/Tasks").json()["code"] == "REQUIRED_PARAM_MISSING"


def test_a_list_nobody_knows_is_refused_and_a_record_nobody_knows_has_none(client, make):
    [lead] = make({})

    unknown = client.get(f"Leads/{lead}/Deals", params={"fields": "id"})
    nobody = client.get("Leads/487600000000999999/Tasks", params={"fields": "id"})

    assert (unknown.status_code, unknown.json()["details"]) == (400, {"resource_path_index": 2})
    assert nobody.status_code == 204


@pytest.mark.parametrize(
    ("module", "lists"),
    [
        ("Leads", ["Tasks", "Calls", "Notes"]),
        ("Contacts", ["Deals", "Tasks", "Calls", "Notes"]),
        ("Deals", ["Tasks", "Calls", "Notes"]),
    ],
)
def test_a_module_tells_its_related_lists(client, module, lists):
    answer = client.get("settings/related_lists", params={"module": module}).json()["related_lists"]

    assert [each["api_name"] for each in answer] == lists
    assert all(each["module"]["api_name"] == each["api_name"] for each in answer)


def test_related_lists_need_a_module(client):
    assert client.get("settings/related_lists").json()["code"] == "REQUIRED_PARAM_MISSING"
    assert client.get("settings/related_lists", params={"module": "Tasks"}).status_code == 204


def test_a_note_is_hung_on_a_record_by_either_door(client, make):
    [lead] = make({})
    note = {"Note_Title": "Activity", "Note_Content": "Read three mails"}
    parent = {"id": lead, "module": {"api_name": "Leads"}}

    beside = client.post("Notes", json={"data": [{**note, "Parent_Id": parent}]})
    below = client.post(f"Leads/{lead}/Notes", json={"data": [note]})

    notes = client.get(f"Leads/{lead}/Notes", params={"fields": "Note_Title,Parent_Id"}).json()["data"]
    assert (beside.status_code, below.status_code, len(notes)) == (201, 201, 2)
    assert notes[0]["Parent_Id"] == {
        "name": "Birk",
        "id": lead,
        "module": {"api_name": "Leads", "id": "487600000000002001"},
    }


@pytest.mark.parametrize(
    ("parent", "code"),
    [
        (None, "MANDATORY_NOT_FOUND"),
        ({"id": "{lead}"}, "MANDATORY_NOT_FOUND"),
        ({"id": "{lead}", "module": {"api_name": "Contacts"}}, "INVALID_DATA"),
        ({"id": "487600000000999999", "module": {"api_name": "Leads"}}, "INVALID_DATA"),
    ],
    ids=["no parent", "no module", "another module", "nobody"],
)
def test_a_note_needs_a_parent_in_the_module_it_names(client, make, parent, code):
    [lead] = make({})
    named = {**parent, "id": parent["id"].replace("{lead}", lead)} if parent else None

    [item] = client.post("Notes", json={"data": [{"Note_Content": "…", "Parent_Id": named}]}).json()["data"]

    assert item["code"] == code

"""Notes of a record, read, changed and deleted by way of the record; and how much hangs on it."""

import pytest


@pytest.fixture
def lead_with_notes(client, make):
    """A lead, and the ids of its notes."""
    [lead] = make({})
    answer = client.post(f"Leads/{lead}/Notes", json={"data": [{"Note_Content": "one"}, {"Note_Content": "two"}]})
    return lead, [item["details"]["id"] for item in answer.json()["data"]]


def test_one_note_of_a_record_is_read_alone(client, lead_with_notes):
    lead, [note, _] = lead_with_notes

    [row] = client.get(f"Leads/{lead}/Notes/{note}", params={"fields": "Note_Content"}).json()["data"]

    assert row["Note_Content"] == "one"


def test_notes_of_a_record_are_changed_together_and_alone(client, lead_with_notes):
    lead, [first, second] = lead_with_notes

    together = client.put(f"Leads/{lead}/Notes", json={"data": [{"id": first, "Note_Content": "1"}]})
    alone = client.put(f"Leads/{lead}/Notes/{second}", json={"data": [{"Note_Content": "2"}]})

    assert (together.status_code, alone.status_code) == (200, 200)
    rows = client.get(f"Leads/{lead}/Notes", params={"fields": "Note_Content", "sort_order": "asc"}).json()["data"]
    assert [row["Note_Content"] for row in rows] == ["1", "2"]


def test_a_note_of_another_record_is_not_to_be_had(client, make, lead_with_notes):
    _, [note, _] = lead_with_notes
    [other] = make({})

    read = client.get(f"Leads/{other}/Notes/{note}")
    changed = client.put(f"Leads/{other}/Notes", json={"data": [{"id": note, "Note_Content": "mine"}]})
    deleted = client.delete(f"Leads/{other}/Notes/{note}")

    assert (read.status_code, changed.status_code, deleted.status_code) == (204, 400, 400)
    assert client.get(f"Notes/{note}").status_code == 200


def test_notes_of_a_record_are_deleted(client, lead_with_notes):
    lead, [first, second] = lead_with_notes

    answers = [
        client.delete(f"Leads/{lead}/Notes", params={"ids": first}),
        client.delete(f"Leads/{lead}/Notes/{second}"),
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert client.get(f"Leads/{lead}/Notes", params={"fields": "Note_Content"}).status_code == 204


def test_notes_are_listed_and_changed_module_wide(client, lead_with_notes):
    lead, [first, second] = lead_with_notes

    client.put("Notes", json={"data": [{"id": first, "Note_Title": "T"}]})

    rows = client.get("Notes", params={"fields": "Note_Title,Parent_Id"}).json()["data"]
    assert [(row["id"], row["Note_Title"], row["Parent_Id"]["id"]) for row in rows] == [
        (second, None, lead),
        (first, "T", lead),
    ]


def test_what_hangs_by_a_lookup_is_not_linked_by_hand(client, make):
    [lead], [task] = make({}), make({}, module="Tasks")

    answer = client.put(f"Leads/{lead}/Tasks/{task}", json={"data": [{"id": task}]})

    assert (answer.status_code, answer.json()["code"]) == (400, "NOT_SUPPORTED")


def test_related_records_are_counted(client, lead_with_notes):
    lead, _ = lead_with_notes
    wish = [{"related_list": {"api_name": "Notes", "id": "1"}}, {"related_list": {"api_name": "Tasks", "id": "2"}}]

    answer = client.post(f"Leads/{lead}/actions/get_related_records_count", json={"get_related_records_count": wish})

    [counts] = answer.json()["get_related_records_count"]
    assert [(each["related_list"]["api_name"], each["count"]) for each in counts] == [("Notes", 2), ("Tasks", 0)]

"""Tasks: what they demand, whose they are, what they belong to, and when they are closed."""

import pytest


def verdict(client, **said):
    [item] = client.post("Tasks", json={"data": [{"Subject": "Call", **said}]}).json()["data"]
    return item


def task(client, id_):
    [row] = client.get(f"Tasks/{id_}").json()["data"]
    return row


def test_a_task_on_a_lead_carries_what_was_said(client, make):
    [lead] = make({"Email": "ada@halden.example"})
    alarm = {"ALARM": "FREQ=NONE;ACTION=POPUP;TRIGGER=DATE-TIME:2026-03-02T16:10:00+01:00"}
    said = {
        "Subject": "Call within 15 minutes",
        "Due_Date": "2026-03-02",
        "Priority": "Highest",
        "What_Id": {"id": lead},
        "$se_module": "Leads",
        "Owner": {"id": "487600000000022002"},
        "Remind_At": alarm,
    }

    [id_] = make(said, module="Tasks")

    row = task(client, id_)
    assert (row["What_Id"]["id"], row["$se_module"], row["Remind_At"]) == (lead, "Leads", alarm)
    assert (row["Owner"]["name"], row["Status"], row["Closed_Time"]) == ("Carla Costa", "Not Started", None)


def test_a_task_without_a_subject_or_an_owner(client):
    [item] = client.post("Tasks", json={"data": [{"Priority": "High"}]}).json()["data"]

    assert (item["code"], item["details"]["api_name"]) == ("MANDATORY_NOT_FOUND", "Subject")
    assert task(client, verdict(client)["details"]["id"])["Owner"]["name"] == "Baton Integration"


@pytest.mark.parametrize(
    ("said", "code", "name"),
    [
        ({"Due_Date": "2026-03-02T16:10:00+01:00"}, "INVALID_DATA", "Due_Date"),
        ({"Status": "Forgotten"}, "INVALID_DATA", "Status"),
        ({"Priority": "Urgent"}, "INVALID_DATA", "Priority"),
        ({"Remind_At": "2026-03-02T16:10:00+01:00"}, "INVALID_DATA", "Remind_At"),
        ({"Remind_At": {"ALARM": "tomorrow"}}, "INVALID_DATA", "Remind_At"),
        ({"Owner": {"id": "487600000000022006"}}, "INVALID_DATA", "Owner"),
        ({"Owner": {"id": "487600000000022999"}}, "INVALID_DATA", "Owner"),
        ({"Who_Id": {"id": "487600000000999999"}}, "INVALID_DATA", "Who_Id"),
    ],
    ids=lambda each: str(each)[:30],
)
def test_a_value_that_does_not_fit_is_refused(client, said, code, name):
    item = verdict(client, **said)

    assert (item["code"], item["details"]["api_name"]) == (code, name)


def test_what_a_task_belongs_to_needs_its_module(client, make):
    [lead] = make({})

    silent = verdict(client, What_Id={"id": lead})
    elsewhere = verdict(client, What_Id={"id": lead}, **{"$se_module": "Deals"})
    nowhere = verdict(client, What_Id={"id": lead}, **{"$se_module": "Contacts"})

    assert (silent["code"], silent["details"]["api_name"]) == ("MANDATORY_NOT_FOUND", "$se_module")
    assert (elsewhere["code"], elsewhere["details"]["api_name"]) == ("INVALID_DATA", "What_Id")
    assert (nowhere["code"], nowhere["details"]["api_name"]) == ("INVALID_DATA", "$se_module")


def test_a_task_is_closed_when_completed_and_open_again_when_not(client, make, hand_clock):
    [id_] = make({}, module="Tasks")
    hand_clock.advance(minutes=5)

    client.put("Tasks", json={"data": [{"id": id_, "Status": "Completed"}]})
    hand_clock.advance(minutes=5)
    client.put("Tasks", json={"data": [{"id": id_, "Description": "done"}]})
    closed = task(client, id_)["Closed_Time"]
    client.put("Tasks", json={"data": [{"id": id_, "Status": "In Progress"}]})

    assert (closed, task(client, id_)["Closed_Time"]) == ("2026-03-02T16:05:00+01:00", None)


def test_tasks_are_found_by_query_list_and_id_and_deleted(client, make, ask):
    [contact] = make({}, module="Contacts")
    done, open_ = make({"Who_Id": {"id": contact}, "Status": "Completed"}, {"Priority": "High"}, module="Tasks")
    query = "select Subject, Status, Who_Id from Tasks where ((Status = 'Completed') and (Who_Id = '{}'))"

    [found] = ask(query, contact).json()["data"]
    listed = client.get("Tasks", params={"fields": "Subject,$se_module,What_Id", "ids": f"{done},{open_}"}).json()[
        "data"
    ]
    client.delete("Tasks", params={"ids": open_})

    assert (found["id"], found["Who_Id"]) == (done, {"name": "Birk", "id": contact})
    assert listed[0] == {"Subject": "Call", "$se_module": None, "What_Id": None, "id": open_}
    assert client.get(f"Tasks/{open_}").status_code == 204


def test_a_task_stirs_its_lead_without_changing_it(client, make, hand_clock):
    [lead] = make({})
    hand_clock.advance(minutes=5)

    make({"What_Id": {"id": lead}, "$se_module": "Leads"}, module="Tasks")

    [row] = client.get(f"Leads/{lead}").json()["data"]
    assert (row["Last_Activity_Time"], row["Modified_Time"]) == (
        "2026-03-02T16:05:00+01:00",
        "2026-03-02T16:00:00+01:00",
    )


def test_a_salesperson_completes_a_task(client, make, control):
    [id_] = make({}, module="Tasks")

    control("people/complete_task", id=id_, **{"as": "emma.evans@sales.example"})

    row = task(client, id_)
    assert (row["Status"], row["Modified_By"]["name"]) == ("Completed", "Emma Evans")


def test_tasks_go_along_when_their_lead_is_converted(client, make, control):
    [lead] = make({})
    [id_] = make({"What_Id": {"id": lead}, "$se_module": "Leads"}, module="Tasks")

    made = control("people/convert", id=lead)

    row = task(client, id_)
    assert (row["Who_Id"]["id"], row["What_Id"], row["$se_module"]) == (made["Contacts"]["id"], None, None)

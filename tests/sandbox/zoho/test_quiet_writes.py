"""Whether a write asked for workflows stands in the journal, and whose record it is is judged."""

import pytest

WRITE = {"data": [{"Last_Name": "Birk", "Company": "Halden"}]}


@pytest.mark.parametrize(
    ("said", "told"), [({}, None), ({"trigger": []}, []), ({"trigger": ["workflow"]}, ["workflow"])]
)
def test_the_journal_tells_which_workflows_a_write_asked_for(client, control, said, told):
    client.post("Leads", json={**WRITE, **said})

    last = control("journal?kind=effect")["entries"][-1]
    assert (last["trigger"], last["by"]) == (told, "487600000000023001")


def test_a_deletion_may_be_quiet_too(client, make, control):
    first, second = make({}, {})

    client.delete("Leads", params={"ids": first, "wf_trigger": "false"})
    client.delete("Leads", params={"ids": second})

    assert [entry["trigger"] for entry in control("journal?kind=effect")["entries"][-2:]] == [[], None]


def test_a_workflow_nobody_knows_refuses_the_call(client):
    assert client.post("Leads", json={**WRITE, "trigger": ["wizardry"]}).status_code == 400


def test_a_record_is_given_to_an_active_user_and_to_nobody_who_left(client, make):
    [id_] = make({"Owner": {"id": "487600000000022004"}})

    given = client.put("Leads", json={"data": [{"id": id_, "Owner": {"id": "487600000000022005"}}]})
    refused = client.put("Leads", json={"data": [{"id": id_, "Owner": {"id": "487600000000022006"}}]})

    [row] = client.get(f"Leads/{id_}").json()["data"]
    assert (given.status_code, row["Owner"]["email"]) == (200, "fabien.faure@sales.example")
    [item] = refused.json()["data"]
    assert (item["code"], item["details"]["api_name"]) == ("INVALID_DATA", "Owner")

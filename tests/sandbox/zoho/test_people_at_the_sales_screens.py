"""What sales people do by hand, what was there before, and what outlives a restart."""


def test_a_persons_edit_carries_their_name_and_not_the_integrations(client, make, control, hand_clock):
    [id_] = make({"Email": "ada@halden.example"})
    hand_clock.advance(seconds=5)

    control("people/edit", module="Leads", email="ADA@halden.example", values={"Phone": "030 1"})

    [row] = client.get(f"Leads/{id_}").json()["data"]
    assert (row["Modified_By"]["name"], row["Created_By"]["name"]) == ("Bruno Becker", "Baton Integration")
    assert row["Modified_Time"] == "2026-03-02T16:00:05+01:00"
    last = control("journal?kind=effect")["entries"][-1]
    assert (last["actor"], last["op"], last["values"], last["call"]) == ("person", "update", {"Phone": "030 1"}, None)


def test_a_person_makes_a_record(client, control):
    made = control("people/create", module="Contacts", values={"Last_Name": "Birk", "First_Name": "Ada"})

    assert made["Full_Name"] == "Ada Birk"
    assert client.get(f"Contacts/{made['id']}").status_code == 200


def test_the_screens_refuse_what_the_api_refuses(client, make):
    make({"Email": "ada@halden.example"}, module="Contacts")
    order = {"module": "Contacts", "values": {"Last_Name": "Birk", "Email": "ada@halden.example"}}

    answer = client.post("http://organisation.example/_sandbox/people/create", json=order)

    assert (answer.status_code, answer.json()["error"]) == (400, "DUPLICATE_DATA at Email")


def test_an_unknown_module_or_record_is_a_404(client):
    answers = [
        client.get(f"http://organisation.example/_sandbox/records/{place}")
        for place in ("Leaves", "Leads/487600000009999999")
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_lead_converted_by_hand_fills_the_contact_that_is_there(client, make, control):
    [contact] = make({"Email": "ada@halden.example"}, module="Contacts")
    [lead] = make({"Email": "ada@halden.example", "Phone": "030 1"})

    made = control("people/convert", id=lead)

    assert made["Contacts"]["id"] == contact
    assert client.get(f"Contacts/{contact}").json()["data"][0]["Phone"] == "030 1"


def test_records_are_loaded_with_their_ids_and_without_effects(client, control):
    row = {"id": "500000000000000007", "Last_Name": "Birk", "Company": "Halden", "ActiveCampaign_ID": "7"}

    control("load", module="Leads", records=[row])
    [made] = client.post("Leads", json={"data": [{"Last_Name": "B", "Company": "C"}]}).json()["data"]

    assert client.get("Leads/500000000000000007").json()["data"][0]["ActiveCampaign_ID"] == "7"
    assert int(made["details"]["id"]) > int(row["id"])
    assert [entry["op"] for entry in control("journal?kind=effect")["entries"]] == ["create"]


def test_the_same_seed_gives_the_same_organisation(open_organisation):
    one, other = (open_organisation(people=60).crm.desk for _ in range(2))

    assert one.listing("Leads") == other.listing("Leads")
    assert one.listing("Contacts") == other.listing("Contacts")


def test_the_organisation_knows_some_people_already(open_organisation):
    desk = open_organisation(people=200).crm.desk

    leads, contacts = desk.listing("Leads"), desk.listing("Contacts")
    keys = [row["Email"].lower() for row in leads if row["Email"]]
    assert leads
    assert all(row["Last_Name"] and row["Company"] for row in leads)
    assert all(row["Last_Name"] and row["Account_Name"]["id"] for row in contacts)
    assert len(keys) > len(set(keys))


def test_records_deletions_and_ids_outlive_a_restart(open_organisation, clients, tmp_path):
    first = open_organisation(data=tmp_path / "zoho.db")
    ids = [row["id"] for row in first.crm.desk.listing("Leads")]
    clients(first).delete("Leads", params={"ids": ids[0]})
    first.close()

    client = clients(open_organisation(data=tmp_path / "zoho.db"))

    made = client.post("Leads", json={"data": [{"Last_Name": "Birk", "Company": "Halden"}]}).json()["data"][0]
    assert client.get("Leads/deleted").json()["data"][0]["id"] == ids[0]
    assert client.get(f"Leads/{ids[1]}").status_code == 200
    assert int(made["details"]["id"]) > int(ids[-1])

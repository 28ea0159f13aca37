"""What people do by hand, through the control API: the same rows move, but the actor is a person."""

CONTROL = "http://account.example/_sandbox"


def test_a_person_makes_a_contact_with_everything_on_it(client, account):
    values = {
        "email": "walk-in@halden.example",
        "firstName": "Walk",
        "orgname": "Corvella Tools AG",
        "fields": {"COUNTRY": "Schweiz"},
        "lists": {"Newsletter": "subscribed", "Events": 2},
        "tags": ["VIP"],
    }

    made = client.post(f"{CONTROL}/people/create", json={"module": "contact", "values": values}).json()

    assert (made["orgname"], made["fields"], made["tags"]) == ("Corvella Tools AG", {"COUNTRY": "Schweiz"}, ["VIP"])
    assert made["lists"] == {"Newsletter": "1", "Events": "2"}
    effect = account.ground.journal.read(after=0, limit=10)[-1]
    assert (effect["actor"], effect["op"], effect["call"]) == ("person", "create", None)


def test_a_person_edits_by_email(client, contact, hand_clock):
    hand_clock.advance(seconds=3)
    body = {"module": "contact", "email": "ADA@halden.example", "values": {"lastName": "Vogt", "fields": {"BUDGET": 5}}}

    edited = client.post(f"{CONTROL}/people/edit", json=body).json()

    assert (edited["id"], edited["lastName"], edited["fields"]) == (contact["id"], "Vogt", {"BUDGET": "5"})
    assert edited["udate"] == "2026-03-02T09:00:03-06:00"


def test_many_are_edited_at_once(client):
    body = {"module": "contact", "ids": [1, 2, 3], "values": {"fields": {"JOB_TITLE": "Title {n}"}}}

    answer = client.post(f"{CONTROL}/people/edit-many", json=body).json()

    titles = [client.get(f"{CONTROL}/records/contact/{id_}").json()["fields"]["JOB_TITLE"] for id_ in (1, 2, 3)]
    assert (answer, titles) == ({"edited": 3}, ["Title 0", "Title 1", "Title 2"])


def test_a_merge_leaves_one_contact_with_the_tags_of_both(client, contact):
    other = client.post("contacts", json={"contact": {"email": "twin@halden.example", "phone": "1"}}).json()["contact"]
    client.post("contactTags", json={"contactTag": {"contact": contact["id"], "tag": "1"}})

    kept = client.post(f"{CONTROL}/people/merge", json={"from": contact["id"], "into": other["id"]}).json()

    assert (kept["id"], kept["firstName"], kept["phone"], kept["tags"]) == (other["id"], "Ada", "1", ["Hot Lead"])
    assert client.get(f"contacts/{contact['id']}").status_code == 404


def test_a_person_deletes(client, contact):
    client.post(f"{CONTROL}/people/delete", json={"module": "contact", "id": contact["id"]})

    assert client.get(f"contacts/{contact['id']}").status_code == 404


def test_records_are_loaded_as_they_are_and_without_effects(client, account):
    record = {
        "id": "500",
        "email": "old@halden.example",
        "cdate": "2020-05-01T10:00:00-05:00",
        "fields": {"BUDGET": "7"},
    }

    client.post(f"{CONTROL}/load", json={"module": "contact", "records": [record]})

    shown = client.get("contacts/500").json()["contact"]
    after = client.post("contacts", json={"contact": {"email": "next@halden.example"}}).json()["contact"]
    assert (shown["cdate"], shown["udate"]) == ("2020-05-01T10:00:00-05:00", "2020-05-01T10:00:00-05:00")
    assert after["id"] == "501"
    assert account.ground.journal.read(after=0, limit=10, kind="effect")[0]["id"] == "501"


def test_what_people_ask_for_wrongly_is_explained(client):
    taken = client.get(f"{CONTROL}/records/contact/1").json()["email"]
    wrong = [
        client.post(f"{CONTROL}/people/create", json={"module": "contact", "values": {"email": taken}}),
        client.post(f"{CONTROL}/people/edit", json={"module": "contact", "id": 1, "values": {"tags": ["Nope"]}}),
        client.post(f"{CONTROL}/people/edit", json={"module": "contact", "id": 1}),
        client.get(f"{CONTROL}/records/invoice"),
        client.get(f"{CONTROL}/records/contact/9999"),
    ]

    assert [answer.status_code for answer in wrong] == [400, 400, 400, 404, 404]
    assert all(answer.json()["error"] for answer in wrong)


def test_the_account_goes_on_after_a_restart_where_it_stopped(open_account, clients, tmp_path):
    first = open_account(data=tmp_path / "account.db")
    made = clients(first).post("contacts", json={"contact": {"email": "kept@halden.example"}}).json()["contact"]
    clients(first).post("contactTags", json={"contactTag": {"contact": made["id"], "tag": "1"}})
    clients(first).delete("contacts/3")
    first.close()

    second = open_account(people=5, data=tmp_path / "account.db")

    client = clients(second)
    assert client.get(f"contacts/{made['id']}/contactTags").json()["contactTags"][0]["tag"] == "1"
    assert client.get("contacts/3").status_code == 404
    assert client.get("contacts").json()["meta"]["total"] == "20"
    assert [entry["op"] for entry in second.ground.journal.read(after=0, limit=20, kind="effect")] == [
        "create",
        "update",
        "delete",
    ]
    again = client.post("contacts", json={"contact": {"email": "after@halden.example"}}).json()["contact"]
    assert int(again["id"]) == int(made["id"]) + 1

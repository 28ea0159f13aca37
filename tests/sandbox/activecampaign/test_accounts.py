"""Companies through the API: names are unique, each kind of answer shows its own part, and deletion detaches."""

import pytest


@pytest.fixture
def company(client):
    """An account made through the API."""
    sent = {"name": "Halden Works", "accountUrl": "https://halden.example"}
    return client.post("accounts", json={"account": sent}).json()["account"]


def changes_of(account, module):
    entries = account.ground.journal.read(after=0, limit=10_000, kind="effect")
    return [(entry["op"], entry["actor"], entry["changed"]) for entry in entries if entry["module"] == module]


def test_a_create_echoes_what_was_sent_and_says_that_fields_were_saved(client):
    answer = client.post("accounts", json={"account": {"name": "Halden Works"}})

    shown = answer.json()["account"]
    assert answer.status_code == 201
    assert "accountUrl" not in shown
    assert (shown["owner"], shown["fields"], shown["customFieldSaveStatus"]) == ("1", [], {"status": "success"})
    assert shown["createdTimestamp"] == "2026-03-02T09:00:00-06:00"
    assert set(shown["links"]) == {
        "notes",
        "accountCustomFieldData",
        "accountContacts",
        "emailActivities",
        "contactEmails",
        "owner",
    }


def test_a_single_read_shows_neither_fields_nor_counts(client, company):
    shown = client.get(f"accounts/{company['id']}").json()["account"]

    assert set(shown) == {"name", "accountUrl", "createdTimestamp", "updatedTimestamp", "owner", "links", "id"}


def test_a_list_counts_contacts_only_on_request(client, company, contact):
    client.post("accountContacts", json={"accountContact": {"account": company["id"], "contact": contact["id"]}})

    plain = client.get("accounts", params={"search": "halden works"}).json()
    counted = client.get("accounts", params={"search": "halden works", "count_deals": "true"}).json()

    assert plain["meta"] == {"total": "1"}
    assert [row["contactCount"] for row in plain["accounts"]] == ["0"]
    assert [row["contactCount"] for row in counted["accounts"]] == ["1"]


def test_an_account_needs_a_name(client):
    answer = client.post("accounts", json={"account": {"accountUrl": "https://halden.example"}})

    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {
            "title": "The account name was not provided.",
            "detail": "",
            "code": "field_missing",
            "source": {"pointer": "/data/attributes/name"},
        }
    ]


@pytest.mark.parametrize("verb", ["PUT", "PATCH"])
def test_a_name_that_is_taken_is_refused_however_it_is_written(client, company, verb):
    other = client.post("accounts", json={"account": {"name": "Borg Works"}}).json()["account"]

    made = client.post("accounts", json={"account": {"name": "HALDEN works"}})
    renamed = client.request(verb, f"accounts/{other['id']}", json={"account": {"name": "Halden Works"}})

    assert (made.status_code, renamed.status_code) == (422, 422)
    assert made.json()["errors"][0]["title"] == (
        'An account named "HALDEN works" already exists. Please choose a new name.'
    )
    assert made.json()["errors"][0]["code"] == "duplicate"


def test_a_change_keeps_what_it_does_not_name_and_frees_the_old_name(client, company, hand_clock):
    hand_clock.advance(minutes=1)

    shown = client.patch(f"accounts/{company['id']}", json={"account": {"name": "Halden Group"}}).json()["account"]
    again = client.post("accounts", json={"account": {"name": "Halden Works"}})

    assert (shown["name"], shown["accountUrl"]) == ("Halden Group", "https://halden.example")
    assert shown["updatedTimestamp"] == "2026-03-02T09:01:00-06:00"
    assert again.status_code == 201
    assert again.json()["account"]["id"] != company["id"]


def test_a_deleted_account_leaves_its_contacts_behind_and_its_id_unused(client, account, company, contact):
    client.post("accountContacts", json={"accountContact": {"account": company["id"], "contact": contact["id"]}})

    first, second = (client.delete(f"accounts/{company['id']}") for _ in range(2))
    again = client.post("accounts", json={"account": {"name": "Halden Works"}}).json()["account"]

    assert (first.status_code, first.json()) == (200, {})
    assert second.status_code == 404
    assert second.json() == {"message": f"No Result found for CustomerAccount with id {company['id']}"}
    assert client.get(f"contacts/{contact['id']}").json()["contact"]["orgname"] == ""
    assert int(again["id"]) > int(company["id"])
    assert ("delete", "api", []) in changes_of(account, "account")


def test_accounts_can_be_deleted_in_bulk(client, company):
    answer = client.delete("accounts/bulk_delete", params={"ids[]": company["id"]})

    assert answer.json() == {"meta": {"success": True}}
    assert client.get(f"accounts/{company['id']}").status_code == 404


def test_webhooks_hear_of_accounts_without_any_contact(client, listen, told):
    listen(events=["account_add", "account_update"])
    company = client.post("accounts", json={"account": {"name": "Halden Works"}}).json()["account"]

    client.put(f"accounts/{company['id']}", json={"account": {"accountUrl": "https://halden.example"}})

    added, updated = told()
    assert (added["type"], added["account[id]"], added["account[name]"]) == (
        "account_add",
        company["id"],
        "Halden Works",
    )
    assert added["account[created_timestamp]"] == "2026-03-02 09:00:00"
    assert (updated["type"], updated["updated_fields[0]"]) == ("account_update", "account_url")
    assert not [key for key in {*added, *updated} if key.startswith("contact[")]


def test_an_account_of_2020_had_no_owner(clients, open_account):
    client = clients(open_account(people=0, answers_of=2020))

    shown = client.post("accounts", json={"account": {"name": "Halden Works"}}).json()["account"]

    assert set(shown) == {"name", "createdTimestamp", "updatedTimestamp", "links", "id"}
    assert "owner" not in shown["links"]

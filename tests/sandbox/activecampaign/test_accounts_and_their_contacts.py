"""Which contact belongs to which account: one account per contact, and rows with numbers of their own."""

import pytest


@pytest.fixture
def companies(client):
    names = ("Halden Works", "Borg Works")
    return [client.post("accounts", json={"account": {"name": name}}).json()["account"]["id"] for name in names]


@pytest.fixture
def join(client):
    return lambda **sent: client.post("accountContacts", json={"accountContact": sent})


def test_numbers_come_back_as_they_were_sent_and_as_strings_on_reads(client, companies, contact, join):
    answer = join(account=int(companies[0]), contact=int(contact["id"]), jobTitle="Buyer")

    echo = answer.json()["accountContact"]
    read = client.get(f"accountContacts/{echo['id']}").json()["accountContact"]
    assert answer.status_code == 201
    assert (echo["account"], echo["contact"], echo["jobTitle"]) == (int(companies[0]), int(contact["id"]), "Buyer")
    assert (read["account"], read["contact"]) == (companies[0], contact["id"])


def test_a_second_account_for_a_contact_is_refused(companies, contact, join):
    join(account=companies[0], contact=contact["id"])

    answer = join(account=companies[1], contact=contact["id"])

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "field_invalid"
    assert answer.json()["errors"][0]["source"] == {"pointer": "/data/attributes/account,contact"}


@pytest.mark.parametrize(
    ("sent", "code"), [({"contact": 1}, "field_missing"), ({"contact": 1, "account": 9999}, "related_missing")]
)
def test_both_ends_must_be_there(join, sent, code):
    answer = join(**sent)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == code


def test_a_contact_shows_the_account_it_joined(client, companies, contact, join):
    row = join(account=companies[0], contact=contact["id"]).json()["accountContact"]

    read = client.get(f"contacts/{contact['id']}").json()

    assert (read["contact"]["orgid"], read["contact"]["orgname"]) == (companies[0], "Halden Works")
    assert read["contact"]["accountContacts"] == [row["id"]]
    assert [one["id"] for one in read["accountContacts"]] == [row["id"]]


def test_a_job_title_changes_and_the_stamp_with_it(client, companies, contact, join, hand_clock):
    row = join(account=companies[0], contact=contact["id"]).json()["accountContact"]
    hand_clock.advance(seconds=5)
    sent = {"account": companies[1], "contact": contact["id"], "jobTitle": "Chair"}

    shown = client.put(f"accountContacts/{row['id']}", json={"accountContact": sent}).json()["accountContact"]

    assert (shown["account"], shown["jobTitle"]) == (companies[1], "Chair")
    assert (shown["createdTimestamp"], shown["updatedTimestamp"]) == (
        "2026-03-02T09:00:00-06:00",
        "2026-03-02T09:00:05-06:00",
    )


def test_who_left_may_join_again_under_another_number(client, companies, contact, join):
    first = join(account=companies[0], contact=contact["id"]).json()["accountContact"]
    gone = [client.delete(f"accountContacts/{first['id']}") for _ in range(2)]

    second = join(account=companies[1], contact=contact["id"])

    assert [answer.status_code for answer in gone] == [200, 404]
    assert gone[1].json() == {"message": f"No Result found for CustomerAccountSubscriber with id {first['id']}"}
    assert second.status_code == 201
    assert second.json()["accountContact"]["id"] != first["id"]


@pytest.mark.parametrize("end", ["contact", "account"])
def test_both_filters_work(client, companies, contact, join, end):
    row = join(account=companies[0], contact=contact["id"]).json()["accountContact"]
    wanted = {"contact": contact["id"], "account": companies[0]}[end]

    found = client.get("accountContacts", params={f"filters[{end}]": wanted}).json()

    assert [one["id"] for one in found["accountContacts"]] == [row["id"]]
    assert found["meta"] == {"total": "1"}


def test_a_deleted_contact_belongs_to_no_account(client, companies, contact, join):
    join(account=companies[0], contact=contact["id"])

    client.delete(f"contacts/{contact['id']}")

    assert client.get("accountContacts", params={"filters[account]": companies[0]}).json()["accountContacts"] == []


def test_webhooks_hear_of_a_new_member(companies, contact, join, listen, told):
    listen(events=["account_contact_add"])

    join(account=companies[0], contact=contact["id"], jobTitle="Buyer")

    (said,) = told()
    assert (said["accountContact[job_title]"], said["account[name]"]) == ("Buyer", "Halden Works")
    assert said["contact[email]"] == "ada@halden.example"

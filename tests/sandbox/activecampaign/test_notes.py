"""Notes on contacts, deals and accounts: what comes along, and whose stamp moves."""

import pytest


@pytest.fixture
def write(client, contact):
    def written(**more):
        sent = {"note": "Call again", "relid": int(contact["id"]), "reltype": "Subscriber"}
        return client.post("notes", json={"note": sent | more})

    return written


@pytest.fixture
def deal(client, contact):
    sent = {"title": "Vans", "value": 500, "currency": "eur", "contact": contact["id"], "group": "1", "owner": "1"}
    return client.post("deals", json={"deal": sent}).json()["deal"]["id"]


def udate(client, contact):
    return client.get(f"contacts/{contact['id']}").json()["contact"]["udate"]


def test_a_note_echoes_its_number_as_sent_and_brings_the_contact(client, contact, write):
    answer = write()

    note = answer.json()["note"]
    assert answer.status_code == 201
    assert [row["id"] for row in answer.json()["contacts"]] == [contact["id"]]
    assert (note["relid"], note["owner"]) == (int(contact["id"]), {"type": "contact", "id": int(contact["id"])})
    assert (note["is_draft"], note["user"]) == ("", "1")


def test_a_read_gives_strings(client, contact, write):
    note = write().json()["note"]["id"]

    shown = client.get(f"notes/{note}").json()["note"]
    listed = client.get("notes").json()

    assert (shown["relid"], shown["is_draft"]) == (contact["id"], "0")
    assert shown["owner"] == {"type": "contact", "id": contact["id"]}
    assert listed == {"notes": [shown], "meta": {"total": 1}}


def test_a_new_note_moves_the_contact_and_an_edited_one_does_not(client, contact, write, hand_clock):
    hand_clock.advance(seconds=5)
    note = write().json()["note"]["id"]
    hand_clock.advance(seconds=5)

    shown = client.patch(f"notes/{note}", json={"note": {"note": "Called"}}).json()["note"]

    assert (shown["note"], shown["mdate"]) == ("Called", "2026-03-02T09:00:10-06:00")
    assert udate(client, contact) == "2026-03-02T09:00:05-06:00"


@pytest.mark.parametrize("verb", ["GET", "PUT", "DELETE"])
def test_a_note_that_is_not_there_is_forbidden(client, verb):
    answer = client.request(verb, "notes/99", json={"note": {"note": "Called"}})

    assert (answer.status_code, answer.json()) == (403, {"message": "No Result found for Note with id 99"})


def test_a_note_on_nobody_is_forbidden_too(write):
    answer = write(relid=9999)

    assert (answer.status_code, answer.json()) == (403, {"message": "No Result found for Subscriber with id 9999"})


@pytest.mark.parametrize(("name", "value"), [("note", ""), ("reltype", "Stranger")])
def test_a_note_needs_words_and_a_place(write, name, value):
    answer = write(**{name: value})

    assert (answer.status_code, answer.json()["errors"][0]["source"]["pointer"]) == (422, f"/data/attributes/{name}")


def test_a_note_under_a_deal_shows_the_deal_before_it_counted_one_more(client, deal, hand_clock):
    before = client.get(f"deals/{deal}").json()["deal"]
    hand_clock.advance(seconds=5)

    answer = client.post(f"deals/{deal}/notes", json={"note": {"note": "Call again"}})

    after = client.get(f"deals/{deal}").json()["deal"]
    assert answer.status_code == 201
    assert (answer.json()["note"]["relid"], answer.json()["note"]["reltype"]) == (deal, "Deal")
    assert [row["activitycount"] for row in answer.json()["deals"]] == [before["activitycount"]]
    assert int(after["activitycount"]) == int(before["activitycount"]) + 1
    assert after["mdate"] == "2026-03-02T09:00:05-06:00"


def test_posting_to_a_note_makes_another_and_putting_changes_it(client, deal):
    first = client.post(f"deals/{deal}/notes", json={"note": {"note": "Call again"}}).json()["note"]["id"]

    second = client.post(f"deals/{deal}/notes/{first}", json={"note": {"note": "Called"}})
    changed = client.put(f"deals/{deal}/notes/{first}", json={"note": {"note": "Called twice"}})

    assert (second.status_code, second.json()["note"]["id"] == first) == (201, False)
    assert (changed.status_code, sorted(changed.json())) == (200, ["deals", "note", "users"])
    assert client.get(f"notes/{first}").json()["note"]["note"] == "Called twice"


def test_accounts_have_notes_too(client):
    company = client.post("accounts", json={"account": {"name": "Halden Works"}}).json()["account"]["id"]

    answer = client.post(f"accounts/{company}/notes", json={"note": {"note": "Call again"}}).json()

    assert [row["name"] for row in answer["accounts"]] == ["Halden Works"]
    assert answer["note"]["owner"] == {"type": "account", "id": company}
    assert [row["note"] for row in client.get(f"accounts/{company}/notes").json()["notes"]] == ["Call again"]


def test_a_contact_lists_its_notes_until_it_goes(client, contact, write):
    write()

    listed = client.get(f"contacts/{contact['id']}/notes").json()
    client.delete(f"contacts/{contact['id']}")

    assert [row["note"] for row in listed["notes"]] == ["Call again"]
    assert client.get("notes").json()["meta"] == {"total": 0}
    assert client.get(f"contacts/{contact['id']}/notes").status_code == 404


def test_a_deleted_note_is_gone(client, write):
    note = write().json()["note"]["id"]

    answer = client.delete(f"notes/{note}")

    assert (answer.status_code, answer.json()) == (200, {})
    assert client.get(f"notes/{note}").status_code == 403


def test_webhooks_hear_of_a_note_on_a_contact(contact, write, listen, told):
    listen(events=["subscriber_note"])

    write()

    (said,) = told()
    assert (said["type"], said["note"], said["contact[id]"]) == ("subscriber_note", "Call again", contact["id"])


def test_words_of_notes_are_not_journalled(account, write):
    write(note="She is on leave")

    entries = account.ground.journal.read(after=0, limit=10_000)
    assert "She is on leave" not in str(entries)


def test_a_person_writes_a_note(client, contact, person, hand_clock):
    hand_clock.advance(seconds=5)

    person("write_note", contact=contact["id"], note="Call again")

    assert udate(client, contact) == "2026-03-02T09:00:05-06:00"

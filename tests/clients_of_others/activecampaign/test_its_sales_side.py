"""Deals, notes and tasks, made by a client others wrote: each effect is read back from the account's own state."""

import pytest


@pytest.fixture
def deal(client, ada):
    """A deal of Ada's in the first stage of the first pipeline."""
    sent = {"contact": ada["id"], "title": "Halden 2026", "value": 45600, "currency": "eur", "owner": "1", "status": 0}
    return client.deals.create_a_deal({"deal": {**sent, "group": "1", "stage": "1"}})["deal"]


def test_a_deal_is_made(deal, ada, stored):
    made = stored("deal", deal["id"])

    assert (made["title"], made["contact"], made["stage"]) == ("Halden 2026", ada["id"], "1")
    assert int(made["value"]) == 45600


def test_a_deal_moves_on(client, deal, stored):
    stages = client.deals.list_all_stages()["dealStages"]

    client.deals.update_a_deal(deal["id"], {"deal": {"stage": stages[1]["id"], "value": 50000}})

    moved = stored("deal", deal["id"])
    assert (moved["stage"], int(moved["value"]), moved["title"]) == (stages[1]["id"], 50000, "Halden 2026")


def test_deals_are_listed_and_read(client, deal):
    [listed] = client.deals.list_all_deals()["deals"]

    assert client.deals.retrieve_a_deal(deal["id"])["deal"]["title"] == listed["title"] == "Halden 2026"


def test_a_deleted_deal_is_gone(client, deal, control):
    client.deals.delete_a_deal(deal["id"])

    assert control.get(f"records/deal/{deal['id']}").status_code == 404


def test_a_note_on_a_deal_is_made_and_changed(client, deal, stored):
    note = client.deals.create_a_deal_note(deal["id"], {"note": {"note": "Called"}})["note"]

    client.deals.update_a_deal_note(deal["id"], note["id"], {"note": {"note": "Called twice"}})

    assert stored("note", note["id"])["note"] == "Called twice"


def test_a_note_on_a_contact_is_made_and_deleted(client, ada, control):
    note = client.notes.create_a_note({"note": {"note": "Met", "relid": ada["id"], "reltype": "Subscriber"}})["note"]
    made = control.get(f"records/note/{note['id']}").json()["note"]

    client.notes.delete_a_note(note["id"])

    assert made == "Met"
    assert control.get(f"records/note/{note['id']}").status_code == 404


def test_a_task_is_made_and_done(client, deal, stored):
    sent = {
        "title": "Call",
        "relid": deal["id"],
        "reltype": "Deal",
        "duedate": "2026-12-01T10:00:00-06:00",
        "edate": "2026-12-01T10:15:00-06:00",
        "dealTasktype": "1",
    }
    task = client.tasks.create_a_task({"dealTask": {**sent, "status": 0}})["dealTask"]

    client.tasks.update_a_task(task["id"], {"dealTask": {"status": 1}})

    assert (stored("dealTask", task["id"])["title"], int(stored("dealTask", task["id"])["status"])) == ("Call", 1)

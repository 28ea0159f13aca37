"""What webhooks hear of deals: the contact, the deal with its money written out, and which fields moved."""

import pytest

HOOKED = ["deal_add", "deal_update", "deal_note_add", "deal_task_add", "deal_task_complete"]


@pytest.fixture
def make(client, contact):
    def made(**more):
        sent = {"title": "Vans", "value": 104_405_500, "currency": "usd", "contact": contact["id"], "owner": "1"}
        return client.post("deals", json={"deal": sent | {"group": "1", "stage": "2"} | more}).json()["deal"]["id"]

    return made


def test_money_is_written_out_and_moments_are_told_twice(make, listen, told, contact):
    listen(events=HOOKED)

    make()

    (said,) = told()
    assert (said["type"], said["initiated_from"], said["list"]) == ("deal_add", "api", "0")
    assert (said["deal[value]"], said["deal[value_raw]"]) == ("1,044,055.00", "1044055")
    assert (said["deal[currency]"], said["deal[currency_symbol]"]) == ("usd", "$")
    assert said["deal[create_date]"] == "2026-03-02 09:00:00"
    assert said["deal[create_date_iso]"] == "2026-03-02T09:00:00-06:00"
    assert (said["deal[pipeline_title]"], said["deal[stage_title]"]) == ("Sales", "In Contact")
    assert (said["contact[id]"], said["deal[contact_email]"]) == (contact["id"], "ada@halden.example")


def test_an_update_names_the_fields_that_moved(client, make, listen, told):
    deal = make()
    listen(events=HOOKED)

    client.put(f"deals/{deal}", json={"deal": {"title": "Vans", "value": 5, "status": 1}})

    (said,) = told()
    assert (said["type"], said["updated_fields[0]"], said["updated_fields[1]"]) == ("deal_update", "value", "status")
    assert "updated_fields[2]" not in said


def test_a_person_moving_a_deal_is_told_as_such(make, listen, told, person):
    deal = make()
    listen(events=HOOKED)

    person("move_stage", id=deal, stage="Follow Up")

    (said,) = told()
    assert (said["type"], said["initiated_from"], said["deal[stage_title]"]) == ("deal_update", "admin", "Follow Up")


def test_custom_fields_are_told_with_their_names(make, listen, told):
    listen(events=HOOKED)

    make(fields=[{"customFieldId": 1, "fieldValue": "2026-06-30"}])

    (said,) = told()
    assert said["deal[fields][0][key]"] == "Forecasted Close Date"
    assert said["deal[fields][0][value]"] == "2026-06-30"


def test_a_note_and_a_task_done_are_told(client, make, listen, told):
    deal = make()
    listen(events=HOOKED)
    client.post(f"deals/{deal}/notes", json={"note": {"note": "Call again"}})
    sent = {"ownerType": "deal", "relid": deal, "duedate": "2026-03-03T10:00:00-06:00", "dealTasktype": 1}
    task = client.post("dealTasks", json={"dealTask": sent}).json()["dealTask"]["id"]

    client.put(f"dealTasks/{task}", json={"dealTask": {"status": 1}})

    note, added, done = told()
    assert (note["type"], note["note[text]"]) == ("deal_note_add", "Call again")
    assert (added["type"], added["task[type_title]"]) == ("deal_task_add", "Call")
    assert (added["task[duedate]"], added["task[duedate_iso]"]) == ("2026-03-03 10:00:00", "2026-03-03T10:00:00-06:00")
    assert (done["type"], done["task[donedate]"]) == ("deal_task_complete", "2026-03-02 09:00:00")


def test_a_list_keeps_no_deal_from_a_webhook(make, listen, told):
    listen(events=HOOKED, listid="1")

    make()

    assert [said["type"] for said in told()] == ["deal_add"]

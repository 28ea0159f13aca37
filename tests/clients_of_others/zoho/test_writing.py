"""What the vendor's SDK writes: each effect is read back from the organisation's own state."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import zohocrmsdk.src.com.zoho.crm.api.convert_lead as converting
import zohocrmsdk.src.com.zoho.crm.api.notifications as watching
from zohocrmsdk.src.com.zoho.crm.api.record import APIException, DeleteRecordsParam
from zohocrmsdk.src.com.zoho.crm.api.util import Choice


def verdicts(answer):
    return [item.get_code().get_value() for item in answer.get_object().get_data()]


def new_id(answer, place=0):
    return int(answer.get_object().get_data()[place].get_details()["id"])


@pytest.fixture
def channel():
    """A wish for everything about leads, for a day."""
    wish = watching.Notification()
    wish.set_channel_id("10001")
    wish.set_events(["Leads.all"])
    wish.set_notify_url("http://127.0.0.1:9/hooks/in")
    wish.set_token("open sesame")
    wish.set_channel_expiry(datetime.now(UTC) + timedelta(days=1))
    asked = watching.BodyWrapper()
    asked.set_watch([wish])
    return asked


@pytest.fixture
def convert(record):
    """Convert a lead into a contact, an account and a deal."""

    def convert(lead_id):
        wish = converting.LeadConverter()
        wish.set_overwrite(True)
        wish.set_notify_lead_owner(False)
        deal = {"Deal_Name": "Halden 2026", "Closing_Date": date(2026, 12, 31), "Amount": 500.5}
        picked = {"Stage": Choice("Qualification"), "Pipeline": Choice("Standard (Standard)")}
        wish.set_deals(record(**deal, **picked))
        asked = converting.BodyWrapper()
        asked.set_data([wish])
        return converting.ConvertLeadOperations(lead_id).convert_lead(asked)

    return convert


def test_a_lead_is_made_with_the_types_of_its_fields(leads, body, stored):
    sent = {"Last_Name": "Birk", "Company": "Halden", "Lead_Source": Choice("Web Research"), "No_of_Employees": 12}

    answer = leads.create_records(body(sent))

    made = stored("Leads", new_id(answer))
    assert answer.get_status_code() == 201
    assert (made["Last_Name"], made["Lead_Source"], made["No_of_Employees"]) == ("Birk", "Web Research", 12)


def test_each_record_of_a_call_gets_its_own_verdict(leads, ada, body, control):
    before = control.get("records/Leads").json()["total"]
    good, nameless = {"Last_Name": "Voss", "Company": "Halden"}, {"Company": "Halden"}
    twin = {"Last_Name": "Birk", "Company": "Halden", "Email": "ADA@halden.example"}

    answer = leads.create_records(body(good, nameless, twin))

    items = answer.get_object().get_data()
    assert answer.get_status_code() == 207
    assert verdicts(answer) == ["SUCCESS", "MANDATORY_NOT_FOUND", "DUPLICATE_DATA"]
    assert items[1].get_details()["json_path"] == "$.data[1].Last_Name"
    assert items[2].get_details()["duplicate_record"].get_id() == ada
    assert control.get("records/Leads").json()["total"] == before + 1


def test_a_call_of_which_nothing_is_taken_is_an_error(leads, body):
    answer = leads.create_records(body({"Company": "Halden"}))

    assert answer.get_status_code() == 400
    assert isinstance(answer.get_object().get_data()[0], APIException)


def test_an_upsert_changes_the_duplicate_and_makes_the_rest(leads, ada, body, stored):
    rows = body(
        {"Last_Name": "Birk-Vogt", "Email": "ada@halden.example"},
        {"Last_Name": "Nim", "Company": "Halden", "Email": "nim@halden.example"},
    )
    rows.set_duplicate_check_fields(["Email"])

    answer = leads.upsert_records(rows)

    known, new = answer.get_object().get_data()
    assert (known.get_action().get_value(), known.get_duplicate_field(), new_id(answer)) == ("update", "Email", ada)
    assert (new.get_action().get_value(), new.get_duplicate_field()) == ("insert", None)
    assert stored("Leads", ada)["Last_Name"] == "Birk-Vogt"
    assert stored("Leads", new_id(answer, 1))["Email"] == "nim@halden.example"


def test_an_update_changes_what_it_names(leads, ada, body, stored):
    answer = leads.update_record(ada, body({"First_Name": "Ada"}))

    assert verdicts(answer) == ["SUCCESS"]
    assert stored("Leads", ada)["Full_Name"] == "Ada Birk"


def test_a_record_is_deleted_once(leads, ada, asking, control):
    gone = asking({DeleteRecordsParam.ids: str(ada)})

    statuses = [leads.delete_records(gone).get_status_code() for _ in range(2)]

    assert statuses == [200, 400]
    assert control.get(f"records/Leads/{ada}").status_code == 404


def test_a_converted_lead_becomes_three_records(ada, convert, stored):
    [item] = convert(ada).get_object().get_data()

    made = {name: named.get_id() for name, named in item.get_details().items()}
    contact, deal = stored("Contacts", made["Contacts"]), stored("Deals", made["Deals"])
    assert (contact["Email"], contact["Account_Name"]["id"]) == ("ada@halden.example", str(made["Accounts"]))
    assert (deal["Amount"], deal["Stage"], deal["Contact_Name"]["id"]) == (500.5, "Qualification", contact["id"])
    assert stored("Leads", ada)["Converted__s"] is True


def test_a_lead_is_converted_once(ada, convert):
    answers = [convert(ada) for _ in range(2)]

    assert answers[1].get_object().get_code().get_value() == "ID_ALREADY_CONVERTED"


def test_a_channel_is_opened_told_and_closed(leads, ada, body, channel, told, organisation):
    operations = watching.NotificationsOperations()
    opened = operations.enable_notifications(channel)
    leads.update_record(ada, body({"First_Name": "Ada"}))

    listed = operations.get_notifications().get_object().get_watch()

    assert organisation.ground.hooks.drained(5)
    said = json.loads(told.hooks[-1].body)
    assert (opened.get_status_code(), [row.get_channel_id() for row in listed]) == (201, ["10001"])
    assert (said["ids"], said["operation"], said["token"]) == ([str(ada)], "update", "open sesame")


def test_a_closed_channel_is_gone(leads, channel, asking):
    operations = watching.NotificationsOperations()
    operations.enable_notifications(channel)

    operations.delete_notification(asking({watching.DeleteNotificationParam.channel_ids: "10001"}))

    assert operations.get_notifications().get_status_code() == 204

"""What the vendor's SDK reads: pages and their tokens, single records, deletions, COQL."""

from datetime import UTC, datetime, timedelta

import pytest
from zohocrmsdk.src.com.zoho.crm.api import HeaderMap
from zohocrmsdk.src.com.zoho.crm.api.coql import BodyWrapper as Query
from zohocrmsdk.src.com.zoho.crm.api.coql import CoqlOperations
from zohocrmsdk.src.com.zoho.crm.api.record import (
    GetDeletedRecordsParam,
    GetRecordsHeader,
    GetRecordsParam,
    SearchRecordsParam,
)

PAGE = {GetRecordsParam.fields: "Last_Name,Email", GetRecordsParam.per_page: 200}


@pytest.fixture
def five_thousand(control):
    """So many leads in all, and their ids."""
    before = control.get("records/Leads").json()["total"]
    rows = [
        {"id": 487600000001000000 + n, "Last_Name": f"Nr {n}", "Company": "Halden", "Email": f"nr{n}@halden.example"}
        for n in range(5000 - before)
    ]
    control.post("load", json={"module": "Leads", "records": rows}).raise_for_status()
    return {int(row["id"]) for row in control.get("records/Leads").json()["records"]}


def query(text):
    asked = Query()
    asked.set_select_query(text)
    return CoqlOperations().get_records(asked)


def test_five_thousand_records_come_page_by_page_each_of_them_once(leads, asking, five_thousand):
    page = leads.get_records(asking(PAGE)).get_object()
    pages = [page]

    while page.get_info().get_more_records():
        token = page.get_info().get_next_page_token()
        page = leads.get_records(asking({**PAGE, GetRecordsParam.page_token: token})).get_object()
        pages.append(page)

    ids = [record.get_id() for page in pages for record in page.get_data()]
    assert len(pages) == 25
    assert (len(ids), set(ids)) == (5000, five_thousand)


def test_pages_by_number_end_after_two_thousand_records(leads, asking, five_thousand):
    refused = leads.get_records(asking({**PAGE, GetRecordsParam.page: 11}))

    assert refused.get_status_code() == 400
    assert leads.get_records(asking({**PAGE, GetRecordsParam.page: 10})).get_object().get_info().get_more_records()


def test_values_come_as_the_types_the_fields_promise(leads, ada, stored):
    record = leads.get_record(ada).get_object().get_data()[0]

    assert record.get_key_value("Created_Time") == datetime.fromisoformat(stored("Leads", ada)["Created_Time"])
    assert record.get_key_value("Owner").get_email() == stored("Leads", ada)["Owner"]["email"]
    assert (record.get_id(), record.get_key_value("Email_Opt_Out"), record.get_tag()) == (ada, False, [])


def test_a_record_that_does_not_exist_is_nothing(leads):
    answer = leads.get_record(487600000009999999)

    assert (answer.get_status_code(), answer.get_object()) == (204, None)


def test_a_list_without_fields_is_refused_and_says_what_is_missing(leads):
    refused = leads.get_records().get_object()

    assert (refused.get_code().get_value(), refused.get_details()) == (
        "REQUIRED_PARAM_MISSING",
        {"param_name": "fields"},
    )


def test_nothing_new_since_tomorrow(leads, asking):
    since = HeaderMap()
    since.add(GetRecordsHeader.if_modified_since, datetime.now(UTC) + timedelta(days=1))

    assert leads.get_records(asking(PAGE), since).get_status_code() == 304


def test_deleted_records_are_listed_and_gone(leads, ada, asking, control):
    leads.delete_record(ada)

    [entry] = leads.get_deleted_records(asking({GetDeletedRecordsParam.type: "recycle"})).get_object().get_data()
    assert (entry.get_id(), entry.get_type(), entry.get_display_name()) == (ada, "recycle", "Birk")
    assert control.get(f"records/Leads/{ada}").status_code == 404


def test_nothing_deleted_is_nothing(leads, asking):
    assert leads.get_deleted_records(asking({GetDeletedRecordsParam.type: "all"})).get_status_code() == 204


def test_a_query_finds_at_once_what_was_just_written(leads, ada):
    answer = query("select Last_Name, Created_Time from Leads where Email = 'ada@halden.example' limit 5")

    [record] = answer.get_object().get_data()
    assert (record.get_id(), record.get_key_value("Last_Name")) == (ada, "Birk")
    assert answer.get_object().get_info().get_more_records() is False


def test_a_query_for_an_unknown_field_is_refused_with_its_name(leads):
    refused = query("select Nickname from Leads where Email = 'ada@halden.example'").get_object()

    assert refused.get_code().get_value() == "INVALID_QUERY"
    assert refused.get_details()["column_name"] == "Nickname"


def test_a_query_without_a_hit_is_nothing(leads):
    assert query("select Email from Leads where Email = 'nobody@halden.example'").get_status_code() == 204


def test_the_search_lags_behind_what_was_written(leads, ada, asking, organisation):
    by_address = asking({SearchRecordsParam.email: "ada@halden.example"})
    at_once = leads.search_records(by_address).get_status_code()

    organisation.ground.change_settings(search_lag_seconds=0)

    assert at_once == 204
    assert [record.get_id() for record in leads.search_records(by_address).get_object().get_data()] == [ada]


def test_records_are_counted(leads, control):
    assert leads.record_count().get_object().get_count() == control.get("records/Leads").json()["total"]

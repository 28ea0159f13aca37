"""Layouts, the list of calls, users by page, calls as records, and what becomes of a lead's fields."""

import json

import pytest


def test_a_module_has_one_layout_with_its_fields_in_sections(client):
    [layout] = client.get("settings/layouts", params={"module": "Leads"}).json()["layouts"]

    sections = {section["name"]: {field["api_name"] for field in section["fields"]} for section in layout["sections"]}
    assert set(sections) == {"Lead Information", "Address Information", "Description Information"}
    assert {"Street", "Zip_Code", "Country"} <= sections["Address Information"]
    required = {f["api_name"] for section in layout["sections"] for f in section["fields"] if f["required"]}
    assert required == {"Last_Name", "Company"}
    assert set(layout["convert_mapping"]) == {"Contacts", "Deals", "Accounts"}


def test_a_layout_is_told_alone_by_its_id(client):
    [layout] = client.get("settings/layouts", params={"module": "Contacts"}).json()["layouts"]

    alone = client.get(f"settings/layouts/{layout['id']}", params={"module": "Contacts"})
    unknown = client.get("settings/layouts/1", params={"module": "Contacts"})

    assert alone.json()["layouts"] == [layout]
    assert unknown.status_code == 204


def test_the_api_lists_its_calls_with_scopes_and_credits(client):
    told = {each["path"]: each["operation_types"] for each in client.get("__apis").json()["__apis"]}

    [query] = told["/crm/v8/coql"]
    assert query == {"method": "POST", "oauth_scope": "ZohoCRM.coql.READ", "max_credits": 3, "min_credits": 1}
    assert {each["method"] for each in told["/crm/v8/{module}"]} == {"GET", "POST", "PUT", "DELETE"}
    assert told["/crm/bulk/v8/read"][0]["max_credits"] == 50


def test_the_list_of_calls_is_filtered_by_path(client):
    wanted = json.dumps({"field": {"api_name": "path"}, "comparator": "equal", "value": "/crm/v8/coql"})

    [only] = client.get("__apis", params={"filters": wanted}).json()["__apis"]

    assert only["path"] == "/crm/v8/coql"


def test_users_have_pages(client):
    pages = [client.get("users", params={"per_page": 5, "page": page}).json() for page in (1, 2)]

    assert [page["info"] for page in pages] == [
        {"per_page": 5, "count": 5, "page": 1, "more_records": True},
        {"per_page": 5, "count": 3, "page": 2, "more_records": False},
    ]
    assert client.get("users", params={"per_page": 5, "page": 3}).status_code == 204


@pytest.mark.parametrize("asked", [{"page": "0"}, {"per_page": "201"}, {"per_page": "many"}])
def test_a_strange_page_of_users_is_refused(client, asked):
    assert client.get("users", params=asked).status_code == 400


def test_a_call_is_a_record_that_hangs_on_a_lead_and_knows_its_seconds(client, make):
    [lead] = make({})
    [call] = make({"What_Id": {"id": lead}, "$se_module": "Leads", "Call_Duration": "05:30"}, module="Calls")

    [hanging] = client.get(f"Leads/{lead}/Calls", params={"fields": "Subject,Call_Duration_in_seconds"}).json()["data"]

    assert (hanging["id"], hanging["Call_Duration_in_seconds"]) == (call, 330)


def test_fields_of_a_lead_tell_what_they_become(client):
    fields = client.get("settings/fields", params={"module": "Leads"}).json()["fields"]

    becomes = {field["api_name"]: field["convert_mapping"] for field in fields}
    assert becomes["Designation"] == {"Contacts": "Title", "Deals": None, "Accounts": None}
    assert becomes["Company"] == {"Contacts": None, "Deals": None, "Accounts": "Account_Name"}


def test_a_module_is_told_by_its_id_as_by_its_name(client):
    [by_name] = client.get("settings/modules/Deals").json()["modules"]

    [by_id] = client.get(f"settings/modules/{by_name['id']}").json()["modules"]

    assert by_id == by_name

"""Users, the organisation, its modules and their fields."""

import pytest


def fields_of(client, module):
    answer = client.get("settings/fields", params={"module": module})
    return {field["api_name"]: field for field in answer.json()["fields"]}


def test_the_current_user_is_the_integrations_own(client):
    [user] = client.get("users", params={"type": "CurrentUser"}).json()["users"]

    assert (user["full_name"], user["status"]) == ("Baton Integration", "active")


@pytest.mark.parametrize(
    ("kind", "count"), [("AllUsers", 8), ("ActiveConfirmedUsers", 7), ("AdminUsers", 2), ("DeactiveUsers", 1)]
)
def test_users_are_listed_by_kind(client, kind, count):
    assert len(client.get("users", params={"type": kind}).json()["users"]) == count


def test_a_kind_nobody_is_of_is_a_204_and_a_strange_one_refused(client):
    nobody, strange = (client.get("users", params={"type": kind}) for kind in ("DeletedUsers", "Wizards"))

    assert (nobody.status_code, strange.status_code) == (204, 400)


def test_the_organisation_tells_its_time_zone(client):
    [org] = client.get("org").json()["org"]

    assert org["time_zone"] == "Europe/Berlin"


def test_modules_are_listed_and_told_alone(client):
    names = [module["api_name"] for module in client.get("settings/modules").json()["modules"]]
    [leads] = client.get("settings/modules/Leads").json()["modules"]

    assert names == ["Leads", "Contacts", "Accounts", "Deals", "Tasks", "Calls", "Notes"]
    assert leads["api_supported"]


def test_fields_tell_what_is_mandatory_unique_and_how_long(client):
    leads, contacts = fields_of(client, "Leads"), fields_of(client, "Contacts")

    assert {name for name, field in leads.items() if field["system_mandatory"]} == {"Last_Name", "Company"}
    assert [field["unique"] for field in (leads["Email"], contacts["Email"], leads["ActiveCampaign_ID"])] == [
        {},
        {"casesensitive": "0"},
        {"casesensitive": "0"},
    ]
    assert (leads["First_Name"]["length"], leads["ActiveCampaign_ID"]["custom_field"]) == (40, True)


def test_fields_tell_their_types_and_choices(client):
    leads = fields_of(client, "Leads")

    kinds = {name: (leads[name]["data_type"], leads[name]["json_type"]) for name in ("Budget", "Owner", "id")}
    assert kinds == {
        "Budget": ("double", "double"),
        "Owner": ("ownerlookup", "jsonobject"),
        "id": ("bigint", "string"),
    }
    choices = [choice["actual_value"] for choice in leads["Lifecycle_Stage"]["pick_list_values"]]
    assert choices == ["Subscriber", "MQL", "SQL", "Opportunity", "Customer"]


def test_fields_tell_what_may_not_be_written(client):
    leads = fields_of(client, "Leads")

    shut = {name for name, field in leads.items() if not field["operation_type"]["api_update"]}
    assert {"id", "Full_Name", "Modified_Time", "Created_By", "Converted__s"} <= shut
    assert "Email" not in shut


def test_fields_need_a_module_that_is_there(client):
    without = client.get("settings/fields")
    unknown = client.get("settings/fields", params={"module": "Leaves"})

    assert [answer.json()["code"] for answer in (without, unknown)] == ["REQUIRED_PARAM_MISSING", "INVALID_MODULE"]


def test_users_tell_where_they_sell_and_whether_they_are_still_there(client):
    users = client.get("users", params={"type": "AllUsers"}).json()["users"]

    told = {user["full_name"]: (user["country"], user["status"]) for user in users if user["role"]["name"] == "Sales"}
    assert told == {
        "Bruno Becker": ("Germany", "active"),
        "Carla Costa": ("Spain", "active"),
        "Dmitri Dahl": ("Sweden", "active"),
        "Emma Evans": ("United Kingdom", "active"),
        "Fabien Faure": ("France", "active"),
        "Gerda Graf": ("Austria", "inactive"),
    }
    assert users[1]["territories"] == [{"name": "Germany", "id": "487600000000028001", "manager": False}]

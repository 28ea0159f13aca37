"""Owners, fates and deals in queries, and columns of the record a lookup points to."""

import pytest

CARLA = {"name": "Carla Costa", "id": "487600000000022002", "email": "carla.costa@sales.example"}


def test_an_owner_comes_with_name_and_email_or_as_an_id_alone(ask, make, control):
    [id_] = make({"Owner": {"id": CARLA["id"]}})
    query = "select Owner, Modified_By, Converted_Deal from Leads where id = '{}'"

    [named] = ask(query, id_).json()["data"]
    control("settings", coql_names_lookups=False)
    [bare] = ask(query, id_).json()["data"]

    assert (named["Owner"], named["Modified_By"]["email"], named["Converted_Deal"]) == (
        CARLA,
        "baton@sales.example",
        None,
    )
    assert bare == {
        "Owner": {"id": CARLA["id"]},
        "Modified_By": {"id": "487600000000023001"},
        "Converted_Deal": None,
        "id": id_,
    }


def test_records_are_found_by_their_owner(ask, make):
    carlas, _others = make({"Owner": {"id": CARLA["id"]}, "City": "Oslo"}, {"City": "Oslo"})

    answer = ask("select id from Leads where ((Owner = '{}') and (City = 'Oslo'))", CARLA["id"])

    assert answer.json()["data"] == [{"id": carlas}]


def test_deals_are_found_by_contact_and_time_of_change(ask, make):
    [contact] = make({}, module="Contacts")
    [deal] = make({"Contact_Name": {"id": contact}}, module="Deals")
    query = (
        "select Stage, Contact_Name, Modified_Time from Deals where "
        "((Contact_Name = '{}') and (Modified_Time >= '2026-03-02T15:00:00+00:00'))"
    )

    assert ask(query, contact).json()["data"] == [
        {
            "Stage": "Qualification",
            "Contact_Name": {"name": "Birk", "id": contact},
            "Modified_Time": "2026-03-02T16:00:00+01:00",
            "id": deal,
        }
    ]


def test_a_lookup_leads_on_to_columns_of_its_record(ask, make):
    [account] = make({"Industry": "Software"}, module="Accounts")
    with_, _without = make({"Account_Name": {"id": account}}, {}, module="Contacts")

    found = ask("select Account_Name.Industry from Contacts where Account_Name.Industry = 'Software'").json()["data"]

    assert found == [{"Account_Name.Industry": "Software", "id": with_}]


@pytest.mark.parametrize("column", ["Account_Name.Wizardry", "Wizardry.Name", "Last_Name.Length"])
def test_a_column_that_leads_nowhere_is_refused(ask, column):
    answer = ask("select {} from Contacts where id is not null", column)

    assert (answer.status_code, answer.json()["details"]) == (400, {"column_name": column})

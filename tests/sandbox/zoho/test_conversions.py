"""A lead converted: into whom, owned by whom, and what is told beforehand."""

import pytest


@pytest.fixture
def convert(client):
    def ask(lead, **wish):
        return client.post(f"Leads/{lead}/actions/convert", json={"data": [wish]})

    return ask


def record(client, module, id_):
    return client.get(f"{module}/{id_}").json()["data"][0]


def test_a_lead_is_joined_with_the_contact_and_the_account_that_are_named(client, make, convert):
    [lead] = make({"Email": "ada@halden.example", "Phone": "+43 1 5"})
    [contact], [account] = (
        make({"Phone": None}, module="Contacts"),
        make({"Account_Name": "Elsewhere"}, module="Accounts"),
    )

    answer = convert(lead, Contacts={"id": contact}, Accounts={"id": account})

    made = answer.json()["data"][0]["details"]
    assert (made["Contacts"]["id"], made["Accounts"]["id"], made["Deals"]) == (contact, account, None)
    assert record(client, "Contacts", contact)["Phone"] == "+43 1 5"


@pytest.mark.parametrize(("overwrite", "city"), [(False, "Graz"), (True, "Wien")])
def test_what_the_contact_says_gives_way_only_when_asked(client, make, convert, overwrite, city):
    [lead], [contact] = make({"City": "Wien"}), make({"Mailing_City": "Graz"}, module="Contacts")

    convert(lead, Contacts={"id": contact}, overwrite=overwrite)

    assert record(client, "Contacts", contact)["Mailing_City"] == city


def test_what_a_lead_becomes_is_assigned_and_tagged_as_asked(client, make, convert):
    [lead] = make({"Company": "New Ltd", "Tag": [{"name": "hot"}, {"name": "web"}]})

    made = convert(lead, assign_to={"id": "487600000000022002"}, carry_over_tags={"Contacts": [{"name": "hot"}]})

    details = made.json()["data"][0]["details"]
    contact = record(client, "Contacts", details["Contacts"]["id"])
    assert (contact["Owner"]["name"], [tag["name"] for tag in contact["Tag"]]) == ("Carla Costa", ["hot"])
    assert record(client, "Accounts", details["Accounts"]["id"])["Tag"] == []


def test_a_new_account_takes_over_what_the_lead_says_of_the_company(client, make, convert):
    [lead] = make({"Company": "New Ltd", "Website": "https://new.example", "No_of_Employees": 12})

    made = convert(lead).json()["data"][0]["details"]

    account = record(client, "Accounts", made["Accounts"]["id"])
    assert (account["Account_Name"], account["Website"], account["Employees"]) == ("New Ltd", "https://new.example", 12)


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"Contacts": {"id": "487600000009999999"}}, "INVALID_DATA"),
        ({"assign_to": {"id": "487600000000022006"}}, "INVALID_DATA"),
        ({"overwrite": "yes"}, "INVALID_DATA"),
        ({"Deals": {"Deal_Name": "D", "Closing_Date": "2026-06-30", "Stage": "Qualification"}}, "MANDATORY_NOT_FOUND"),
        (
            {
                "Deals": {
                    "Deal_Name": "D",
                    "Closing_Date": "2026-06-30",
                    "Stage": "Dreaming",
                    "Pipeline": "Standard (Standard)",
                }
            },
            "MAPPING_MISMATCH",
        ),
    ],
)
def test_a_conversion_that_cannot_be_is_refused_and_the_lead_stays(client, make, convert, wish, code):
    [lead] = make({})

    answer = convert(lead, **wish)

    assert (answer.status_code, answer.json()["data"][0]["code"]) == (400, code)
    assert record(client, "Leads", lead)["Converted__s"] is False


def test_the_options_name_who_the_lead_would_be_joined_with(client, make):
    [lead] = make({"Email": "ada@halden.example", "Company": "Halden"})
    [contact] = make({"Email": "ada@halden.example"}, module="Contacts")
    [account] = make({"Account_Name": "Halden"}, module="Accounts")

    options = client.get(f"Leads/{lead}/__conversion_options").json()["__conversion_options"]

    assert [options[module][0]["id"] for module in ("Contacts", "Accounts")] == [contact, account]
    assert options["preference_field_matched_value"]["Contacts"][0]["field"]["api_name"] == "Email"


def test_a_lead_like_nobody_has_no_one_to_be_joined_with(client, make):
    [lead] = make({"Company": "Nobody Knows Ltd"})

    options = client.get(f"Leads/{lead}/__conversion_options").json()["__conversion_options"]

    assert (options["Contacts"], options["Accounts"]) == (None, None)

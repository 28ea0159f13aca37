"""Custom fields of accounts and deals: a system of its own, with UTC stamps, plain options and messages for answers."""

import pytest


@pytest.fixture
def company(client):
    return client.post("accounts", json={"account": {"name": "Halden Works"}}).json()["account"]["id"]


@pytest.fixture
def define(client):
    def defined(kind="text", label="Fleet", **more):
        sent = {"fieldLabel": label, "fieldType": kind, **more}
        return client.post("accountCustomFieldMeta", json={"accountCustomFieldMetum": sent})

    return defined


@pytest.fixture
def say(client, company):
    def said(field, value, **more):
        sent = {"customerAccountId": company, "customFieldId": field, "fieldValue": value, **more}
        return client.post("accountCustomFieldData", json={"accountCustomFieldDatum": sent})

    return said


def test_a_definition_shows_switches_as_numbers_and_stamps_in_utc(define):
    answer = define("dropdown", "Fleet Size", fieldOptions=["small", "large"], isRequired=True, displayOrder=4)

    shown = answer.json()["accountCustomFieldMetum"]
    assert answer.status_code == 201
    assert (shown["isRequired"], shown["isFormVisible"], shown["displayOrder"]) == (1, 0, 4)
    assert (shown["fieldOptions"], shown["fieldDefault"]) == (["small", "large"], None)
    assert shown["createdTimestamp"] == "2026-03-02T15:00:00+00:00"
    assert shown["personalization"] == "ACCT_FLEET_SIZE"


def test_tags_that_are_taken_get_a_number(client):
    sent = {"dealCustomFieldMetum": {"fieldLabel": "title", "fieldType": "text"}}

    made = [client.post("dealCustomFieldMeta", json=sent).json()["dealCustomFieldMetum"] for _ in range(2)]

    assert [field["personalization"] for field in made] == ["DEAL_TITLE_1", "DEAL_TITLE_2"]


def test_a_change_under_the_wrong_name_changes_nothing(client, define, hand_clock):
    field = define().json()["accountCustomFieldMetum"]
    hand_clock.advance(seconds=9)

    wrong = client.put(
        f"accountCustomFieldMeta/{field['id']}", json={"accountCustomFieldMeta": {"fieldLabel": "Ships"}}
    )
    right = client.put(
        f"accountCustomFieldMeta/{field['id']}", json={"accountCustomFieldMetum": {"fieldLabel": "Ships"}}
    )

    assert (wrong.status_code, wrong.json()["accountCustomFieldMetum"]) == (200, field)
    assert right.json()["accountCustomFieldMetum"]["fieldLabel"] == "Ships"
    assert right.json()["accountCustomFieldMetum"]["updatedTimestamp"] == "2026-03-02T15:00:09+00:00"


def test_deleting_a_definition_says_so_and_takes_its_values(client, define, say):
    field = define().json()["accountCustomFieldMetum"]["id"]
    say(field, "12 vans")

    first, second = (client.delete(f"accountCustomFieldMeta/{field}") for _ in range(2))

    assert (first.status_code, first.json()) == (200, {"message": "AccountCustomFieldMeta deleted."})
    assert (second.status_code, second.json()) == (404, {"errors": [{"status": 404, "title": "Not Found"}]})
    assert client.get("accountCustomFieldData").json() == {"accountCustomFieldData": [], "meta": {"total": 0}}


def test_definitions_are_listed_without_a_meta(client, define):
    define()

    listed = client.get("accountCustomFieldMeta").json()

    assert list(listed) == ["accountCustomFieldMeta"]
    assert [field["fieldLabel"] for field in listed["accountCustomFieldMeta"]] == ["Fleet"]


def test_a_value_is_kept_once_per_field_and_tells_what_was_there_before(client, company, define, say):
    field = define().json()["accountCustomFieldMetum"]["id"]

    first, second = (say(field, value).json()["accountCustomFieldDatum"] for value in ("12 vans", "13 vans"))

    assert first["id"] == second["id"]
    assert (first["originalValue"], second["originalValue"]) == ("", "12 vans")
    assert (second["accountId"], second["customFieldId"]) == (int(company), int(field))
    assert client.get(f"accountCustomFieldData/{first['id']}").json()["accountCustomFieldDatum"] == {
        name: value for name, value in second.items() if name != "originalValue"
    }


@pytest.mark.parametrize(
    ("kind", "value"), [("date", "soon"), ("number", "many"), ("currency", "much"), ("datetime", "now")]
)
def test_a_value_of_another_kind_is_refused(define, say, kind, value):
    field = define(kind).json()["accountCustomFieldMetum"]["id"]

    answer = say(field, value)

    detail = f"The custom field value `{value}` could not be saved to the custom field of type `{kind}`."
    assert (answer.status_code, answer.json()) == (422, {"errors": [{"detail": detail}]})


def test_a_refusal_of_a_change_does_not_repeat_the_value(client, define, say):
    field = define("number").json()["accountCustomFieldMetum"]["id"]
    row = say(field, "12").json()["accountCustomFieldDatum"]["id"]

    answer = client.put(f"accountCustomFieldData/{row}", json={"accountCustomFieldDatum": {"fieldValue": "many"}})

    detail = "The custom field value could not be saved to the custom field of type `number`."
    assert (answer.status_code, answer.json()) == (422, {"errors": [{"detail": detail}]})


def test_money_is_whole_cents_with_a_currency(define, say):
    field = define("currency").json()["accountCustomFieldMetum"]["id"]

    shown = say(field, "12550", fieldCurrency="EUR").json()["accountCustomFieldDatum"]

    assert (shown["fieldValue"], shown["fieldCurrency"]) == (12550, "eur")


def test_a_dropdown_takes_words_outside_its_options(define, say):
    field = define("dropdown", fieldOptions=["small"]).json()["accountCustomFieldMetum"]["id"]

    assert say(field, "huge").status_code == 200


def test_values_are_written_in_bulk_all_or_none(client, company, define):
    field = define("number").json()["accountCustomFieldMetum"]["id"]
    good = {"customerAccountId": company, "customFieldId": field, "fieldValue": "12"}

    refused = client.post("accountCustomFieldData/bulkCreate", json=[good, good | {"fieldValue": "many"}])
    nothing = client.get("accountCustomFieldData").json()["meta"]["total"]
    accepted = client.post("accountCustomFieldData/bulkCreate", json=[good])

    assert (refused.status_code, nothing) == (422, 0)
    assert accepted.json() == {"message": "The bulk insert was successful."}


def test_a_bulk_change_names_its_rows(client, define, say):
    field = define().json()["accountCustomFieldMetum"]["id"]
    row = say(field, "12 vans").json()["accountCustomFieldDatum"]["id"]

    answer = client.patch("accountCustomFieldData/bulkUpdate", json=[{"id": row, "fieldValue": "13 vans"}])

    assert answer.json() == {"message": f"AccountCustomFieldDatas with ID(s): {row} successfully bulk updated."}
    assert client.get(f"accountCustomFieldData/{row}").json()["accountCustomFieldDatum"]["fieldValue"] == "13 vans"


def test_values_can_be_sought_by_their_account(client, company, define, say):
    field = define().json()["accountCustomFieldMetum"]["id"]
    say(field, "12 vans")

    own = client.get("accountCustomFieldData", params={"filters[customerAccountId]": company}).json()
    other = client.get("accountCustomFieldData", params={"filters[customerAccountId]": "9999"}).json()

    assert (own["meta"]["total"], other["meta"]["total"]) == (1, 0)


def test_fields_may_come_with_the_account_itself(client, define):
    field = define().json()["accountCustomFieldMetum"]["id"]
    sent = {"name": "Borg Works", "fields": [{"customFieldId": field, "fieldValue": "12 vans"}]}

    shown = client.post("accounts", json={"account": sent}).json()["account"]

    assert shown["fields"] == [{"customFieldId": int(field), "fieldValue": "12 vans", "accountId": shown["id"]}]


def test_an_account_with_a_bad_field_is_not_made_at_all(client, define):
    field = define("number").json()["accountCustomFieldMetum"]["id"]
    sent = {"name": "Borg Works", "fields": [{"customFieldId": field, "fieldValue": "many"}]}

    answer = client.post("accounts", json={"account": sent})

    assert answer.status_code == 422
    assert client.get("accounts", params={"search": "Borg"}).json()["accounts"] == []


def test_stamps_of_account_fields_may_be_had_without_an_offset(clients, open_account):
    client = clients(open_account(people=0, account_field_stamps_are_naive=True))
    sent = {"fieldLabel": "Fleet", "fieldType": "text"}

    shown = client.post("accountCustomFieldMeta", json={"accountCustomFieldMetum": sent}).json()

    assert shown["accountCustomFieldMetum"]["createdTimestamp"] == "2026-03-02 15:00:00"

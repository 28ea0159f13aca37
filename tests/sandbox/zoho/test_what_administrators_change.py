"""Fields deleted, renamed and made by an administrator: what records, metadata, reads, writes and queries say then."""

import pytest


@pytest.fixture
def fields(client):
    def described(module="Leads"):
        found = client.get("settings/fields", params={"module": module}).json()["fields"]
        return {field["api_name"]: field for field in found}

    return described


def choices(field):
    return [choice["actual_value"] for choice in field["pick_list_values"]]


def test_a_deleted_field_is_gone_from_metadata_and_records_and_refused_in_writes(client, make, control, fields):
    [id_] = make({"Budget": 12.5})
    before = fields()

    control("people/delete_field", module="Leads", field="Budget")

    read = client.get(f"Leads/{id_}").json()["data"][0]
    written = client.put("Leads", json={"data": [{"id": id_, "Budget": 1}]}).json()["data"][0]
    assert "Budget" not in fields()
    assert "Budget" not in read
    assert (written["code"], written["details"]["api_name"]) == ("INVALID_DATA", "Budget")
    assert {name: each["id"] for name, each in fields().items()} == {
        name: each["id"] for name, each in before.items() if name != "Budget"
    }


def test_a_query_for_a_deleted_field_is_refused_and_a_list_passes_over_it(client, make, control, ask):
    make({"Budget": 12.5})

    control("people/delete_field", module="Leads", field="Budget")

    listed = client.get("Leads", params={"fields": "Last_Name,Budget"}).json()["data"]
    assert {name for row in listed for name in row} == {"id", "Last_Name"}
    assert ask("select Budget from Leads where id is not null").json()["code"] == "INVALID_QUERY"


def test_a_renamed_field_keeps_its_values_its_id_and_its_mapping(client, make, control, fields):
    [id_] = make({"Budget": 12.5, "Email": "lea@halden.example"})
    number = fields()["Budget"]["id"]

    control("people/rename_field", module="Leads", field="Budget", name="Yearly_Budget", label="Yearly budget")

    row = client.get(f"Leads/{id_}").json()["data"][0]
    refused = client.put("Leads", json={"data": [{"id": id_, "Budget": 1}]}).json()["data"][0]
    taken = client.put("Leads", json={"data": [{"id": id_, "Yearly_Budget": 1.5}]}).json()["data"][0]
    contact = control("people/convert", id=id_)["Contacts"]["id"]
    assert (row["Yearly_Budget"], "Budget" in row) == (12.5, False)
    assert (refused["code"], taken["code"]) == ("INVALID_DATA", "SUCCESS")
    assert (fields()["Yearly_Budget"]["id"], fields()["Yearly_Budget"]["field_label"]) == (number, "Yearly budget")
    assert client.get(f"Contacts/{contact}").json()["data"][0]["Budget"] == 1.5


def test_no_stamp_moves_when_a_field_goes(client, make, control, hand_clock):
    [id_] = make({})
    before = client.get(f"Leads/{id_}").json()["data"][0]["Modified_Time"]
    hand_clock.advance(minutes=1)

    control("people/delete_field", module="Leads", field="Budget")

    assert client.get(f"Leads/{id_}").json()["data"][0]["Modified_Time"] == before


def test_a_removed_choice_is_refused_in_writes_and_stays_where_it_was(client, make, control, fields):
    [id_] = make({"Lead_Source": "Trade Show"})

    control("people/remove_choice", module="Leads", field="Lead_Source", choice="Trade Show")

    [other] = make({})
    refused = client.put("Leads", json={"data": [{"id": other, "Lead_Source": "Trade Show"}]}).json()["data"][0]
    assert "Trade Show" not in choices(fields()["Lead_Source"])
    assert "Trade Show" not in refused["details"]["supported_values"]
    assert client.get(f"Leads/{id_}").json()["data"][0]["Lead_Source"] == "Trade Show"


def test_a_removed_choice_may_be_replaced_by_another(client, make, control):
    [id_] = make({"Lead_Source": "Trade Show"})

    control("people/remove_choice", module="Leads", field="Lead_Source", choice="Trade Show", replace_by="Partner")

    assert client.get(f"Leads/{id_}").json()["data"][0]["Lead_Source"] == "Partner"


def test_a_field_and_a_choice_that_are_made_can_be_written_and_found(client, make, control, fields, ask):
    control("people/add_field", module="Leads", label="Shoe size", type="picklist", choices=["S", "M"])
    control("people/add_choice", module="Leads", field="Shoe_size", choice="L")

    [id_] = make({"Shoe_size": "L"})

    assert choices(fields()["Shoe_size"]) == ["S", "M", "L"]
    assert fields()["Shoe_size"]["custom_field"] is True
    assert ask("select id from Leads where Shoe_size = 'L'").json()["data"] == [{"id": id_}]


def test_a_unique_field_that_is_made_is_unique(client, make, control):
    control("people/add_field", module="Leads", label="Ticket", type="text", unique=True)
    make({"Ticket": "A-1"})

    answer = client.post("Leads", json={"data": [{"Last_Name": "Birk", "Company": "Halden", "Ticket": "a-1"}]})

    assert answer.json()["data"][0]["code"] == "DUPLICATE_DATA"


def test_a_record_comes_back_from_the_bin_with_the_fields_there_are_now(client, make, control):
    [id_] = make({"Budget": 12.5})
    client.delete(f"Leads/{id_}")
    control("people/rename_field", module="Leads", field="Budget", name="Yearly_Budget")

    control("people/restore", module="Leads", id=id_)

    row = client.get(f"Leads/{id_}").json()["data"][0]
    assert (row["Yearly_Budget"], "Budget" in row) == (12.5, False)


def test_the_vendors_own_fields_are_neither_deleted_nor_renamed(client):
    answers = [
        client.post(
            f"http://organisation.example/_sandbox/people/{deed}", json={"module": "Leads", "field": "Phone", **more}
        )
        for deed, more in (("delete_field", {}), ("rename_field", {"name": "Telephone"}))
    ]

    assert [answer.status_code for answer in answers] == [400, 400]
    assert all("vendor's own" in answer.json()["error"] for answer in answers)


def test_what_was_changed_outlives_a_restart_and_not_a_new_world(open_organisation, clients, tmp_path):
    first = open_organisation(data=tmp_path / "zoho.db")
    first.crm.deeds["delete_field"]({"module": "Leads", "field": "Budget"})
    first.close()

    again = open_organisation(data=tmp_path / "zoho.db")
    client = clients(again)
    kept = client.get("settings/fields", params={"module": "Leads"}).text
    client.post("http://organisation.example/_sandbox/reset", json={"people": 3})

    anew = clients(again).get("settings/fields", params={"module": "Leads"}).text
    assert ('"Budget"' in kept, '"Budget"' in anew) == (False, True)


def test_what_an_administrator_did_stands_in_the_journal(control):
    control("people/delete_field", module="Leads", field="Budget")

    [effect] = control("journal?kind=effect")["entries"]
    assert (effect["actor"], effect["op"], effect["module"], effect["id"]) == (
        "person",
        "delete",
        "fields",
        "Leads.Budget",
    )


def test_a_field_may_go_at_the_second_update(client, make, control):
    [id_] = make({})
    control("faults", kind="field_deleted", route="PUT /crm/v8/Leads", nth=2, module="Leads", field="Budget")

    codes = [client.put("Leads", json={"data": [{"id": id_, "Budget": 1}]}).json()["data"][0]["code"] for _ in range(2)]

    assert codes == ["SUCCESS", "INVALID_DATA"]


def test_a_record_that_a_person_locks_is_locked_until_it_is_unlocked(client, make, control):
    [id_] = make({})
    codes = []

    for deed in ("lock_record", "unlock_record"):
        control(f"people/{deed}", module="Leads", id=id_)
        codes.append(client.put("Leads", json={"data": [{"id": id_, "Phone": "1"}]}).json()["data"][0]["code"])

    assert codes == ["RECORD_LOCKED", "SUCCESS"]

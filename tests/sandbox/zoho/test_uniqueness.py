"""Unique fields, and upserts that look for the record that is there."""

NOBODY = "select Account_Name from Accounts where Account_Name = 'Nowhere yet'"


def upsert(client, *records, **switches):
    usual = {"Last_Name": "Birk", "Company": "Halden"}
    return client.post("Leads/upsert", json={"data": [usual | record for record in records], **switches})


def items(answer):
    return answer.json()["data"]


def test_a_taken_unique_value_is_refused_whatever_its_case_and_names_who_has_it(client, make):
    [id_] = make({"ActiveCampaign_ID": "ab7"})

    answer = client.post(
        "Leads", json={"data": [{"Last_Name": "Birk", "Company": "Halden", "ActiveCampaign_ID": "AB7"}]}
    )

    [refused] = items(answer)
    assert (answer.status_code, refused["code"], refused["message"]) == (400, "DUPLICATE_DATA", "duplicate data")
    details = refused["details"]
    assert (details["api_name"], details["json_path"], details["id"]) == (
        "ActiveCampaign_ID",
        "$.data[0].ActiveCampaign_ID",
        id_,
    )
    assert (details["more_records"], details["duplicate_record"]["id"]) == (False, id_)
    assert details["duplicate_record"]["module"]["api_name"] == "Leads"
    assert set(details["duplicate_record"]["Owner"]) == {"name", "id", "zuid"}


def test_contacts_have_unique_emails_and_leads_do_not(client, make):
    make({"Email": "ada@halden.example"}, {"Email": "ada@halden.example"})
    make({"Email": "ada@halden.example"}, module="Contacts")

    again = client.post("Contacts", json={"data": [{"Last_Name": "Birk", "Email": "ADA@halden.example"}]})

    assert items(again)[0]["details"]["api_name"] == "Email"


def test_the_administrator_may_make_the_emails_of_leads_unique(client, make, control):
    control("settings", email_unique={"Leads": True})
    make({"Email": "ada@halden.example"})

    again = upsert(client, {"Email": "ada@halden.example"}, duplicate_check_fields=["ActiveCampaign_ID"])

    assert items(again)[0]["code"] == "DUPLICATE_DATA"
    fields = client.get("settings/fields", params={"module": "Leads"}).json()["fields"]
    assert next(field["unique"] for field in fields if field["api_name"] == "Email") == {"casesensitive": "0"}


def test_clashes_with_different_records_are_told_together(client, make):
    ids = make(
        {"Email": "ada@halden.example"}, {"Email": "eva@halden.example", "ActiveCampaign_ID": "7"}, module="Contacts"
    )

    answer = client.post(
        "Contacts", json={"data": [{"Last_Name": "Birk", "Email": "ada@halden.example", "ActiveCampaign_ID": "7"}]}
    )

    [refused] = items(answer)
    assert refused["code"] == "MULTIPLE_OR_MULTI_ERRORS"
    assert [error["details"]["id"] for error in refused["details"]["errors"]] == ids


def test_two_of_one_call_cannot_share_a_unique_value(client):
    lead = {"Last_Name": "Birk", "Company": "Halden", "ActiveCampaign_ID": "7"}

    answer = client.post("Leads", json={"data": [lead, lead]})

    assert [item["code"] for item in items(answer)] == ["SUCCESS", "DUPLICATE_DATA"]


def test_a_record_may_keep_its_own_unique_value_and_a_freed_one_is_free(client, make):
    first, second = make({"ActiveCampaign_ID": "7"}, {})

    kept = client.put("Leads", json={"data": [{"id": first, "ActiveCampaign_ID": "7"}]})
    client.put("Leads", json={"data": [{"id": first, "ActiveCampaign_ID": None}]})
    taken = client.put("Leads", json={"data": [{"id": second, "ActiveCampaign_ID": "7"}]})

    assert (kept.status_code, taken.status_code) == (200, 200)


def test_an_upsert_makes_one_record_and_then_changes_it(client):
    first = upsert(client, {"ActiveCampaign_ID": "7"}, duplicate_check_fields=["ActiveCampaign_ID"])
    again = upsert(
        client, {"ActiveCampaign_ID": "7", "First_Name": "Ada"}, duplicate_check_fields=["ActiveCampaign_ID"]
    )

    [made], [changed] = items(first), items(again)
    assert (made["action"], made["duplicate_field"], made["message"]) == ("insert", None, "record added")
    assert (changed["action"], changed["duplicate_field"]) == ("update", "ActiveCampaign_ID")
    assert (first.status_code, made["details"]["id"]) == (200, changed["details"]["id"])


def test_without_check_fields_an_upsert_looks_for_the_email_first(client, make):
    by_email, _by_key = make({"Email": "ada@halden.example"}, {"ActiveCampaign_ID": "8"})

    [item] = items(upsert(client, {"Email": "Ada@halden.example", "First_Name": "Ada"}))

    assert (item["details"]["id"], item["duplicate_field"]) == (by_email, "Email")


def test_the_check_fields_are_tried_in_their_order(client, make):
    _by_email, by_key = make({"Email": "ada@halden.example"}, {"ActiveCampaign_ID": "8"})
    record = {"Email": "ada@halden.example", "ActiveCampaign_ID": "8"}

    [item] = items(upsert(client, record, duplicate_check_fields=["ActiveCampaign_ID", "Email"]))

    assert item["details"]["id"] == by_key


def test_an_upsert_with_an_id_changes_that_record(client, make):
    [id_] = make({})

    [item] = items(upsert(client, {"id": id_, "First_Name": "Ada"}))

    assert (item["action"], item["details"]["id"]) == ("update", id_)


def test_a_check_field_must_be_one_the_module_checks_by(client):
    answer = upsert(client, {}, duplicate_check_fields=["Phone"])

    assert (answer.status_code, answer.json()["details"]["api_name"]) == (400, "duplicate_check_fields")


def test_an_upsert_gives_its_verdicts_in_order(client):
    answer = upsert(client, {"First_Name": "Ada"}, {"Last_Name": None}, {"First_Name": "Eva"})

    assert answer.status_code == 207
    assert [item["status"] for item in items(answer)] == ["success", "error", "success"]


def test_a_deleted_record_whose_value_another_has_by_now_does_not_come_back(client, make):
    [old] = make({"ActiveCampaign_ID": "7"})
    client.delete(f"Leads/{old}")
    [new] = make({"ActiveCampaign_ID": "7"})
    body = {"module": "Leads", "id": old}

    refused = client.post("http://organisation.example/_sandbox/people/restore", json=body)

    assert (refused.status_code, "ActiveCampaign_ID" in refused.json()["error"]) == (400, True)
    assert [client.get(f"Leads/{id_}").status_code for id_ in (old, new)] == [204, 200]


def test_a_lead_whose_address_and_mark_are_those_of_two_contacts_is_not_converted(client, make):
    make({"ActiveCampaign_ID": "7"}, {"Email": "ada@halden.example"}, module="Contacts")
    [lead] = make({"ActiveCampaign_ID": "7", "Email": "ada@halden.example", "Company": "Nowhere yet"})

    answer = client.post(f"Leads/{lead}/actions/convert", json={"data": [{}]})

    [item] = items(answer)
    assert (answer.status_code, item["code"], item["details"]["api_name"]) == (400, "DUPLICATE_DATA", "Email")
    assert client.get(f"Leads/{lead}").json()["data"][0]["Converted__s"] is False
    assert client.post("coql", json={"select_query": NOBODY}).status_code == 204

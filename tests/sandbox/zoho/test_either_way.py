"""Where sources disagree about the vendor, the organisation can be had either way."""

import pytest


def code_of(answer):
    return answer.status_code, answer.json()["data"][0]["code"]


@pytest.mark.parametrize("status", [400, 202])
def test_a_write_that_failed_altogether(open_organisation, clients, status):
    client = clients(open_organisation(all_failed_status=status))

    assert code_of(client.post("Leads", json={"data": [{"Company": "Halden"}]})) == (status, "MANDATORY_NOT_FOUND")
    assert code_of(client.delete("Leads", params={"ids": "1"})) == (status, "INVALID_DATA")


@pytest.mark.parametrize(("is_inclusive", "statuses"), [(False, (304, 304)), (True, (200, 200))])
def test_the_second_that_if_modified_since_names(open_organisation, clients, is_inclusive, statuses):
    client = clients(open_organisation(people=1, modified_since_is_inclusive=is_inclusive))
    made = client.post("Leads", json={"data": [{"Last_Name": "Birk", "Company": "Halden"}]}).json()["data"][0]
    since = {"if-modified-since": made["details"]["Modified_Time"]}

    listed = client.get("Leads", params={"fields": "id"}, headers=since)
    alone = client.get(f"Leads/{made['details']['id']}", headers=since)

    assert (listed.status_code, alone.status_code) == statuses


@pytest.mark.parametrize(("shown", "is_listed"), [("false", False), ("both", True)])
def test_converted_leads_in_a_list_that_says_nothing_of_them(open_organisation, clients, shown, is_listed):
    app = open_organisation(people=0, converted_by_default=shown)
    lead = app.crm.desk.create("Leads", {"Last_Name": "Birk", "Company": "Halden"})
    app.crm.deeds["convert"]({"id": lead["id"]})

    listed = clients(app).get("Leads", params={"fields": "id"})

    assert (listed.status_code == 200) is is_listed


@pytest.mark.parametrize(("is_read", "status"), [(True, 200), (False, 204)])
def test_a_converted_lead_by_its_id(open_organisation, clients, is_read, status):
    app = open_organisation(people=0, converted_leads_are_read_by_id=is_read)
    lead = app.crm.desk.create("Leads", {"Last_Name": "Birk", "Company": "Halden"})
    app.crm.deeds["convert"]({"id": lead["id"]})
    client = clients(app)

    assert client.get(f"Leads/{lead['id']}").status_code == status
    assert client.get(f"Leads/{lead['id']}", params={"converted": "both"}).status_code == 200


def test_a_query_may_lag_behind_as_search_does(open_organisation, clients, hand_clock):
    client = clients(open_organisation(people=0, coql_lag_seconds=30))
    client.post("Leads", json={"data": [{"Last_Name": "Birk", "Company": "Halden"}]})
    query = {"select_query": "select id from Leads where Last_Name = 'Birk'"}
    at_once = client.post("coql", json=query).status_code

    hand_clock.advance(seconds=31)

    assert (at_once, client.post("coql", json=query).status_code) == (204, 200)


@pytest.mark.parametrize(("taken", "place"), [("oldest", 0), ("newest", 1)])
def test_an_upsert_that_matches_several_records(open_organisation, clients, taken, place):
    client = clients(open_organisation(upsert_takes=taken))
    record = {"Last_Name": "Birk", "Company": "Halden", "Email": "two@halden.example"}
    made = client.post("Leads", json={"data": [record, record]}).json()["data"]

    [item] = client.post("Leads/upsert", json={"data": [record]}).json()["data"]

    assert item["details"]["id"] == made[place]["details"]["id"]


@pytest.mark.parametrize("opts_out", [True, False])
def test_leaving_by_the_link_in_a_mail(open_organisation, opts_out):
    app = open_organisation(people=0, unsubscribing_opts_out=opts_out)
    lead = app.crm.desk.create("Leads", {"Last_Name": "Birk", "Company": "Halden", "Email_Opt_Out": False})

    app.crm.deeds["unsubscribe"]({"module": "Leads", "id": lead["id"]})

    row = app.crm.desk.record("Leads", lead["id"])
    assert (row["Unsubscribed_Mode"], row["Email_Opt_Out"]) == ("Unsubscribe link", opts_out)


def test_writes_of_the_api_may_not_be_told_to_channels(client, make, watch, delivered, control):
    control("settings", api_writes_are_told=False)
    watch("Leads.create")

    make({})
    control("people/create", module="Leads", values={"Last_Name": "Birk", "Company": "Halden"})

    assert [hook.label for hook in delivered()] == ["Leads.create"]

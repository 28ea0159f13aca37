"""Deals through the API: what a deal needs, how it comes back, where it stands, and what hangs on it."""

import pytest


@pytest.fixture
def pipeline(client):
    """A pipeline with its three first stages."""
    return client.post("dealGroups", json={"dealGroup": {"title": "Renewals", "currency": "eur"}}).json()["dealGroup"]


@pytest.fixture
def sent(contact, pipeline):
    """What a client sends for a deal that is accepted."""
    stage = {"group": pipeline["id"], "stage": pipeline["stages"][1]}
    return {"title": "Vans", "value": 12550, "currency": "EUR", "contact": contact["id"], "owner": "1", **stage}


@pytest.fixture
def make(client, sent):
    return lambda **more: client.post("deals", json={"deal": sent | more})


@pytest.fixture
def deal(make):
    return make().json()["deal"]


def test_a_create_echoes_what_was_sent_and_a_read_gives_strings(client, make):
    answer = make(status=0)

    echo = answer.json()["deal"]
    read = client.get(f"deals/{echo['id']}").json()["deal"]
    assert answer.status_code == 201
    assert (echo["value"], echo["currency"], echo["status"]) == (12550, "EUR", 0)
    assert (read["value"], read["currency"], read["status"], read["percent"]) == ("12550", "eur", "0", "0")
    assert (read["cdate"], read["mdate"]) == ("2026-03-02T09:00:00-06:00", "2026-03-02T09:00:00-06:00")
    assert "nextTask" not in read


def test_a_create_brings_contact_pipeline_and_stage_along(make, contact, pipeline):
    answer = make().json()

    assert [row["id"] for row in answer["contacts"]] == [contact["id"]]
    assert [row["id"] for row in answer["dealGroups"]] == [pipeline["id"]]
    assert [row["title"] for row in answer["dealStages"]] == ["In Contact"]
    assert (answer["deal"]["fields"], answer["deal"]["customFieldSaveStatus"]) == ([], {"status": "success"})


def test_a_fraction_of_a_cent_is_echoed_and_not_kept(client, make):
    echo = make(value=156.24).json()["deal"]

    assert echo["value"] == 156.24
    assert client.get(f"deals/{echo['id']}").json()["deal"]["value"] == "156"


def test_a_pipeline_alone_means_its_first_stage_as_a_number(make, pipeline):
    echo = make(stage=None).json()["deal"]

    assert echo["stage"] == int(pipeline["stages"][0])


def test_a_stage_alone_means_its_pipeline(client, make, pipeline):
    echo = make(group=None).json()["deal"]

    assert client.get(f"deals/{echo['id']}").json()["deal"]["group"] == pipeline["id"]


@pytest.mark.parametrize("name", ["title", "contact", "value", "currency", "owner"])
def test_a_deal_is_not_one_without(make, name):
    answer = make(**{name: ""})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "field_missing"
    assert answer.json()["errors"][0]["source"] == {"pointer": f"/data/attributes/{name}"}


def test_a_deal_needs_a_place_in_a_pipeline(make):
    answer = make(group=None, stage=None)

    assert answer.json()["errors"][0]["source"] == {"pointer": "/data/attributes/stage"}


@pytest.mark.parametrize("name", ["contact", "account", "group", "stage"])
def test_what_a_deal_refers_to_must_be_there(make, name):
    answer = make(**{name: "9999"})

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "related_missing")


def test_a_stage_of_another_pipeline_is_refused(make):
    answer = make(stage="1")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["detail"] == "Target stage does not belong to same pipeline"


def test_a_deal_may_be_with_an_account_alone(client, make):
    company = client.post("accounts", json={"account": {"name": "Halden Works"}}).json()["account"]["id"]

    answer = make(contact=None, account=company)

    assert answer.status_code == 201
    assert "contacts" not in answer.json()
    assert client.get(f"deals/{answer.json()['deal']['id']}").json()["deal"]["customerAccount"] == company


@pytest.mark.parametrize("verb", ["PUT", "PATCH"])
def test_a_change_keeps_what_it_does_not_name(client, deal, hand_clock, verb):
    hand_clock.advance(seconds=5)

    shown = client.request(verb, f"deals/{deal['id']}", json={"deal": {"value": 55555}}).json()["deal"]

    assert (shown["value"], shown["title"], shown["status"], shown["stage"]) == (55555, "Vans", 0, deal["stage"])
    assert (shown["cdate"], shown["mdate"]) == ("2026-03-02T09:00:00-06:00", "2026-03-02T09:00:05-06:00")
    assert (shown["nexttaskid"], shown["nextTask"]) == ("0", None)


def test_a_change_brings_the_contact_only_when_it_was_sent(client, deal, contact):
    without = client.put(f"deals/{deal['id']}", json={"deal": {"title": "Lorries"}}).json()
    named = client.put(f"deals/{deal['id']}", json={"deal": {"contact": contact["id"]}}).json()

    assert ("contacts" in without, "dealStages" in without) == (False, True)
    assert [row["id"] for row in named["contacts"]] == [contact["id"]]


def test_a_deal_never_moves_its_contact(client, contact, make, hand_clock):
    hand_clock.advance(seconds=5)

    make()

    assert client.get(f"contacts/{contact['id']}").json()["contact"]["udate"] == "2026-03-02T09:00:00-06:00"


def test_a_contact_shows_its_deals(client, contact, deal):
    read = client.get(f"contacts/{contact['id']}").json()
    nested = client.get(f"contacts/{contact['id']}/deals").json()

    assert read["contact"]["deals"] == [deal["id"]]
    assert [row["id"] for row in read["deals"]] == [deal["id"]]
    assert nested == {"deals": read["deals"]}


def test_a_deleted_deal_is_gone_with_its_notes(client, deal):
    client.post(f"deals/{deal['id']}/notes", json={"note": {"note": "Call again"}})

    first, second = (client.delete(f"deals/{deal['id']}") for _ in range(2))

    assert (first.status_code, first.json()) == (200, {})
    assert (second.status_code, second.json()) == (404, {"message": f"No Result found for Deal with id {deal['id']}"})
    assert client.get("notes").json() == {"notes": [], "meta": {"total": 0}}


def test_a_deleted_contact_leaves_its_deals_with_nobody(client, contact, deal):
    client.delete(f"contacts/{contact['id']}")

    assert client.get(f"deals/{deal['id']}").json()["deal"]["contact"] == ""


def test_a_merge_hands_the_deals_over(client, contact, deal, person):
    person("merge", **{"from": contact["id"], "into": 1})

    assert client.get(f"deals/{deal['id']}").json()["deal"]["contact"] == "1"


def test_owners_change_in_bulk(client, make):
    other = make(owner="7").json()["deal"]["id"]

    answer = client.patch(
        "deals/bulkUpdate", json={"deals": [{"id": other, "ownerId": "1"}, {"id": "99", "ownerId": 1}]}
    )
    nobody = client.patch("deals/bulkUpdate", json={"deals": [{"id": other, "ownerId": "999999"}]})

    assert answer.json() == {"success": [other], "nochange": [], "failed": ["99"]}
    assert nobody.json()["errors"] == [
        {"status": 422, "title": f"Owner(user) with id '999999' was not found for a deal '{other}'."}
    ]


def test_people_move_a_deal_to_another_stage(client, account, deal, person):
    person("move_stage", id=deal["id"], stage="Follow Up")

    effects = account.ground.journal.read(after=0, limit=10_000, kind="effect")
    assert client.get(f"deals/{deal['id']}/stage").json()["dealStage"]["title"] == "Follow Up"
    assert (effects[-1]["module"], effects[-1]["actor"], effects[-1]["changed"]) == ("deal", "person", ["stage"])


def test_people_are_told_of_stages_that_are_not_there(client, deal):
    url = "http://account.example/_sandbox/people/move_stage"

    answers = [
        client.post(url, json={"id": deal["id"], "stage": "Nowhere"}),
        client.post(url, json={"id": 99, "stage": 1}),
    ]

    assert [answer.status_code for answer in answers] == [400, 404]


def test_custom_fields_may_come_with_a_deal(client, make):
    made = make(fields=[{"customFieldId": 1, "fieldValue": "2026-06-30"}]).json()["deal"]
    listed = client.get(f"deals/{made['id']}/dealCustomFieldData").json()["dealCustomFieldData"]

    assert made["fields"] == [{"customFieldId": 1, "fieldValue": "2026-06-30", "dealId": made["id"]}]
    assert [(row["dealId"], row["fieldValue"]) for row in listed] == [(int(made["id"]), "2026-06-30")]


@pytest.mark.parametrize(("moves", "stamp"), [(False, "09:00:00"), (True, "09:00:05")])
def test_whether_a_custom_field_moves_the_deal_is_a_switch(client, account, deal, hand_clock, moves, stamp):
    account.ground.change_settings(deal_fields_move_mdate=moves)
    hand_clock.advance(seconds=5)
    sent = {"dealId": deal["id"], "customFieldId": "1", "fieldValue": "2026-06-30"}

    client.post("dealCustomFieldData", json={"dealCustomFieldDatum": sent})

    assert client.get(f"deals/{deal['id']}").json()["deal"]["mdate"] == f"2026-03-02T{stamp}-06:00"


def test_a_deal_of_2020_said_empty_where_it_says_null_now(clients, open_account):
    client = clients(open_account(people=0, answers_of=2020))
    contact = client.post("contacts", json={"contact": {"email": "ada@halden.example"}}).json()["contact"]["id"]
    sent = {"title": "Vans", "value": 1, "currency": "eur", "contact": contact, "group": "1", "owner": "1"}

    shown = client.post("deals", json={"deal": sent}).json()["deal"]

    assert (shown["account"], shown["customerAccount"], shown["organization"]) == ("", "", "")
    assert not {"fields", "customFieldSaveStatus", "nextdealid"} & shown.keys()


@pytest.mark.parametrize(
    "wrong", [{"value": "much"}, {"value": "inf"}, {"status": 9}, {"title": []}, {"fields": [{"customFieldId": 99}]}]
)
def test_a_deal_that_makes_no_sense_is_refused_and_not_made(client, make, wrong):
    answer = make(**wrong)

    assert answer.status_code in {404, 422}
    assert client.get("deals").json()["meta"]["total"] == 0


def test_a_deal_takes_the_account_of_its_contact(client, contact, make):
    company = client.post("accounts", json={"account": {"name": "Halden Works"}}).json()["account"]["id"]
    client.post("accountContacts", json={"accountContact": {"account": company, "contact": contact["id"]}})

    made = make().json()["deal"]

    assert (made["account"], made["organization"]) == (company, company)
    assert client.get(f"deals/{made['id']}").json()["deal"]["customerAccount"] == company


def test_a_deleted_account_leaves_its_deals_without_one(client, make):
    company = client.post("accounts", json={"account": {"name": "Halden Works"}}).json()["account"]["id"]
    made = make(account=company).json()["deal"]["id"]

    client.delete(f"accounts/{company}")

    assert client.get(f"deals/{made}").json()["deal"]["account"] is None

"""Deals on their way, records merged by hand, leads converted with a deal, and who did it."""

import pytest

FATE = "select Converted__s, Converted_Contact, Converted_Account, Converted_Deal from Leads where id = '{}'"
CONTROL = "http://organisation.example/_sandbox"


def record(client, module, id_):
    [row] = client.get(f"{module}/{id_}").json()["data"]
    return row


@pytest.mark.parametrize("name", ["Deal_Name", "Stage", "Closing_Date"])
def test_a_deal_needs_a_name_a_stage_and_a_closing_date(client, name):
    deal = {"Deal_Name": "Halden 2026", "Stage": "Qualification", "Closing_Date": "2026-06-30", name: None}

    [item] = client.post("Deals", json={"data": [deal]}).json()["data"]

    assert (item["code"], item["details"]["api_name"]) == ("MANDATORY_NOT_FOUND", name)


def test_a_deal_becomes_as_likely_as_its_stage_unless_said_otherwise(client, make):
    usual, own = make({}, {"Deal_Name": "Own", "Probability": 55}, module="Deals")
    before = [record(client, "Deals", id_)["Probability"] for id_ in (usual, own)]

    client.put("Deals", json={"data": [{"id": usual, "Stage": "Closed Won"}, {"id": own, "Next_Step": "Call"}]})

    assert before == [10, 55]
    assert [record(client, "Deals", id_)["Probability"] for id_ in (usual, own)] == [100, 55]
    assert record(client, "Deals", usual)["Pipeline"] == "Standard (Standard)"


def test_a_salesperson_moves_a_deal_on(client, make, control):
    [id_] = make({}, module="Deals")

    control("people/move_stage", id=id_, stage="Closed Won", **{"as": "487600000000022004"})

    row = record(client, "Deals", id_)
    assert (row["Stage"], row["Modified_By"]["name"]) == ("Closed Won", "Emma Evans")
    last = control("journal?kind=effect")["entries"][-1]
    assert (last["actor"], last["by"], last["values"]) == ("person", "487600000000022004", {"Stage": "Closed Won"})


def test_a_lead_is_converted_with_a_deal_by_hand_and_by_the_api(client, make, control, ask):
    by_hand, by_api = make({}, {"Email": "ada@halden.example"})
    deal = {
        "Deal_Name": "New",
        "Stage": "Qualification",
        "Closing_Date": "2026-06-30",
        "Pipeline": "Standard (Standard)",
    }

    made = control("people/convert", id=by_hand, deal=deal)
    [item] = client.post(f"Leads/{by_api}/actions/convert", json={"data": [{"Deals": deal}]}).json()["data"]

    for lead, fate in ((by_hand, made), (by_api, item["details"])):
        [row] = ask(FATE, lead).json()["data"]
        assert (row["Converted__s"], row["Converted_Deal"]["id"]) == (True, fate["Deals"]["id"])
        assert record(client, "Deals", fate["Deals"]["id"])["Contact_Name"]["id"] == row["Converted_Contact"]["id"]


def test_a_conversion_with_half_a_deal_is_refused_whole(client, make):
    [lead] = make({})

    answer = client.post(f"Leads/{lead}/actions/convert", json={"data": [{"Deals": {"Deal_Name": "New"}}]})

    assert (answer.status_code, answer.json()["data"][0]["code"]) == (400, "MANDATORY_NOT_FOUND")
    assert not record(client, "Leads", lead)["Converted__s"]


def test_a_merge_keeps_the_winner_fills_its_blanks_and_deletes_the_losers(client, make, control):
    winner, loser = make(
        {"Email": "ada@halden.example", "City": "Oslo"},
        {"Phone": "030 1", "City": "Halden", "ActiveCampaign_ID": "7"},
        module="Leads",
    )
    [task] = make({"What_Id": {"id": loser}, "$se_module": "Leads"}, module="Tasks")

    control("people/merge", module="Leads", into=winner, **{"from": [loser], "as": "carla.costa@sales.example"})

    row = record(client, "Leads", winner)
    assert (row["City"], row["Phone"], row["ActiveCampaign_ID"]) == ("Oslo", "030 1", "7")
    assert row["Modified_By"]["name"] == "Carla Costa"
    assert client.get(f"Leads/{loser}").status_code == 204
    [gone] = client.get("Leads/deleted", params={"type": "all"}).json()["data"]
    assert (gone["id"], gone["deleted_by"]["name"]) == (loser, "Carla Costa")
    assert record(client, "Tasks", task)["What_Id"]["id"] == winner


def test_a_merge_the_screens_do_not_offer_is_refused(client, make):
    ids = make({}, {}, {}, {})
    orders = [
        {"module": "Leads", "into": ids[0], "from": ids[1:]},
        {"module": "Leads", "into": ids[0], "from": [ids[0]]},
        {"module": "Leads", "into": ids[0], "from": []},
    ]

    answers = [client.post(f"{CONTROL}/people/merge", json=order) for order in orders]

    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert client.get("Leads/deleted").status_code == 204


def test_a_deed_may_be_done_by_any_active_user_and_by_nobody_else(client, make, control):
    [id_] = make({})
    order = {"module": "Leads", "id": id_, "values": {"City": "Oslo"}}

    control("people/edit", **order, **{"as": "fabien.faure@sales.example"})
    answer = client.post(f"{CONTROL}/people/edit", json={**order, "as": "gerda.graf@sales.example"})

    assert record(client, "Leads", id_)["Modified_By"]["name"] == "Fabien Faure"
    assert answer.status_code == 400


def test_a_person_makes_a_deal_and_a_task_of_their_own(control):
    deal = {"Deal_Name": "Halden", "Stage": "Qualification", "Closing_Date": "2026-06-30"}

    made = control("people/create", module="Deals", values=deal, **{"as": "emma.evans@sales.example"})
    values = {"Subject": "Offer", "What_Id": {"id": made["id"]}, "$se_module": "Deals"}
    task = control("people/create", module="Tasks", values=values)

    assert (made["Owner"]["name"], task["Owner"]["name"]) == ("Emma Evans", "Bruno Becker")
    assert task["What_Id"]["id"] == made["id"]

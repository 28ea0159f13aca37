"""Scores: set where the vendor computes them, read where the API shows them, and silent otherwise."""


def test_a_score_shows_on_the_contact_and_beside_the_list(client, contact, person):
    person("set_score", email=contact["email"], score="Engagement", value=70)

    page = client.get("contacts", params={"email": contact["email"]}).json()

    [value] = page["scoreValues"]
    assert (value["scoreValue"], value["contact"], value["score"]) == ("70", contact["id"], "1")
    assert page["contacts"][0]["scoreValues"] == [value["id"]]
    assert client.get(f"contacts/{contact['id']}/scoreValues").json() == {"scoreValues": [value]}


def test_the_scores_there_are_can_be_listed(client):
    listed = client.get("scores").json()

    assert [(row["id"], row["name"], row["reltype"]) for row in listed["scores"]] == [("1", "Engagement", "contact")]
    assert client.get("scores/1").json()["score"] == listed["scores"][0]
    assert client.get("scores/9").status_code == 404


def test_a_new_score_tells_nobody_and_moves_no_stamp(client, contact, hand_clock, listen, person, told):
    listen()
    before = client.get(f"contacts/{contact['id']}").json()["contact"]["udate"]
    hand_clock.advance(minutes=1)

    person("set_score", id=contact["id"], value=70)
    person("set_score", id=contact["id"], value=85)

    [value] = client.get(f"contacts/{contact['id']}/scoreValues").json()["scoreValues"]
    assert (value["scoreValue"], value["mdate"]) == ("85", "2026-03-02T09:01:00-06:00")
    assert client.get(f"contacts/{contact['id']}").json()["contact"]["udate"] == before
    assert told() == []


def test_contacts_can_be_read_from_the_highest_score_down(client, person):
    for id_, value in (("3", 40), ("5", 90), ("7", 60)):
        person("set_score", id=id_, value=value)

    page = client.get("contacts", params={"orders[score]": "DESC", "sortId": "1", "limit": "3"}).json()

    assert [row["id"] for row in page["contacts"]] == ["5", "7", "3"]


def test_a_deleted_contact_leaves_no_score(client, contact, person):
    person("set_score", id=contact["id"], value=70)

    client.delete(f"contacts/{contact['id']}")

    assert client.get("contacts").json()["scoreValues"] == []

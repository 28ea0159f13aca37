"""Records counted by what is searched for, and many given the same values at once."""

import pytest


@pytest.mark.parametrize(
    ("asked", "count"),
    [({"criteria": "(City:equals:Zell)"}, 2), ({"email": "ada@halden.example"}, 1), ({"word": "Zell"}, 2)],
)
def test_what_is_found_is_counted_once_the_index_has_seen_it(client, make, hand_clock, asked, count):
    make({"City": "Zell", "Email": "ada@halden.example"}, {"City": "Zell"})
    early = client.get("Leads/actions/count", params=asked).json()
    hand_clock.advance(seconds=31)

    late = client.get("Leads/actions/count", params=asked).json()

    assert (early, late) == ({"count": 0}, {"count": count})


def test_a_count_that_cannot_be_understood_is_refused(client):
    assert client.get("Leads/actions/count", params={"criteria": "(City"}).status_code == 400


def test_many_records_get_the_same_values(client, make):
    ids = make({}, {})

    answer = client.post("Leads/actions/mass_update", json={"data": [{"City": "Graz"}], "ids": ids})

    assert (answer.status_code, [item["status"] for item in answer.json()["data"]]) == (200, ["success"] * 2)
    rows = client.get("Leads", params={"ids": ",".join(ids), "fields": "City"}).json()["data"]
    assert [row["City"] for row in rows] == ["Graz", "Graz"]


@pytest.mark.parametrize(
    ("ids", "code"), [([], "MANDATORY_NOT_FOUND"), ([str(n) for n in range(501)], "LIMIT_EXCEEDED")]
)
def test_a_mass_update_names_its_records_and_at_most_five_hundred(client, ids, code):
    answer = client.post("Leads/actions/mass_update", json={"data": [{"City": "Graz"}], "ids": ids})

    assert (answer.status_code, answer.json()["code"]) == (400, code)

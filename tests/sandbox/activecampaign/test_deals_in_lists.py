"""Finding deals: the filters that work, the orders, and what the list says of money."""

import pytest


@pytest.fixture
def deals(client, contact, hand_clock):
    """Three deals, a minute apart."""
    made = {}
    for title, value, status in (("Vans", 500, 0), ("Lorries", 90_000, 1), ("Bikes", 70, 0)):
        sent = {"title": title, "value": value, "currency": "eur", "status": status, "contact": contact["id"]}
        answer = client.post("deals", json={"deal": sent | {"group": "1", "stage": "2", "owner": "1"}})
        made[title] = answer.json()["deal"]["id"]
        hand_clock.advance(minutes=1)
    return made


@pytest.fixture
def titles(client):
    def found(**params):
        return [row["title"] for row in client.get("deals", params=params).json()["deals"]]

    return found


def test_without_an_order_the_most_valuable_come_first(deals, titles):
    assert titles() == ["Lorries", "Vans", "Bikes"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ({"orders[title]": "ASC"}, ["Bikes", "Lorries", "Vans"]),
        ({"orders[cdate]": "DESC"}, ["Bikes", "Lorries", "Vans"]),
        ({"orders[value]": "ASC"}, ["Bikes", "Vans", "Lorries"]),
        ({"orders[nonsense]": "ASC"}, ["Lorries", "Vans", "Bikes"]),
    ],
)
def test_orders(deals, titles, order, expected):
    assert titles(**order) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"filters[status]": "1"}, {"Lorries"}),
        ({"filters[title]": "an"}, {"Vans"}),
        ({"filters[search]": "birk"}, {"Vans", "Lorries", "Bikes"}),
        ({"filters[search]": "birk", "filters[search_field]": "title"}, set()),
        ({"filters[stage]": "3"}, set()),
        ({"filters[group]": "1", "filters[minimum_value]": "500"}, {"Vans", "Lorries"}),
        ({"filters[maximum_value]": "500"}, {"Vans", "Bikes"}),
        ({"filters[nonsense]": "1"}, {"Vans", "Lorries", "Bikes"}),
    ],
)
def test_filters(deals, titles, wanted, expected):
    assert set(titles(**wanted)) == expected


def test_after_includes_the_moment_and_before_does_not(deals, titles):
    moment = "2026-03-02T09:01:00-06:00"

    assert set(titles(**{"filters[created_after]": moment})) == {"Lorries", "Bikes"}
    assert set(titles(**{"filters[created_before]": moment})) == {"Vans"}


def test_updated_after_goes_by_the_stamp_of_changes(client, deals, titles):
    client.put(f"deals/{deals['Vans']}", json={"deal": {"title": "Vans"}})

    assert titles(**{"filters[updated_after]": "2026-03-02T09:03:00-06:00"}) == ["Vans"]


def test_the_list_counts_its_money_per_currency(client, deals):
    meta = client.get("deals", params={"limit": 1}).json()["meta"]

    assert meta == {
        "currencies": {"EUR": {"total": "3", "value": "90570", "currency": "EUR", "isDisabled": False}},
        "total": 3,
    }


def test_an_empty_list_has_an_array_where_the_currencies_were(client):
    assert client.get("deals").json() == {"deals": [], "meta": {"currencies": [], "total": 0}}

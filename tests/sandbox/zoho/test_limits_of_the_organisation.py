"""Credits over a rolling day, calls at a time, and how the vendor says that it is enough."""

import asyncio

import httpx
import pytest

from sandbox.calls import Call
from sandbox.zoho.pricing import Doubts, Price, price_of


def records(count):
    return {"data": [{"Last_Name": "Birk", "Company": "Halden"} for _ in range(count)]}


def test_credits_are_told_only_once_half_of_them_are_spent(open_organisation, clients):
    client = clients(open_organisation(limits=True, credits=20))

    early = client.post("Leads", json=records(10))
    late = client.post("Leads", json=records(95))

    assert "x-api-credits-remaining" not in early.headers
    assert late.headers["x-api-credits-remaining"] == "9"


def test_a_day_without_credits_is_a_429_that_names_no_wait(open_organisation, clients, hand_clock):
    app = open_organisation(limits=True, credits=10)
    client = clients(app)
    client.post("Leads", json=records(100))

    refused = client.get("users")
    hand_clock.advance(hours=24)

    assert (refused.status_code, refused.json()["code"]) == (429, "TOO_MANY_REQUESTS")
    assert "retry-after" not in refused.headers
    assert clients(app).get("users").status_code == 200


def test_a_call_that_is_refused_costs_nothing(open_organisation, clients):
    client = clients(open_organisation(limits=True, credits=5))

    refused = client.post("Leads", json=records(100))

    assert (refused.status_code, client.post("Leads", json=records(50)).status_code) == (429, 201)


async def _statuses(app, token, method, path, count, body=None):
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://organisation.example/crm/v8/", headers={"authorization": token}
    ) as client:
        answers = await asyncio.gather(*(client.request(method, path, json=body) for _ in range(count)))
    return sorted(answer.status_code for answer in answers)


def test_calls_beyond_the_concurrency_are_refused_and_the_places_come_free_again(open_organisation, clients):
    app = open_organisation(limits=True, concurrency=3, latency_ms=50)
    token = clients(app).headers["authorization"]

    first = asyncio.run(_statuses(app, token, "GET", "users", 5))
    then = asyncio.run(_statuses(app, token, "GET", "users", 3))

    assert (first, then) == ([200, 200, 200, 429, 429], [200, 200, 200])


def test_complex_calls_have_ten_places_of_their_own(open_organisation, clients):
    app = open_organisation(limits=True, concurrency=50, latency_ms=50)
    token = clients(app).headers["authorization"]

    many = asyncio.run(_statuses(app, token, "POST", "Leads", 12, records(11)))
    few = asyncio.run(_statuses(app, token, "POST", "Leads", 12, records(10)))

    assert (many, few) == ([201] * 10 + [429] * 2, [201] * 12)


@pytest.mark.parametrize(
    ("method", "path", "query", "body", "price"),
    [
        ("GET", "/crm/v8/Leads", "fields=Email", b"", Price(1)),
        ("GET", "/crm/v8/Leads", "fields=Email&sort_by=id", b"", Price(1, is_complex=True)),
        ("GET", "/crm/v8/Leads/deleted", "", b"", Price(2)),
        ("GET", "/crm/v8/Leads/search", "word=a", b"", Price(1, is_complex=True)),
        ("POST", "/crm/v8/coql", "", b'{"select_query":"... limit 200"}', Price(1, is_complex=True)),
        ("POST", "/crm/v8/coql", "", b'{"select_query":"... LIMIT 201"}', Price(2, is_complex=True)),
        ("POST", "/crm/v8/coql", "", b'{"select_query":"... limit 100, 2000"}', Price(3, is_complex=True)),
        ("PUT", "/crm/v8/Leads", "", b'{"data":[1,2,3,4,5,6,7,8,9,10,11]}', Price(2, is_complex=True)),
        ("POST", "/crm/v8/Leads", "", b"not json", Price(1)),
        ("POST", "/crm/v8/Leads/1/actions/convert", "", b"", Price(5, is_complex=True)),
    ],
)
def test_every_call_has_its_price(hand_clock, method, path, query, body, price):
    call = Call(method=method, path=path, query=query, headers={}, body=body, at=hand_clock())

    assert price_of(call, Doubts()) == price


def test_credits_that_are_spent_stay_spent_over_a_restart(open_organisation, clients, hand_clock, tmp_path):
    first = open_organisation(data=tmp_path / "zoho.db", limits=True, credits=12)
    clients(first).post("Leads", json=records(100))
    first.close()

    again = clients(open_organisation(data=tmp_path / "zoho.db", limits=True, credits=12))
    hand_clock.advance(minutes=2)

    assert again.get("users").headers["x-api-credits-remaining"] == "1"
    assert again.get("users").headers["x-api-credits-remaining"] == "0"
    assert again.get("users").status_code == 429


def test_a_new_world_has_its_credits_anew(open_organisation, clients):
    app = open_organisation(limits=True, credits=10)
    client = clients(app)
    client.post("Leads", json=records(100))

    client.post("http://organisation.example/_sandbox/reset", json={"people": 3})

    assert clients(app).get("users").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "query", "body", "price"),
    [
        ("POST", "/crm/v8/Leads/actions/add_tags", "ids=" + ",".join(map(str, range(51))), b"", Price(2)),
        ("POST", "/crm/v8/Leads/actions/remove_tags", "", b'{"ids":["1","2"]}', Price(1)),
        ("POST", "/crm/bulk/v8/read", "", b"{}", Price(50)),
        ("GET", "/crm/v8/Leads/search", "word=a", b"", Price(3, is_complex=True)),
        ("GET", "/crm/v8/Leads/deleted", "", b"", Price(1)),
        ("GET", "/crm/v8/Leads", "cvid=1", b"", Price(3, is_complex=True)),
    ],
)
def test_prices_that_sources_disagree_on_can_be_had_otherwise(hand_clock, method, path, query, body, price):
    call = Call(method=method, path=path, query=query, headers={}, body=body, at=hand_clock())

    assert price_of(call, Doubts(search=3, deleted_list=1)) == price


def test_a_429_may_name_its_cause_by_another_code(open_organisation, clients):
    client = clients(open_organisation(limits=True, credits=0, too_many_code="RATE_LIMIT_EXCEEDED"))

    assert client.get("users").json()["code"] == "RATE_LIMIT_EXCEEDED"

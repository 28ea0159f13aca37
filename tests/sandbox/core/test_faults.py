"""Faults on request, as a client meets them, and what the journal says about them."""

import httpx
import pytest

CONTACTS = "/api/3/contacts"


def statuses(client, times):
    return [client.get("/api/3/users/me").status_code for _ in range(times)]


def last_call(app):
    return app.ground.journal.read(after=0, limit=100, kind="call")[-1]


def create(client, email="new@halden.example"):
    return client.post(CONTACTS, json={"contact": {"email": email}})


def is_there(app, email="new@halden.example"):
    return any(row["email"] == email for row in app.crm.desk.listing("contact"))


def test_an_ordered_status_replaces_the_answer_and_the_effect(client, app, order):
    order(kind="status", route="POST /api/3/contacts", status=503, body={"message": "away"}, headers={"X-Why": "test"})

    answer = create(client)

    assert (answer.status_code, answer.json(), answer.headers["x-why"]) == (503, {"message": "away"}, "test")
    assert not is_there(app)
    assert (last_call(app)["outcome"], last_call(app)["status"]) == ("fault:status", 503)


def test_an_error_can_come_after_the_effect(client, app, order):
    order(kind="status", route="POST /api/3/contacts", status=500, after_effect=True)

    answer = create(client)

    assert answer.status_code == 500
    assert is_there(app)


def test_a_timeout_after_the_effect_leaves_the_record_behind(client, app, order):
    order(kind="timeout_after_effect", route="POST /api/3/contacts")

    with pytest.raises(httpx.ReadTimeout):
        create(client)

    assert is_there(app)
    assert last_call(app)["outcome"] == "fault:timeout_after_effect"


def test_a_timeout_before_the_effect_leaves_nothing(client, app, order):
    order(kind="timeout_before_effect", route="POST /api/3/contacts")

    with pytest.raises(httpx.ReadTimeout):
        create(client)

    assert not is_there(app)


def test_a_reset_drops_the_connection(client, app, order):
    order(kind="reset", route="* /api/3/")

    with pytest.raises(httpx.ReadError):
        create(client)

    assert not is_there(app)


def test_a_cut_body_does_not_parse(client, order):
    order(kind="cut_body", route="GET /api/3/contacts")

    answer = client.get(CONTACTS)

    assert answer.status_code == 200
    with pytest.raises(ValueError, match=r"Unterminated|Expecting|delimiter"):
        answer.json()


def test_a_login_page_comes_with_a_friendly_200(client, order):
    order(kind="login_page", route="* /api/3/")

    answer = client.get(CONTACTS)

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html;charset=UTF-8")


def test_vendor_shaped_refusals_are_left_to_the_vendor(client, order):
    order(kind="too_many", route="GET /api/3/users", retry_after=7)
    order(kind="unauthorised", route="GET /api/3/tags")

    throttled, refused = client.get("/api/3/users/me"), client.get("/api/3/tags")

    assert (throttled.status_code, throttled.headers["retry-after"]) == (429, "7")
    assert (refused.status_code, refused.content) == (403, b"")


def test_a_slow_answer_is_still_an_answer(client, app, order):
    order(kind="slow", route="GET /api/3/users", latency_ms=5)

    answer = client.get("/api/3/users/me")

    assert answer.status_code == 200
    assert last_call(app)["outcome"] == "fault:slow"


def test_only_the_nth_call_is_struck(client, order):
    order(kind="status", route="GET /api/3/users", status=500, nth=3)

    assert statuses(client, 5) == [200, 200, 500, 200, 200]


def test_every_nth_call_is_struck_for_ever(client, order):
    order(kind="status", route="GET /api/3/users", status=500, every=2)

    assert statuses(client, 6) == [200, 500] * 3


def test_a_fault_can_be_told_how_often(client, order):
    order(kind="status", route="GET /api/3/users", status=500, times=2)

    assert statuses(client, 4) == [500, 500, 200, 200]


def test_a_share_strikes_the_same_calls_for_the_same_seed(client, order):
    order(kind="status", route="GET /api/3/users", status=500, share=0.4, seed=7)
    first = statuses(client, 30)
    client.delete("/_sandbox/faults")
    order(kind="status", route="GET /api/3/users", status=500, share=0.4, seed=7)

    again = statuses(client, 30)

    assert again == first
    assert {200, 500} == set(first)


def test_a_route_may_be_a_glob(client, order):
    order(kind="status", route="GET /api/3/contacts/*/fieldValues", status=500)

    assert client.get("/api/3/contacts/1").status_code == 200
    assert client.get("/api/3/contacts/1/fieldValues").status_code == 500


def test_a_record_can_be_refused_by_its_address(client, order):
    order(kind="reject", route="* /api/3/", emails=["Bad@halden.example"], code="field_invalid", field="phone")

    refused, taken = create(client, "bad@halden.example"), create(client, "good@halden.example")

    assert (refused.status_code, taken.status_code) == (422, 201)
    assert refused.json()["errors"][0]["code"] == "field_invalid"


def test_the_listing_tells_how_often_each_fired(client, order):
    order(kind="status", route="GET /api/3/users", status=500, nth=2)
    statuses(client, 4)

    listed = client.get("/_sandbox/faults").json()["faults"]

    assert [(fault["kind"], fault["status"], fault["seen"], fault["fired"]) for fault in listed] == [
        ("status", 500, 4, 1)
    ]


def test_a_call_refused_by_the_limits_leaves_the_fault_to_the_next(client, app, order):
    app.ground.change_settings(limits=True, requests_per_second=0)
    order(kind="timeout_after_effect", route="POST /api/3/contacts")
    refused = create(client)
    app.ground.change_settings(limits=False)

    with pytest.raises(httpx.ReadTimeout):
        create(client)

    assert refused.status_code == 429
    assert is_there(app)


def test_an_unknown_fault_is_refused_with_the_ones_there_are(client):
    answer = client.post("/_sandbox/faults", json={"kind": "gremlin"})

    assert answer.status_code == 400
    assert "timeout_after_effect" in answer.json()["error"]

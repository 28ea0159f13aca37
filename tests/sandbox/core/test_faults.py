"""Faults on request, as a client meets them, and what the journal says about them."""

from contextlib import suppress

import httpx
import pytest

from sandbox.latency import Latency

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


def test_the_third_update_times_out_after_it_took_effect(client, app, order):
    order(kind="timeout_after_effect", route="PUT /api/3/contacts/*", nth=3, times=1)
    names = []

    for number in range(1, 5):
        with suppress(httpx.ReadTimeout):
            client.put(f"{CONTACTS}/1", json={"contact": {"firstName": f"Name {number}"}})
        names.append(app.crm.desk.record("contact", "1")["firstName"])

    assert names == ["Name 1", "Name 2", "Name 3", "Name 4"]
    assert [entry["outcome"] for entry in app.ground.journal.read(after=0, limit=100, kind="call")] == [
        "answered",
        "answered",
        "fault:timeout_after_effect",
        "answered",
    ]


def test_several_faults_are_ordered_at_once_or_not_at_all(client):
    one, bad = {"kind": "reset", "route": "GET /api/3/tags"}, {"kind": "gremlin"}

    taken = client.post("/_sandbox/faults", json=[one, one])
    refused = client.post("/_sandbox/faults", json=[one, bad])

    assert len(taken.json()["ids"]) == 2
    assert refused.status_code == 400
    assert len(client.get("/_sandbox/faults").json()["faults"]) == 2


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"kind": "status", "nht": 3}, "nht"),
        ({"kind": "status", "nth": 0}, "nth"),
        ({"kind": "status", "share": 40}, "share"),
        ({"kind": "status", "status": "often"}, "status"),
        ({"kind": "reset", "route": "/api/3/tags"}, "route"),
    ],
)
def test_an_order_with_a_slip_is_refused_by_the_name_of_the_key(client, said, key):
    answer = client.post("/_sandbox/faults", json=said)

    assert answer.status_code == 400
    assert key in answer.json()["error"]


def test_a_credential_may_be_too_weak_for_once(client, order):
    order(kind="scope_missing", route="GET /api/3/tags")

    answers = [client.get("/api/3/tags") for _ in range(2)]

    assert [(answer.status_code, answer.json().get("message")) for answer in answers] == [
        (403, "Forbidden"),
        (200, None),
    ]


def test_a_deed_can_be_ordered_for_the_moment_before_a_call(client, order):
    order(kind="token_revoked", route="GET /api/3/tags", nth=2)

    answers = [client.get("/api/3/tags").status_code for _ in range(3)]

    assert answers == [200, 403, 403]


def test_a_deed_can_be_ordered_for_the_moment_after_a_call(client, order):
    order(kind="clock_skew", route="GET /api/3/tags", seconds=3600, after_effect=True)

    client.get("/api/3/tags")

    assert client.get("/_sandbox/settings").json()["clock_offset_seconds"] == 3600


def test_a_deed_that_nobody_can_do_says_so_in_the_listing(client, order):
    order(kind="field_deleted", route="GET /api/3/tags", field="NOWHERE")

    answer = client.get("/api/3/tags")

    [listed] = client.get("/_sandbox/faults").json()["faults"]
    assert (answer.status_code, listed["fired"]) == (200, 1)
    assert "NOWHERE" in listed["trouble"]


def test_a_moment_waits_for_a_call_that_the_limits_let_through(client, app, order):
    app.ground.change_settings(limits=True, requests_per_second=0)
    order(kind="token_revoked", route="GET /api/3/tags")
    throttled = client.get("/api/3/tags").status_code
    app.ground.change_settings(limits=False)

    assert (throttled, client.get("/api/3/tags").status_code) == (429, 403)


def test_the_same_seed_spreads_latencies_alike(app):
    app.ground.change_settings(latency_ms=100, latency_spread_ms=40, latency_seed=7)
    first, again = Latency(app.ground.settings), Latency(app.ground.settings)

    taken = [first.milliseconds() for _ in range(20)]

    assert taken == [again.milliseconds() for _ in range(20)]
    assert len(set(taken)) == 20
    assert all(60 <= each <= 140 for each in taken)

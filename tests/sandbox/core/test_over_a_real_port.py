"""The same server behind a real socket: connections that die, answers held back, shutting down cleanly."""

from threading import Thread

import httpx
import pytest

from sandbox.serving import running

ME = "/api/3/users/me"


def test_calls_are_answered_over_one_kept_connection(app, socket_client):
    with running(app) as address:
        client = socket_client(address)

        statuses = [client.get(ME).status_code for _ in range(3)]

    assert statuses == [200, 200, 200]


def test_a_reset_connection_is_a_network_error(app, socket_client):
    app.ground.faults.order({"kind": "reset", "route": f"GET {ME}"})

    with running(app) as address:
        client = socket_client(address)
        with pytest.raises(httpx.TransportError):
            client.get(ME)

        assert client.get(ME).status_code == 200


def test_a_body_cut_off_with_its_connection_is_a_network_error(app, socket_client):
    app.ground.faults.order({"kind": "cut_body", "route": f"GET {ME}", "close": True})

    with running(app) as address, pytest.raises(httpx.TransportError):
        socket_client(address).get(ME)

    assert app.ground.journal.read(after=0, limit=5)[0]["status"] == 200


def test_a_held_answer_ends_with_the_connection_and_holds_nobody_else(app, socket_client):
    app.ground.faults.order({"kind": "timeout_after_effect", "route": f"GET {ME}", "hold_seconds": 0.4})
    ended = []

    with running(app) as address:
        waiting = Thread(target=lambda: ended.append(outcome_of(socket_client(address))))
        waiting.start()
        wait_for_calls(socket_client(address), 1)
        meanwhile = socket_client(address).get(ME).status_code
        held_while_answering = list(ended)
        waiting.join()

    assert meanwhile == 200
    assert held_while_answering == []
    assert ended == ["TransportError"]


def test_a_held_answer_does_not_keep_the_server_from_closing(app, socket_client):
    app.ground.faults.order({"kind": "timeout_before_effect", "route": f"GET {ME}", "hold_seconds": 60})

    with running(app) as address, pytest.raises(httpx.ReadTimeout):
        socket_client(address).get(ME, timeout=0.1)

    assert app.ground.journal.read(after=0, limit=5)[0]["outcome"] == "fault:timeout_before_effect"


def test_latency_lies_on_every_answer(app, socket_client):
    app.ground.change_settings(latency_ms=60)

    with running(app) as address:
        answer = socket_client(address).get(ME)

    assert answer.elapsed.total_seconds() >= 0.06


def outcome_of(client):
    try:
        return client.get(ME).status_code
    except httpx.TransportError:
        return "TransportError"


def wait_for_calls(client, count):
    """Ask the journal until it knows so many calls."""
    for _ in range(2000):
        if client.get("/_sandbox/journal").json()["last"] >= count:
            return
    raise AssertionError("no call arrived")

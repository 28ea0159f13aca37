"""What is kept of a call: the part that explains, within bounds, and never a key."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import pytest

from baton.adapters.http import exchange
from baton.adapters.http.ask import Ask
from baton.adapters.http.exchange import exchange_of
from baton.adapters.http.reply import Reply, document_in

KEY = "k3y-of-the-account"


def asked(body=None, **more):
    given = {"method": "PUT", "url": "https://there.example/api/Leads", "route": "/{module}", "holds": "data", **more}
    return Ask(body=body, is_write=True, headers={"Authorization": f"Zoho-oauthtoken {KEY}"}, **given)


def answered(text):
    return Reply(200, {}, text.encode(), document_in(text.encode()), datetime(2026, 3, 4, tzinfo=UTC))


def test_a_batch_is_kept_record_by_record():
    body = {"data": [{"id": "1"}, {"id": "2"}], "trigger": []}

    kept = exchange_of(asked(body), answered('{"data": [{"code": "SUCCESS"}, {"code": "INVALID_DATA"}]}'))

    assert kept.request.items == ({"id": "1"}, {"id": "2"})
    assert kept.request.rest == {"trigger": []}
    assert [item["code"] for item in kept.answer.items] == ["SUCCESS", "INVALID_DATA"]


def test_the_address_is_kept_with_its_query_and_without_the_host():
    ask = asked(url="https://there.example/api/contacts", params=(("email", "ada@example.com"),))

    assert exchange_of(ask, None).address == "/api/contacts?email=ada%40example.com"


def test_without_an_answer_there_is_none():
    assert exchange_of(asked({"data": []}), None).answer is None


@pytest.mark.parametrize(
    "text", [f'{{"message": "bad key {KEY}"}}', f"<html>{KEY}</html>", f'{{"data": [{{"echo": ["{KEY}"]}}]}}']
)
def test_a_key_that_the_server_repeats_is_taken_out(text):
    kept = exchange_of(asked({"data": []}), answered(text))

    assert KEY not in json.dumps(asdict(kept))
    assert exchange.TAKEN_OUT in json.dumps(asdict(kept))


@pytest.mark.parametrize("name", ["token", "access_token", "Client_Secret", "notify_url", "api_key", "password"])
def test_what_is_called_a_secret_is_taken_out(name):
    body = {"watch": [{name: "opensesame", "channel_id": "7"}]}

    kept = exchange_of(asked(body), answered(json.dumps(body)))

    assert "opensesame" not in json.dumps(asdict(kept))
    assert kept.request.rest == {"watch": [{name: exchange.TAKEN_OUT, "channel_id": "7"}]}


def test_a_secret_that_is_blank_is_shown_as_blank():
    assert exchange_of(asked({"token": ""}), None).request.rest == {"token": ""}


def test_what_is_too_large_is_left_out_record_by_record(monkeypatch):
    monkeypatch.setattr(exchange, "LARGEST", 100)
    body = {"data": [{"text": "a" * 60}, {"text": "b" * 60}, {"text": "c"}]}

    kept = exchange_of(asked(body), answered("x" * 500))

    assert kept.request.items == ({"text": "a" * 60}, None, None)
    assert len(kept.answer.rest) == 100


def test_a_rest_that_is_too_large_is_said_to_be():
    kept = exchange_of(asked({"note": "x" * exchange.LARGEST}), None)

    assert kept.request.rest == {exchange.TAKEN_OUT: f"larger than {exchange.LARGEST} characters"}


def test_neither_an_exchange_nor_a_paper_shows_values_when_printed():
    kept = exchange_of(asked({"data": [{"Email": "ada@example.com"}]}), answered('{"data": [{"x": "ada@"}]}'))

    assert "ada" not in repr(kept)

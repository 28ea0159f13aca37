"""Notices over the wire: signed, whole, and sorted by what may have happened."""

import hashlib
import hmac
import json
import logging
import socket
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from baton.adapters.notices.channels import channels
from baton.adapters.notices.log import LogChannel
from baton.adapters.notices.webhook import WebhookChannel
from baton.domain.failures import Rejected, Throttled, Uncertain, Unreachable
from baton.ports.handoffs import Notice

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
FACTS = {"record": "zoho:Leads:7", "contact": "activecampaign:contact:12", "task": "zoho:Tasks:9"}
PERSON = {"name": "Anna Berg", "email": "anna@berg.example"}
NOTICE = Notice(1, "handoff:5:done:1", "webhook", "handed over", 5, "demo", 1, "lease", FACTS, PERSON)


@pytest.fixture
def posted():
    return []


@pytest.fixture
def webhook(posted):
    def answering(answer, **more):
        def serve(request):
            posted.append(request)
            if isinstance(answer, Exception):
                raise answer
            return httpx.Response(answer, **more)

        return WebhookChannel(
            url="https://hooks.example/baton",
            secret="hunter2",
            connection="demo",
            record_url="https://crm.example/{module}/{id}",
            transport=httpx.MockTransport(serve),
        )

    return answering


def test_a_notice_is_told_whole_with_names_and_links(webhook, posted):
    webhook(200).send(NOTICE, now=NOW)

    told = json.loads(posted[0].content)
    assert (told["id"], told["kind"], told["handoff"]) == ("handoff:5:done:1", "handed over", 5)
    assert told["person"] == PERSON
    assert told["url"] == "https://crm.example/Leads/7"


def test_the_receiver_can_check_that_it_is_ours_and_of_now(webhook, posted):
    webhook(204).send(NOTICE, now=NOW)

    stamp = posted[0].headers["Baton-Timestamp"]
    expected = hmac.new(b"hunter2", f"{stamp}.".encode() + posted[0].content, hashlib.sha256).hexdigest()
    assert stamp == str(int(NOW.timestamp()))
    assert posted[0].headers["Baton-Signature"] == f"sha256={expected}"
    assert posted[0].headers["Idempotency-Key"] == NOTICE.key


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (500, Unreachable),
        (404, Rejected),
        (302, Rejected),
        (429, Throttled),
        (httpx.ConnectError("no"), Unreachable),
        (httpx.ReadTimeout("late"), Uncertain),
        (httpx.RemoteProtocolError("cut"), Uncertain),
    ],
)
def test_what_went_wrong_is_sorted_by_what_may_have_happened(webhook, answer, failure):
    with pytest.raises(failure) as caught:
        webhook(answer).send(NOTICE, now=NOW)

    assert "berg" not in caught.value.reason.lower()


def test_a_pause_that_is_asked_for_is_kept_within_reason(webhook):
    with pytest.raises(Throttled) as caught:
        webhook(429, headers={"Retry-After": "99999"}).send(NOTICE, now=NOW)

    assert caught.value.wait == timedelta(minutes=15)


def test_a_receiver_that_never_answers_does_not_hold_a_thread():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        channel = WebhookChannel(url=url, secret="x", connection="demo", deadline=timedelta(seconds=0.2))

        with pytest.raises(Uncertain):
            channel.send(NOTICE, now=NOW)

        channel.close()


def test_the_log_tells_numbers_and_refs_and_no_names(caplog):
    with caplog.at_level(logging.INFO, logger="baton.notices"):
        LogChannel().send(NOTICE, now=NOW)

    assert caplog.messages == ["handoff 5 (demo): handed over, zoho:Leads:7"]


def test_a_notice_shows_no_name_when_it_is_printed():
    assert "Berg" not in repr(NOTICE)


@pytest.mark.parametrize(("url", "names"), [(None, ["log"]), ("https://hooks.example", ["log", "webhook"])])
def test_the_webhook_is_there_only_where_one_is_named(url, names):
    assert list(channels("demo", url=url, secret="x", record_url=None)) == names

"""Notices: each at least once, none holding up another, the same key however often it is sent."""

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from baton.adapters.database.automation import automation
from baton.adapters.notices.channels import channels
from baton.adapters.notices.webhook import WebhookChannel
from baton.flows.handoff import handoff
from baton.flows.notify import notify

ANSWERS = {"ok": 200, "broken": 500, "closed": 410}


class Receiver:
    """The address behind the webhook: answers as it is told, and remembers what came."""

    def __init__(self):
        self.answer = "ok"
        self.keys = []

    def __call__(self, request):
        self.keys.append(request.headers["Idempotency-Key"])
        if self.answer == "silent":
            raise httpx.ReadTimeout("late")
        return httpx.Response(ANSWERS[self.answer])


@pytest.fixture
def receiver():
    return Receiver()


@pytest.fixture
def world(make_world, receiver):
    """A request for which nobody is eligible, so that there is something to tell, to the log and the webhook."""
    made = make_world(people=2)
    made.activecampaign.post("people/submit_form", form="Demo request", email="anna@berg.example", last_name="Berg")
    plays = made.engine.automation.plays
    made.engine.automation.handoffs.arm(plays, now=made.engine.now() - timedelta(minutes=5))
    nobody = tuple(replace(play, routing=replace(play.routing, routes=(), otherwise="Nobody")) for play in plays)
    hook = WebhookChannel(
        url="https://hooks.example", secret="hunter2", connection="demo", transport=httpx.MockTransport(receiver)
    )
    told = {**channels("demo", url=None, secret=None, record_url=None), "webhook": hook}
    arranged = automation(made.engine.intake.desk, nobody, (), told, lease=timedelta(seconds=5))
    made.engine = replace(made.engine, automation=arranged)
    made.cycle()
    handoff(made.engine)
    return made


def notices(world):
    (shown,) = world.engine.automation.handoffs.listed()
    return {each["channel"]: (each["state"], each["attempts"], each["uncertain"]) for each in shown.notices}


def time_passes(world):
    world._run(
        "UPDATE notices SET not_before = now() - interval '1 second', leased_until = now() - interval '1 second'"
    )


def test_with_nobody_eligible_somebody_is_told_once_on_every_channel(world, receiver):
    sent = notify(world.engine)
    notify(world.engine)

    assert sent == 2
    assert receiver.keys == ["handoff:1:forsaken:1"]
    assert notices(world) == {"log": ("sent", 1, 0), "webhook": ("sent", 1, 0)}


def test_a_notice_that_failed_comes_again_later_and_holds_up_no_other(world, receiver):
    receiver.answer = "broken"
    notify(world.engine)
    failed = notices(world)
    receiver.answer = "ok"

    too_early = notify(world.engine)
    time_passes(world)
    notify(world.engine)

    assert failed == {"log": ("sent", 1, 0), "webhook": ("waiting", 1, 0)}
    assert too_early == 0
    assert notices(world)["webhook"] == ("sent", 2, 0)


def test_an_unknown_outcome_is_counted_and_sent_again_under_the_same_key(world, receiver):
    receiver.answer = "silent"
    notify(world.engine)
    receiver.answer = "ok"
    time_passes(world)

    notify(world.engine)

    assert len(set(receiver.keys)) == 1
    assert notices(world)["webhook"] == ("sent", 2, 1)


def test_what_a_dead_worker_had_in_hand_is_sent_by_another(world, receiver):
    world.engine.automation.notices.take(limit=10, now=world.engine.now())
    busy = notify(world.engine)
    time_passes(world)

    notify(world.engine)

    assert busy == 0
    assert notices(world)["webhook"] == ("sent", 2, 1)


def test_a_receiver_that_refuses_for_good_is_left_alone_after_some_tries(world, receiver):
    receiver.answer = "closed"
    for _ in range(10):
        notify(world.engine)
        time_passes(world)

    assert notices(world)["webhook"][:2] == ("dead", 8)

"""The messages around handoffs: nudges that may be lost, for the sweeps find what they were about."""

from collections.abc import Iterator

import pytest
from celery import Celery

from tasks import handoff as handoff_tasks
from tasks import sla as sla_tasks
from tasks import sync as sync_tasks
from tasks.base import EngineTask
from tasks.messages import VERSION

QUEUES = ("automation", "sync", "write", "write.activecampaign")


@pytest.fixture
def world(make_world):
    made = make_world(people=2)
    made.engine.automation.handoffs.arm(made.engine.automation.plays, now=made.engine.now())
    made.cycle()
    return made


@pytest.fixture
def told(world) -> Iterator[object]:
    """An app whose broker is this process; `told(queue)` empties a queue."""
    app = Celery("messages", broker="memory://", set_as_current=True)
    app.conf.task_create_missing_queues = True
    EngineTask.engine_for = staticmethod(lambda _connection: world.engine)
    for queue in QUEUES:
        _told(app, queue)
    yield lambda queue: _told(app, queue)
    app.close()


def _told(app, queue):
    messages = []
    with app.connection_for_read() as connection:
        simple = connection.SimpleQueue(queue)
        while simple.qsize():
            message = simple.get_nowait()
            messages.append((message.headers["task"], *message.payload[:2]))
            message.ack()
        simple.close()
    return messages


def run(task, *args, **named):
    task.apply(args=("demo", *args), kwargs=named, throw=True)


def ask_for_a_demo(world):
    typed = {"first_name": "Anna", "last_name": "Berg", "fields": {"COUNTRY": "Germany"}}
    world.activecampaign.post("people/submit_form", form="Demo request", email="anna@berg.example", **typed)


HAND_OVER = ("handoff.run", ["demo"], {"v": VERSION})


def test_a_decision_that_saw_a_trigger_nudges_the_automation(world, told):
    ask_for_a_demo(world)
    world.pull_activecampaign()

    run(sync_tasks.record, *(str(ref) for ref in world.due))

    assert told("automation") == [HAND_OVER]


def test_a_sweep_finds_a_handoff_whose_nudge_was_lost(world, told):
    ask_for_a_demo(world)
    world.cycle()

    run(handoff_tasks.sweep, every=86_400)
    run(handoff_tasks.sweep, every=86_400)

    assert told("automation") == [HAND_OVER]


def test_a_handoff_nudges_the_writers_of_its_owner_and_task(world, told):
    ask_for_a_demo(world)
    world.cycle()

    run(handoff_tasks.run)

    assert sorted(refs[1] for _, refs, _ in told("write")) == ["zoho:Leads", "zoho:Tasks"]


def test_with_nothing_to_hand_over_nobody_is_nudged(world, told):
    run(handoff_tasks.sweep, every=86_400)
    run(sla_tasks.sweep, every=86_400)
    run(handoff_tasks.run)

    assert [told(queue) for queue in QUEUES] == [[], [], [], []]


def test_a_breach_nudges_the_notices(world, told):
    ask_for_a_demo(world)
    world.cycle()
    run(handoff_tasks.run)
    world._run("UPDATE clocks SET due_at = now() - interval '5 minutes', look_at = now() - interval '1 second'")
    told("automation")

    run(sla_tasks.sweep, every=86_400)
    run(handoff_tasks.send_notices)

    (shown,) = world.engine.automation.handoffs.listed()
    assert told("automation") == [("handoff.notify", ["demo"], {"v": VERSION})]
    assert [(notice["kind"], notice["state"]) for notice in shown.notices] == [("breached", "sent")]

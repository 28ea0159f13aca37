"""Messages about hints: safe to lose, one per module, sent again by the sweep."""

from collections.abc import Iterator

import pytest
from celery import Celery

from baton.domain.hooks import Hint, HintKind
from baton.domain.records import CONTACT, LEADS, RecordRef
from baton.flows.receive import receive
from tasks import pull as pull_tasks
from tasks import upkeep as upkeep_tasks
from tasks.base import EngineTask


@pytest.fixture
def world(make_world):
    return make_world(people=3)


@pytest.fixture
def queues(world) -> Iterator[Celery]:
    """An app whose broker is this process."""
    app = Celery("hints", broker="memory://", set_as_current=True)
    app.conf.task_create_missing_queues = True
    EngineTask.engine_for = staticmethod(lambda _connection: world.engine)
    # What this process holds for its in-memory broker outlives an app.
    for queue in ("pull", "sync"):
        told(app, queue)
    yield app
    app.close()


def told(app, queue):
    messages = []
    with app.connection_for_read() as connection:
        simple = connection.SimpleQueue(queue)
        while simple.qsize():
            message = simple.get_nowait()
            messages.append((message.headers["task"], *message.payload[0]))
            message.ack()
        simple.close()
    return messages


def hint(world, *refs):
    for ref in refs:
        receive([Hint(ref, HintKind.CHANGED)], world.engine, crm=ref.crm)


def run(task, *args, **named):
    task.apply(args=("demo", *args), kwargs=named, throw=True)


def test_hints_whose_nudge_was_lost_are_found_by_the_sweep(world, queues):
    hint(world, RecordRef(CONTACT, "1"), RecordRef(LEADS, "4876"))

    run(upkeep_tasks.sweep_inbox, every=86_400)

    assert sorted(told(queues, "pull")) == [
        ("fetch.records", "demo", "activecampaign:contact"),
        ("fetch.records", "demo", "zoho:Leads"),
    ]


def test_a_fetch_of_one_module_leaves_the_hints_of_the_other(world, queues):
    hint(world, RecordRef(CONTACT, "1"), RecordRef(LEADS, "4876"))

    run(pull_tasks.records, "activecampaign:contact")

    assert told(queues, "sync") == [("sync.record", "demo", "activecampaign:contact:1")]
    assert world.engine.doors.hints.waiting((CONTACT, LEADS), now=world.engine.now()) == (LEADS,)


def test_more_than_a_hundred_hints_are_followed_by_another_message(world, queues):
    hint(world, *(RecordRef(CONTACT, str(number)) for number in range(1, 106)))

    run(pull_tasks.records, "activecampaign:contact")

    assert told(queues, "pull") == [("fetch.records", "demo", "activecampaign:contact")]


def test_a_message_of_an_earlier_release_fetches_everything(world, queues):
    hint(world, RecordRef(CONTACT, "1"))

    run(pull_tasks.records)

    assert told(queues, "sync") == [("sync.record", "demo", "activecampaign:contact:1")]

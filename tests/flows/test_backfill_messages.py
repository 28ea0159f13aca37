"""Messages about backfills: one slice each, safe to lose, sent again by the sweep."""

import pytest
from celery import Celery

from baton.domain.backfill import Kind, Scope
from baton.domain.records import CONTACT
from tasks import backfill as backfill_tasks
from tasks.base import EngineTask


@pytest.fixture
def world(make_world):
    return make_world(people=120)


@pytest.fixture
def queues(world):
    """An app whose broker is this process."""
    app = Celery("backfills", broker="memory://", set_as_current=True)
    app.conf.task_create_missing_queues = True
    EngineTask.engine_for = staticmethod(lambda _connection: world.engine)
    # What this process holds for its in-memory broker outlives an app.
    for queue in ("pull.bulk", "sync.bulk", "sync"):
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


def begin(world):
    return world.engine.backfills.start(Kind.BACKFILL, Scope((CONTACT,)), now=world.engine.now())


def run(task, **named):
    task.apply(args=("demo",), kwargs=named, throw=True)


def test_a_slice_asks_for_decisions_on_the_bulk_lane_and_for_the_next_slice(world, queues):
    begin(world)

    run(backfill_tasks.slice_)

    decisions = told(queues, "sync.bulk")
    assert sum(len(refs) for _, _, *refs in decisions) == 100
    assert told(queues, "sync") == []
    assert told(queues, "pull.bulk") == [("backfill.slice", "demo")]


def test_the_last_slice_asks_for_no_other(world, queues):
    begin(world)
    run(backfill_tasks.slice_)
    told(queues, "pull.bulk")

    run(backfill_tasks.slice_)

    assert told(queues, "pull.bulk") == []


def test_a_slice_whose_message_was_lost_is_found_by_the_sweep(world, queues):
    begin(world)

    run(backfill_tasks.sweep, every=86_400)

    assert told(queues, "pull.bulk") == [("backfill.slice", "demo")]


def test_without_backfills_the_sweep_is_silent(world, queues):
    run(backfill_tasks.sweep, every=86_400)

    assert told(queues, "pull.bulk") == []


def test_no_census_begins_before_everything_was_read_once(world, queues):
    run(backfill_tasks.census, every=86_400)

    assert told(queues, "pull.bulk") == []
    assert world.engine.backfills.listed(limit=1) == ()


def test_a_census_begins_by_itself_once_everything_was_read(world, queues):
    world._run(
        "INSERT INTO cursors (connection, stream, watermark) VALUES ('demo', 'activecampaign:contact:changes', now()),"
        " ('demo', 'zoho:Leads:changes', now()), ('demo', 'zoho:Contacts:changes', now())"
    )

    run(backfill_tasks.census, every=86_400)

    assert told(queues, "pull.bulk") == [("backfill.slice", "demo")]
    assert [each.kind for each in world.engine.backfills.listed(limit=2)] == [Kind.CENSUS]

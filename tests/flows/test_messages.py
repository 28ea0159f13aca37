"""Messages: nudges that are safe to lose, to double and to misunderstand."""

from collections.abc import Iterator

import fakeredis
import pytest
from celery import Celery

from baton.adapters.redis.dead_queues import RedisDeadQueues
from baton.domain.records import LEADS, Stream, StreamKind
from tasks import pull as pull_tasks
from tasks import sync as sync_tasks
from tasks import upkeep as upkeep_tasks
from tasks import write as write_tasks
from tasks.base import EngineTask
from tasks.messages import VERSION, NewerMessage

CONTACTS_CHANGES = "activecampaign:contact:changes"


@pytest.fixture
def world(make_world):
    return make_world(people=10)


@pytest.fixture
def queues(world) -> Iterator[Celery]:
    """An app whose broker is this process; `told(queue)` empties a queue."""
    app = Celery("messages", broker="memory://", set_as_current=True)
    app.conf.task_create_missing_queues = True
    EngineTask.engine_for = staticmethod(lambda _connection: world.engine)
    # What this process holds for its in-memory broker outlives an app.
    for queue in ("pull", "sync", "sync.bulk", "write", "write.bulk"):
        told(app, queue)
    yield app
    app.close()


def told(app, queue):
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


def test_a_tick_pulls_once_however_many_beats_send_it(world, queues):
    run(pull_tasks.tick, CONTACTS_CHANGES, every=86_400)
    run(pull_tasks.tick, CONTACTS_CHANGES, every=86_400)

    pages = [call for call in world.activecampaign.journal("call") if call["path"].endswith("/contacts")]
    assert len([call for call in pages if call["records"] == 10]) == 1


def test_a_message_carries_references_and_a_version_and_nothing_else(world, queues):
    run(pull_tasks.tick, CONTACTS_CHANGES, every=86_400)

    messages = told(queues, "sync.bulk")
    assert {name for name, _, _ in messages} == {"sync.record"}
    assert {ref for _, (_, *refs), _ in messages for ref in refs} == {
        f"activecampaign:contact:{n}" for n in range(1, 11)
    }
    assert {tuple(named.items()) for _, _, named in messages} == {(("v", VERSION),)}


def test_a_decision_nudges_the_write_of_its_module(world, queues):
    world.pull_activecampaign()
    refs = [str(ref) for ref in world.due]

    run(sync_tasks.record, *refs)

    assert ("write.flush", ["demo", str(LEADS)], {"v": VERSION}) in told(queues, "write")


def test_a_message_of_a_later_release_is_kept_and_told(world, queues):
    with pytest.raises(NewerMessage):
        run(sync_tasks.record, "activecampaign:contact:1", v=VERSION + 1)


def test_a_sweep_finds_what_a_lost_message_forgot(world, queues):
    world.pull_activecampaign()
    with world.engine.intake.desk.engine.begin() as tx:
        tx.exec_driver_sql("UPDATE inbox SET nudged_at = now() - interval '1 hour'")

    run(upkeep_tasks.sweep_inbox, every=86_400)

    assert len([name for name, _, _ in told(queues, "sync.bulk") if name == "sync.record"]) == 10


def test_a_sweep_does_not_nudge_again_what_was_nudged_just_now(world, queues):
    world.pull_activecampaign()

    run(upkeep_tasks.sweep_inbox, every=86_400)

    assert told(queues, "sync.bulk") == []


def test_a_paused_connection_asks_nothing_of_its_accounts(world, queues):
    world.engine.connections.pause("the token is not good", now=world.engine.now())
    before = world.zoho.last()

    run(pull_tasks.tick, str(Stream(LEADS, StreamKind.CHANGES)), every=86_400)
    run(write_tasks.flush_writes, str(LEADS))

    assert world.zoho.journal("call", after=before) == []


def test_a_bad_token_pauses_the_connection_and_an_answer_resumes_it(world, queues):
    world.zoho.post("faults", kind="unauthorised", route="POST /crm/v8/coql", every=1)
    run(pull_tasks.tick, str(Stream(LEADS, StreamKind.CHANGES)), every=86_400)
    paused = world.engine.connections.paused(now=world.engine.now())
    world.zoho.client.delete(f"{world.zoho.url}/_sandbox/faults")
    with world.engine.intake.desk.engine.begin() as tx:
        tx.exec_driver_sql("UPDATE connections SET ask_again_at = now() - interval '1 second'")
        tx.exec_driver_sql("UPDATE cursors SET not_before = NULL, leased_until = NULL")

    run(pull_tasks.tick, str(Stream(LEADS, StreamKind.CHANGES)), every=0.001)

    assert paused is not None
    assert world.engine.connections.paused(now=world.engine.now()) is None


def test_dead_letters_are_shown_beside_their_queues_and_rebuilt_from_rows():
    with fakeredis.FakeRedis() as client:
        shown = RedisDeadQueues(client, ("sync", "write"))
        shown.rebuild({"sync": [3, 1]})

        shown.rebuild({"write": [7]})

        assert client.lrange("write.dead", 0, -1) == [b"7"]
        assert not client.exists("sync.dead")

"""What counts as well, judged on notes and rows."""

import logging
import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import psycopg
import pytest

from workers import fleet, health
from workers.notes import FOLDER, Note, newest
from workers.queues import WORK_QUEUES
from workers.vitals import Vitals

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AT = NOW.timestamp()
WELL = Note(worker="pull@one", at=AT - 3, queues=("pull",), slots=8, busy=2, last_start=AT - 1)


@pytest.fixture
def judged(tmp_path, database_url):
    """`judged(note, …)`: what is said of workers that left these notes."""

    def judge(*notes):
        for note in notes:
            note.write(tmp_path / FOLDER)
        return health.worker(tmp_path, database_url, AT)

    return judge


def test_a_worker_that_turns_and_consumes_is_well(judged):
    assert judged(WELL) == "pull@one consumes pull, 2 of 8 slots busy; the database answers"


def test_every_worker_of_a_machine_has_its_note(judged):
    told = judged(WELL, replace(WELL, worker="sync/../../x@one", queues=("sync", "sync.bulk")))

    assert "pull@one" in told
    assert "consumes sync, sync.bulk" in told


def test_a_worker_that_has_not_begun_is_not_well(judged):
    with pytest.raises(health.Unwell, match="has not begun to consume"):
        judged()


def test_a_worker_whose_loop_hangs_or_whose_broker_is_gone_is_not_well(judged):
    with pytest.raises(health.Unwell, match="silent for 90 s"):
        judged(WELL, replace(WELL, worker="sync@one", at=AT - 90))


def test_a_worker_without_queues_is_not_well(judged):
    with pytest.raises(health.Unwell, match="consumes no queue"):
        judged(replace(WELL, queues=()))


def test_full_slots_that_move_are_work(judged):
    assert "8 of 8 slots busy" in judged(replace(WELL, busy=8, last_start=AT - 200))


def test_full_slots_that_never_move_are_stuck(judged):
    with pytest.raises(health.Unwell, match="all 8 slots have been held for 700 s"):
        judged(replace(WELL, busy=8, last_start=AT - 700))


def test_one_long_task_beside_free_slots_is_no_reason_for_alarm(judged):
    assert "1 of 8" in judged(replace(WELL, busy=1, last_start=AT - 700))


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"worker": "x", "queues": null}'])
def test_a_note_that_cannot_be_read_is_told(tmp_path, text):
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "x.json").write_text(text)

    with pytest.raises(health.Unwell, match="cannot be read"):
        health.worker(tmp_path, "postgresql://nowhere", AT)


def test_the_newest_start_says_when_a_slot_last_moved():
    assert newest([3.0, None, 5.0]) == 5.0
    assert newest([None]) is None


def test_a_worker_that_cannot_leave_a_note_says_so_once_and_works_on(tmp_path, monkeypatch, caplog):
    (tmp_path / FOLDER).write_text("in the way")
    monkeypatch.setenv("BATON_STATE_DIR", str(tmp_path))
    queue = SimpleNamespace(name="pull")
    parent = SimpleNamespace(
        hostname="pull@one",
        task_consumer=SimpleNamespace(queues=[queue]),
        controller=SimpleNamespace(concurrency=2),
    )
    vitals = Vitals(parent)

    with caplog.at_level(logging.WARNING, logger="baton.workers"):
        vitals.write(parent)
        vitals.write(parent)

    assert len(caplog.records) == 1


def test_beat_is_well_while_its_ticks_are_rows(database):
    with psycopg.connect(database) as connection:
        for age in (400, 40):
            connection.execute("INSERT INTO ticks VALUES ('demo/sweep', %s)", [NOW - timedelta(seconds=age)])

    assert health.beat(database, NOW, timedelta(minutes=2)) == "the last tick is 40 s old"
    with pytest.raises(health.Unwell, match="40 s old: beat does not send"):
        health.beat(database, NOW, timedelta(seconds=30))


def test_a_fleet_that_has_never_ticked_is_not_well(database):
    with pytest.raises(health.Unwell, match="never been a tick"):
        health.beat(database, NOW, timedelta(minutes=2))


def test_every_queue_needs_a_worker():
    first, *rest = [queue.name for queue in WORK_QUEUES]

    assert fleet.unserved({"one@x": rest[:2], "two@x": rest[2:]}) == (first,)
    assert fleet.unserved({"one@x": rest, "two@x": [first]}) == ()


def test_a_page_that_does_not_answer_is_told_in_one_line():
    with pytest.raises(health.Unwell, match="refused"):
        health.page("http://127.0.0.1:1/health")


def test_asking_does_not_wait_for_ever_for_a_database():
    """A socket that takes the connection and never speaks: only the asker's own patience ends this."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"postgresql://127.0.0.1:{mute.getsockname()[1]}/baton"

        with pytest.raises(health.Unwell, match="does not answer"):
            health.beat(url, NOW, timedelta(minutes=2))

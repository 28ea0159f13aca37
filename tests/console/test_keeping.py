"""The supervisor: what dies comes back, what must end ends in order, and a second one is refused."""

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest

from console.embedded.mark import ProcessMark
from console.embedded.trouble import StartError
from console.up.claim import claimed
from console.up.keeper import patience
from console.up.logs import fresh_log, says
from console.up.processes import Stage
from console.up.record import RunRecord, end_leftovers, read_record, read_running, write_record
from console.up.stopping import Stop, StopAsked


def test_children_are_ended_in_the_order_of_the_stages(run, obedient, tmp_path, eventually):
    stages = (Stage.DATABASE, Stage.REDIS, Stage.CRMS, Stage.WORKERS, Stage.BEAT)
    children = [run.launch(stage, obedient(stage.name)) for stage in stages]
    eventually(lambda: all(says(child.log, "up") for child in children))

    run.end()

    assert (tmp_path / "ends").read_text().split() == ["BEAT", "WORKERS", "CRMS", "REDIS", "DATABASE"]
    assert not any(child.is_running() for child in children)


def test_ending_is_told(run, obedient, paper):
    run.launch(Stage.BEAT, obedient("beat"))

    run.end()

    assert "stopping beat" in paper.file.getvalue()


def test_a_child_that_dies_is_told_and_started_again(run, short_lived, eventually):
    child = run.launch(Stage.WORKERS, short_lived("worker"))
    eventually(lambda: not child.is_running())

    first = run.look()
    told = []
    eventually(lambda: told.extend(run.look()) or told)

    assert "worker ended by itself (exit 3), starts again in 1 s" in first[0]
    assert told[0] == "worker started again"


def test_the_record_names_the_child_that_was_started_again(run, short_lived, eventually):
    child = run.launch(Stage.WORKERS, short_lived("worker"))
    eventually(lambda: not child.is_running())

    run.look()
    eventually(run.look)

    assert read_record(run.state).children["worker"].pid != child.mark.pid


def test_one_that_keeps_dying_is_given_ever_longer_rests_but_never_given_up():
    rests = [patience(deaths).total_seconds() for deaths in (1, 2, 3, 4, 5, 6, 50)]

    assert rests == [1, 2, 4, 8, 16, 30, 30]


def test_the_record_tells_others_what_runs_and_only_its_owner_can_read_it(run, obedient):
    run.launch(Stage.BEAT, obedient("beat"))

    record = read_running(run.state)

    assert record.supervisor.pid == os.getpid()
    assert list(record.children) == ["beat"]
    assert (run.state / "run.json").stat().st_mode & 0o077 == 0


def test_after_the_end_nothing_is_said_to_run(run, obedient):
    run.launch(Stage.BEAT, obedient("beat"))

    run.end()

    assert read_running(run.state) is None


def test_what_a_killed_supervisor_left_behind_is_ended_by_the_next(run, obedient, tmp_path):
    child = run.launch(Stage.BEAT, obedient("beat"))
    dead = ProcessMark(os.getpid(), 1.0)
    write_record(tmp_path, RunRecord(dead, children={"beat": child.mark, "gone": ProcessMark(1, 1.0)}))

    left = end_leftovers(tmp_path)

    assert left == ("beat",)
    assert not child.mark.is_alive()


def test_a_record_of_another_release_is_no_record(tmp_path):
    (tmp_path / "run.json").write_text(json.dumps({"pid": 1}))

    assert read_record(tmp_path) is None


def test_a_second_one_on_the_same_folder_is_told_so(tmp_path):
    with claimed(tmp_path), pytest.raises(StartError, match=r"already up in .*BATON_STATE_DIR"), claimed(tmp_path):
        pass


def test_the_folder_of_a_killed_supervisor_is_free(tmp_path, eventually):
    code = "import sys, time; from pathlib import Path; from console.up.claim import claimed; "
    code += "c = claimed(Path(sys.argv[1])); c.__enter__(); print('claimed', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True) as other:
        other.stdout.readline()
        other.kill()

    with claimed(tmp_path):
        assert (tmp_path / "up.lock").exists()


def test_a_wish_to_stop_is_heard_while_resting():
    stop = Stop()
    stop.ask()

    with pytest.raises(StopAsked):
        stop.rest(timedelta(seconds=30))


def test_a_child_that_is_not_ready_is_told_with_its_last_words(run, short_lived):
    child = run.launch(Stage.WORKERS, short_lived("worker"))

    with pytest.raises(StartError, match="worker ended at once"):
        run.wait(child, lambda: False)


def test_the_log_of_the_run_before_is_kept_aside(tmp_path):
    fresh_log(tmp_path, "beat").write_text("old")

    log = fresh_log(tmp_path, "beat")

    assert not log.exists()
    assert (tmp_path / "logs" / "beat.log.1").read_text() == "old"

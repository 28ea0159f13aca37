"""Each step is one line, and the loop ends with the goal, the bound, or a wish to stop."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from config.problems import NotUsable, Problem
from console.embedded.trouble import StartError
from console.up.addresses import show_addresses
from console.up.processes import Stage
from console.up.steps import StepFailed, step
from console.up.stopping import StopAsked
from console.up.until import Goal
from console.up.watch import watch

AT_ONCE = timedelta(microseconds=1)
SOON = timedelta(seconds=60)


def test_a_step_that_is_done_has_a_tick_and_its_note(paper):
    with step(paper, "redis") as done:
        done.note = "a private one on port 7000"
        done.warnings.append("for trying only")

    told = paper.file.getvalue()
    assert told.startswith("✓ redis          a private one on port 7000")
    assert "! redis          for trying only" in told


def test_a_step_that_fails_says_why_in_one_line(paper):
    with pytest.raises(StepFailed), step(paper, "redis"):
        raise StartError("port 7000 is in use by another program: end that")

    assert paper.file.getvalue() == "✗ redis          port 7000 is in use by another program: end that\n"


def test_every_problem_of_the_config_is_told(paper):
    problems = [Problem("contract.yaml", line, "email", "is missing.") for line in (3, 4)]

    with pytest.raises(StepFailed), step(paper, "config"):
        raise NotUsable(problems)

    assert paper.file.getvalue().count("is missing.") == 2


def test_a_bug_is_not_dressed_up_as_a_step(paper):
    with pytest.raises(ZeroDivisionError), step(paper, "redis"):
        _ = 1 / 0


def test_the_watch_ends_well_once_in_step_twice(run, in_step, paper):
    code = watch(run, lambda: [in_step], Goal(SOON), time.monotonic())

    assert code == 0
    assert "✓ in step" in paper.file.getvalue()


def test_the_watch_ends_with_the_reason_after_the_bound(run, in_step, paper):
    behind = replace(in_step, unexplained=2)

    code = watch(run, lambda: [behind], Goal(AT_ONCE), time.monotonic() - 1)

    assert code == 1
    assert "demo: 2 records unexplained" in paper.file.getvalue()


def test_a_look_that_fails_is_told_once_and_does_not_end_the_watch(run, in_step, paper):
    answers = iter([ConnectionError("no"), ConnectionError("no"), in_step, in_step])

    def look():
        answer = next(answers)
        return [answer] if answer is in_step else raised(answer)

    def raised(error):
        raise error

    code = watch(run, look, Goal(SOON), time.monotonic())

    assert code == 0
    assert paper.file.getvalue().count("no look at the connections: ConnectionError") == 1


def test_without_a_goal_only_a_wish_ends_the_watch(run, in_step):
    run.stop.ask()

    with pytest.raises(StopAsked):
        watch(run, lambda: [in_step], None, time.monotonic())


def test_a_child_that_died_is_told_on_the_way(run, in_step, short_lived, paper, eventually):
    child = run.launch(Stage.WORKERS, short_lived("worker"))
    eventually(lambda: not child.is_running())

    watch(run, lambda: [in_step], Goal(SOON), time.monotonic())

    assert "! worker ended by itself (exit 3)" in paper.file.getvalue()


def test_addresses_are_shown_without_the_passwords(run, paper):
    environment = {
        "BATON_DATABASE_URL": "postgresql://baton:secret@127.0.0.1:7/baton",
        "BATON_REDIS_URL": "redis://:secret@h:1/0",
    }
    (run.state / "flower-password").write_text("secret")
    record = replace(
        run.record, environment=environment, crms={"zoho": "http://127.0.0.1:9"}, flower_url="http://f:5555"
    )
    run.know(record)

    show_addresses(paper, run)

    told = " ".join(paper.file.getvalue().split())
    assert "practice zoho http://127.0.0.1:9 by hand: http://127.0.0.1:9/_sandbox/ui/" in told
    assert "database postgresql://127.0.0.1:7/baton redis redis://h:1/0" in told
    assert "flower http://f:5555 user baton, password in" in told
    assert "secret" not in told

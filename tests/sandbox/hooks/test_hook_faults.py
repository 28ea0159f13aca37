"""Trouble with outgoing calls, on request: lost, doubled, late, out of order; repeatably."""

import pytest


def labels(collected):
    return [hook.label for hook in collected.hooks]


def entries(ground):
    return ground.journal.read(after=0, limit=100, kind="hook")


def test_a_dropped_hook_is_never_sent_but_on_record(ground, collected, send):
    ground.faults.order({"kind": "hook_dropped", "route": "HOOK b"})

    send("a", "b", "b")

    assert ground.hooks.drained(5)
    assert labels(collected) == ["a", "b"]
    assert [entry["fault"] for entry in entries(ground) if entry["outcome"] == "dropped"] == ["hook_dropped"]


def test_a_doubled_hook_arrives_twice(ground, collected, send):
    ground.faults.order({"kind": "hook_doubled"})

    send("a", "b")

    assert ground.hooks.drained(5)
    assert labels(collected) == ["a", "a", "b"]


def test_a_late_hook_lets_the_others_pass(ground, collected, send):
    ground.faults.order({"kind": "hook_late", "seconds": 0.05})

    send("a", "b", "c")

    assert ground.hooks.drained(5)
    assert labels(collected) == ["b", "c", "a"]


def test_a_reordered_hook_waits_for_the_next_to_pass(ground, collected, send):
    ground.faults.order({"kind": "hook_reordered", "nth": 2})

    send("a", "b", "c", "d")

    assert ground.hooks.drained(5)
    assert labels(collected) == ["a", "c", "b", "d"]


def test_a_reordered_hook_that_nothing_follows_still_arrives(ground, collected, send):
    ground.faults.order({"kind": "hook_reordered", "seconds": 0.05})

    send("a")

    assert ground.hooks.drained(5)
    assert labels(collected) == ["a"]


def test_a_label_is_matched_whole_or_by_a_glob(ground, collected, send):
    ground.faults.order({"kind": "hook_dropped", "route": "HOOK Leads.edit", "every": 1})
    ground.faults.order({"kind": "hook_dropped", "route": "HOOK Contacts.*", "every": 1})

    send("Leads.edited", "Leads.edit", "Contacts.edit", "Contacts.delete")

    assert ground.hooks.drained(5)
    assert labels(collected) == ["Leads.edited"]


@pytest.mark.parametrize("kind", ["status", "reject"])
def test_faults_of_calls_leave_hooks_alone(ground, collected, send, kind):
    ground.faults.order({"kind": kind, "route": "* *", "every": 1})

    send("a")

    assert ground.hooks.drained(5)
    assert labels(collected) == ["a"]


def test_a_share_strikes_the_same_hooks_for_the_same_seed(ground, collected, send):
    wanted = [f"n{number}" for number in range(40)]
    ground.faults.order({"kind": "hook_dropped", "share": 0.3, "seed": 7})
    send(*wanted)
    assert ground.hooks.drained(5)
    first = labels(collected)
    ground.faults.clear()
    collected.hooks.clear()
    ground.faults.order({"kind": "hook_dropped", "share": 0.3, "seed": 7})

    send(*wanted)

    assert ground.hooks.drained(5)
    assert labels(collected) == first
    assert 0 < len(first) < 40

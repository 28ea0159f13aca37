"""Outgoing calls: in order, once, and on record, whatever becomes of the receiver."""

import httpx

from sandbox.hooks.transports import HookNotDeliveredError, Posting
from sandbox.in_process import InProcessTransport


def labels(collected):
    return [hook.label for hook in collected.hooks]


def entries(ground):
    return ground.journal.read(after=0, limit=100, kind="hook")


def test_hooks_arrive_in_the_order_they_were_handed_over(ground, collected, send):
    wanted = [f"n{number}" for number in range(50)]

    send(*wanted)

    assert ground.hooks.drained(5)
    assert labels(collected) == wanted


def test_each_attempt_is_on_record_without_the_receivers_secret(ground, collected, send):
    send("edit", url="https://user:word@hooks.example/in/s3cret?token=t", ids=("12",))

    assert ground.hooks.drained(5)
    [entry] = entries(ground)
    told = {name: entry[name] for name in ("label", "host", "ids", "status", "outcome", "fault")}
    assert told == {
        "label": "edit",
        "host": "hooks.example",
        "ids": ["12"],
        "status": 200,
        "outcome": "answered",
        "fault": None,
    }
    assert "s3cret" not in str(entry)


def test_a_hook_reaches_a_real_port_as_it_was_written(ground, receiver, send):
    address, received = receiver

    send("edit", url=f"{address}/in/abc?x=1")

    assert ground.hooks.drained(5)
    assert received == [("/in/abc?x=1", "text/plain", b"edit")]


def test_nobody_listening_is_survived_and_never_tried_again(ground, receiver, send):
    address, received = receiver

    send("lost", url="http://127.0.0.1:9/in")
    send("odd", url="no address at all")
    send("kept", url=address)

    assert ground.hooks.drained(5)
    assert [(entry["label"], entry["outcome"]) for entry in entries(ground)] == [
        ("lost", "unreachable"),
        ("odd", "unreachable"),
        ("kept", "answered"),
    ]
    assert len(received) == 1


def test_a_failing_transport_does_not_stop_the_next_hook(ground, send, caplog):
    def breaks_once(hook):
        return {"kept": 200}[hook.label]

    ground.hooks.transport = breaks_once

    send("broken", "kept")

    assert ground.hooks.drained(5)
    assert [entry["outcome"] for entry in entries(ground)] == ["bug", "answered"]
    assert "broken" in caplog.text


def test_a_target_that_is_gone_is_remembered(ground, collected, send):
    collected.status = 410

    send("edit", subscription="7")

    assert ground.hooks.drained(5)
    assert ground.hooks.gone == {"7"}


def test_a_receiver_may_be_an_app_in_the_same_process(ground, send):
    async def app(_scope, receive, send_answer):
        await receive()
        await send_answer({"type": "http.response.start", "status": 202, "headers": []})
        await send_answer({"type": "http.response.body", "body": b""})

    with httpx.Client(transport=InProcessTransport(app)) as client:
        ground.hooks.transport = Posting(client)
        send("edit", url="http://baton.example/in")
        assert ground.hooks.drained(5)

    assert entries(ground)[0]["status"] == 202


def test_a_new_world_hears_nothing_of_the_old_one(ground, send):
    ground.faults.order({"kind": "hook_late", "seconds": 30})
    send("old")

    ground.hooks.forget()

    assert ground.hooks.drained(0)
    assert entries(ground) == []


def test_closing_does_not_wait_for_late_hooks(ground, send):
    ground.faults.order({"kind": "hook_late", "seconds": 30})
    send("late")

    ground.hooks.close()

    assert ground.hooks.waiting() == 0


def test_a_transport_may_say_that_nobody_answered(ground, send):
    def unreachable(_hook):
        raise HookNotDeliveredError("away")

    ground.hooks.transport = unreachable

    send("edit")

    assert ground.hooks.drained(5)
    assert entries(ground)[0]["outcome"] == "unreachable"

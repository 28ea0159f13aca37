"""Notify: send the notices that wait, each at least once, and let none hold up another."""

from datetime import timedelta

from baton.domain.failures import LONGEST_WAIT, TRIES, Failure, Uncertain, Unforeseen, Waiting, backoff
from baton.engine import Engine
from baton.ports.handoffs import Channel, Notice

AT_ONCE = 20


def notify(engine: Engine) -> int:
    """How many were sent."""
    notices = engine.automation.notices.take(limit=AT_ONCE, now=engine.now())
    return sum(_is_sent(notice, engine) for notice in notices)


def _is_sent(notice: Notice, engine: Engine) -> bool:
    channel = engine.automation.channels.get(notice.channel)
    if channel is None:
        gone = Failure("the channel is not in handoff.yaml any more", code="no_channel")
        engine.automation.notices.failed(notice, gone, not_before=None)
        return False
    failure = _failure(channel, notice, engine)
    if failure is None:
        engine.automation.notices.sent(notice, now=engine.now())
        return True
    wait = _wait(failure, notice, engine)
    engine.automation.notices.failed(notice, failure, not_before=None if wait is None else engine.now() + wait)
    return False


def _failure(channel: Channel, notice: Notice, engine: Engine) -> Failure | None:
    try:
        channel.send(notice, now=engine.now())
    except Failure as failure:
        return failure
    except Exception as error:  # noqa: BLE001 - a bug about one notice must not hold up its neighbours
        return Unforeseen(type(error).__name__)
    return None


def _wait(failure: Failure, notice: Notice, engine: Engine) -> timedelta | None:
    """At least once is promised, so an unknown outcome is sent again, under the same key."""
    if isinstance(failure, Waiting):
        return min(failure.wait, LONGEST_WAIT)
    if notice.attempts >= TRIES and not isinstance(failure, Uncertain):
        return None
    return None if notice.attempts >= TRIES * 2 else backoff(notice.attempts, engine.jitter())

"""The budget of an account's API, shared by the whole fleet through one Redis script.

What the limits are is known by the connection; here they are only kept. All of it may be forgotten: a wiped Redis costs
at most one refusal by the vendor.
"""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import SystemRandom
from uuid import uuid4

import redis

from baton.domain.calls import present_lane
from baton.domain.person import Lane
from baton.domain.records import Crm

_log = logging.getLogger(__name__)
_MILLISECOND = timedelta(milliseconds=1)
_WAIT_FOR_CALLS_UNDER_WAY = timedelta(milliseconds=200)
_WAIT_FOR_REDIS = timedelta(seconds=5)
_CLOSED, _WINDOW, _SLOTS, _COMPLEX = "closed", "window", "slots", "complex"
_LATER = """
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], '1', 'PX', ARGV[1]) end
return 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one account allows; None means without limit.

    calls         cost that may reach the vendor in any `period`, however long the calls take on their way.
    slots         calls at the same time, and `complex_slots` of them complex ones.
    reserve       how many of each a backfill leaves free, so that what people do now need not wait for it. At least one
                  is always a backfill's as well.
    slot_life     after which the call of a dead worker counts no more: longer than any call's deadline.
    """

    calls: int | None = None
    period: timedelta = timedelta(seconds=1)
    slots: int | None = None
    complex_slots: int | None = None
    reserve: int = 0
    slot_life: timedelta = timedelta(seconds=90)


class _Taken(threading.local):
    """The calls this thread has under way, with their cost. A call is asked for, made and done in one thread."""

    def __init__(self) -> None:
        self.calls: list[tuple[Crm, str, int]] = []


class RedisBudget:
    """Shared by all threads of a worker."""

    def __init__(self, *, client: redis.Redis, connection: str, limits: Mapping[Crm, Limits]) -> None:
        self._client = client
        self._connection = connection
        self._limits = limits
        self._take = client.register_script(_script("budget.lua"))
        self._give_back = client.register_script(_script("budget_done.lua"))
        self._close = client.register_script(_LATER)
        self._taken = _Taken()
        self._jitter = SystemRandom().random

    def ask(self, crm: Crm, *, cost: int = 1, is_complex: bool = False) -> timedelta | None:
        slot = uuid4().hex
        names = (_CLOSED, _WINDOW, _SLOTS, _COMPLEX)
        try:
            wait = self._take(
                keys=[self._key(crm, name) for name in names], args=self._terms(crm, slot, cost, is_complex)
            )
        except redis.RedisError:
            _log.warning("The budget of %s cannot be asked: Redis does not answer", crm)
            return _WAIT_FOR_REDIS
        if int(wait) > 0:
            return int(wait) * _MILLISECOND
        self._taken.calls.append((crm, slot, cost))
        return None

    def close(self, crm: Crm, wait: timedelta) -> None:
        try:
            self._close(keys=[self._key(crm, _CLOSED)], args=[max(_whole(wait), 1)])
        except redis.RedisError:
            # The caller has the vendor's refusal in hand and keeps the wait itself.
            _log.warning("The budget of %s cannot be closed: Redis does not answer", crm)

    def done(self, crm: Crm) -> None:
        under_way = self._taken.calls
        mine = next((call for call in reversed(under_way) if call[0] is crm), None)
        if mine is None:
            return
        under_way.remove(mine)
        _, slot, cost = mine
        try:
            self._give_back(keys=[self._key(crm, name) for name in (_WINDOW, _SLOTS, _COMPLEX)], args=[slot, cost])
        except redis.RedisError:
            # The answer of a call that was made must not be lost over its slot, which expires by itself.
            _log.warning("A slot of %s could not be given back: Redis does not answer", crm)

    def _terms(self, crm: Crm, slot: str, cost: int, is_complex: bool) -> list[str | int]:
        limits, lane = self._limits_of(crm), present_lane()
        wait = _WAIT_FOR_CALLS_UNDER_WAY * (0.5 + self._jitter() / 2)
        return [
            slot,
            max(cost, 1),
            _open_to(lane, limits.calls, limits.reserve),
            _whole(limits.period),
            _open_to(lane, limits.slots, limits.reserve),
            _open_to(lane, limits.complex_slots, limits.reserve),
            _whole(limits.slot_life),
            int(is_complex),
            max(_whole(wait), 1),
        ]

    def _limits_of(self, crm: Crm) -> Limits:
        return self._limits.get(crm, Limits())

    def _key(self, crm: Crm, name: str) -> str:
        return f"baton:budget:{{{self._connection}:{crm}}}:{name}"


def _script(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _whole(span: timedelta) -> int:
    return span // _MILLISECOND


def _open_to(lane: Lane, limit: int | None, reserve: int) -> int:
    if limit is None:
        return -1
    return max(1, limit - reserve) if lane is Lane.BULK else limit

"""Makes calls for one account: asks the budget first, has the vendor's table judge the answer, before a witness.

A safe read is repeated a little while the deadline allows; all other patience is the flows' business.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from random import SystemRandom

from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_random_exponential

from baton.adapters.http.ask import Ask, lost
from baton.adapters.http.deadline import Deadline
from baton.adapters.http.line import Line
from baton.adapters.http.reply import Reply
from baton.adapters.http.witness import Witness
from baton.domain.failures import Failure, Throttled, Unreachable
from baton.domain.records import Crm
from baton.ports import Budget

Judge = Callable[[Ask, Reply], Failure | None]
"""A vendor's table: what an answer means when it is not a good one."""

Sign = Callable[[Ask, Deadline], Ask]
"""Adds what the account demands of each call: an address, a token."""

TRIES = 3
_TIME_FOR_A_TRY = 0.5
_NOTHING_THERE = (204, 304)


def _as_it_is(ask: Ask, deadline: Deadline) -> Ask:
    return ask


class Caller:
    """Shared by all threads of a worker.

    A refusal of the budget shorter than `patience` is waited out here: a nudge through the broker would cost more.
    """

    def __init__(
        self, *, crm: Crm, line: Line, budget: Budget, judge: Judge, witness: Witness, patience: timedelta
    ) -> None:
        self._crm = crm
        self._line = line
        self._budget = budget
        self._judge = judge
        self._witness = witness
        self._patience = patience
        self._jitter = SystemRandom().random

    def read(self, ask: Ask, deadline: Deadline, sign: Sign = _as_it_is) -> Reply:
        """A call that changes nothing; tried up to three times."""
        retrying = Retrying(
            retry=retry_if_exception_type(Unreachable),
            wait=wait_random_exponential(multiplier=0.2, max=2),
            stop=lambda state: _is_enough(state, deadline),
            reraise=True,
        )
        return retrying(self.call, ask, deadline, sign)

    def call(self, ask: Ask, deadline: Deadline, sign: Sign = _as_it_is) -> Reply:
        """A call that is made once. It is signed when the budget is granted: a closed account asks for no token."""
        self._await_budget(ask, deadline)
        try:
            return self._witnessed(sign(ask, deadline), deadline)
        except Throttled as throttled:
            self._budget.close(self._crm, throttled.wait)
            raise self._spread(throttled) from None
        finally:
            self._budget.done(self._crm)

    def _await_budget(self, ask: Ask, deadline: Deadline) -> None:
        patient_until = Deadline.after(self._patience)
        while wait := self._budget.ask(self._crm, cost=ask.cost, is_complex=ask.is_complex):
            seconds = wait.total_seconds()
            if seconds > min(patient_until.seconds_left, deadline.seconds_left - _TIME_FOR_A_TRY):
                raise Throttled(f"{ask}: the account's budget is used up", wait=wait, code="budget")
            time.sleep(seconds)

    def _witnessed(self, ask: Ask, deadline: Deadline) -> Reply:
        with self._witness.watching(ask) as watched:
            watched.reply = self._line.send(ask, deadline)
            self._refuse_bad(ask, watched.reply)
            return watched.reply

    def _refuse_bad(self, ask: Ask, reply: Reply) -> None:
        failure = self._judge(ask, reply)
        is_empty = reply.status in _NOTHING_THERE
        if failure is None and ask.holds and not is_empty and ask.holds not in (reply.document or {}):
            failure = lost(ask, f"the answer holds no {ask.holds}", "unreadable")
        if failure is not None:
            raise failure

    def _spread(self, throttled: Throttled) -> Throttled:
        # All who were refused would come back in the same moment.
        wait = throttled.wait * (1 + self._jitter() / 4)
        return Throttled(throttled.reason, wait=wait, code=throttled.code)


def _is_enough(state: RetryCallState, deadline: Deadline) -> bool:
    return state.attempt_number >= TRIES or deadline.seconds_left < state.upcoming_sleep + _TIME_FOR_A_TRY

"""How an account is called: by which clock and budget, how long, who hears of it, and over what."""

from dataclasses import dataclass
from datetime import timedelta

import httpx

from baton.adapters.http.caller import Caller, Judge
from baton.adapters.http.deadline import Deadline
from baton.adapters.http.line import Line
from baton.adapters.http.witness import OnCall, Witness, unheard
from baton.domain.records import Crm
from baton.ports import Budget, Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """deadline   bounds each method of a gateway as a whole, repeats included; shorter than any lease.
    patience   how long a call waits here for the budget before it is given back as Throttled.
    transport  another one than pooled sockets, for tests.
    """

    budget: Budget
    clock: Clock
    on_call: OnCall = unheard
    deadline: timedelta = timedelta(seconds=30)
    patience: timedelta = timedelta(seconds=1)
    transport: httpx.BaseTransport | None = None

    def line(self) -> Line:
        return Line(clock=self.clock, transport=self.transport)

    def caller(self, crm: Crm, line: Line, judge: Judge) -> Caller:
        witness = self.witness(crm)
        return Caller(crm=crm, line=line, budget=self.budget, judge=judge, witness=witness, patience=self.patience)

    def witness(self, crm: Crm) -> Witness:
        return Witness(crm, self.clock, self.on_call)

    def from_now(self) -> Deadline:
        return Deadline.after(self.deadline)

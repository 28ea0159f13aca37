"""One practice CRM as an ASGI app: fault before → limits → handler → journal and flush → fault after.

From the handler to the flush nothing waits, so that each call is one transaction no other call can look into.
Handlers must therefore be `async def` and must not await anything but their own request's body.
"""

import asyncio
import logging
from collections.abc import Sequence
from email.utils import format_datetime
from typing import Any

from sandbox.calls import Answer, AsgiApp, Call, Receive, Scope, Send, answer_of, read_call
from sandbox.clock import whole_second
from sandbox.control import control_routes
from sandbox.crm import PracticeCrm
from sandbox.delivery import Delivery, deliver, deliver_half_then_drop, drop, half_of, hold_then_drop
from sandbox.faults import Fault
from sandbox.ground import Ground
from sandbox.happenings import Happenings
from sandbox.latency import Latency

log = logging.getLogger(__name__)

CONTROL = "/_sandbox"
LOGIN_PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><form>Please sign in.</form></body></html>"
DELIVERIES = {
    "timeout_after_effect": Delivery.HELD,
    "timeout_before_effect": Delivery.HELD,
    "reset": Delivery.DROPPED,
    "cut_body": Delivery.CUT,
}
ALWAYS_PERFORMED = frozenset({"timeout_after_effect", "cut_body", "slow"})


class PracticeServer:
    """The ASGI app; `ground` and `crm` are open to tests that run in process."""

    def __init__(self, ground: Ground, crm: PracticeCrm) -> None:
        self.ground = ground
        self.crm = crm
        self._control: AsgiApp = control_routes(ground, crm)
        self._latency = Latency(ground.settings)
        self._happenings = Happenings(ground, crm)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["path"].startswith(CONTROL):
            await self._answer_control(scope, receive, send)
        else:
            await self._answer_vendor_call(scope, receive, send)

    def close(self) -> None:
        self.ground.close()

    async def _answer_control(self, scope: Scope, receive: Receive, send: Send) -> None:
        call = await read_call(scope, receive, self.ground.clock.now())
        answer = await answer_of(self._control, scope, call.body)
        self.ground.store.flush()
        await deliver(answer, send)

    async def _answer_vendor_call(self, scope: Scope, receive: Receive, send: Send) -> None:
        call = await read_call(scope, receive, self.ground.clock.now())
        fault = self.ground.faults.strike_call(call.method, call.path)
        moments = self.ground.faults.strike_moment(call.method, call.path)
        refusal = self.crm.manners.admit(call) if _is_performed(fault) else None
        if refusal is not None:
            # The limits came first: the fault has not happened, and waits for the next call.
            answer = self._recorded(call, refusal, "throttled")
            self.ground.faults.spare(fault, *moments)
            fault = None
        elif _is_performed(fault):
            answer = self._told(fault, await self._perform(call, scope, fault, moments))
        else:
            self._happenings.come_about(moments)
            answer = self._recorded(call, self._told(fault, Answer(204)), _outcome(fault))
        self._dress(call, answer)
        await _hand_over(fault, answer, receive, send)

    async def _perform(self, call: Call, scope: Scope, fault: Fault | None, moments: Sequence[Fault]) -> Answer:
        try:
            await self._linger(fault)
            self._happenings.come_about([moment for moment in moments if not moment.comes_after])
            answer = await self._handle(call, scope, _outcome(fault))
            self._happenings.come_about([moment for moment in moments if moment.comes_after])
            return answer
        finally:
            self.crm.manners.release(call)

    async def _linger(self, fault: Fault | None) -> None:
        slowness = fault.milliseconds() if fault and fault.kind == "slow" else 0
        milliseconds = self._latency.milliseconds() + slowness
        if milliseconds:
            await asyncio.sleep(milliseconds / 1000)

    async def _handle(self, call: Call, scope: Scope, outcome: str) -> Answer:
        self.ground.journal.begin(call)
        try:
            answer = await answer_of(self.crm.routes, scope, call.body)
        except Exception:
            # A bug in a handler answers 500, and must not leave the journal's call open.
            log.exception("%s %s failed", call.method, call.path)
            answer, outcome = Answer(500, b"Internal Server Error", "text/plain"), "bug"
        self.ground.journal.end(status=answer.status, outcome=outcome)
        self.ground.store.flush()
        return answer

    def _recorded(self, call: Call, answer: Answer, outcome: str) -> Answer:
        """Journal a call that no handler saw."""
        self.ground.journal.begin(call)
        self.ground.journal.end(status=answer.status, outcome=outcome)
        self.ground.store.flush()
        return answer

    def _told(self, fault: Fault | None, answer: Answer) -> Answer:
        """What the client is told: the answer, or what a fault puts in its place."""
        detail = fault.detail if fault else {}
        match fault.kind if fault else None:
            case "status":
                return _ordered_answer(detail)
            case "too_many":
                return self.crm.manners.too_many(detail)
            case "unauthorised":
                return self.crm.manners.unauthorised()
            case "scope_missing":
                return self.crm.manners.out_of_scope()
            case "login_page":
                return Answer(200, LOGIN_PAGE, "text/html;charset=UTF-8")
        return answer

    def _dress(self, call: Call, answer: Answer) -> None:
        self.crm.manners.dress(call, answer)
        now = whole_second(self.ground.clock.now())
        answer.headers.append(("date", format_datetime(now, usegmt=True)))


def _is_performed(fault: Fault | None) -> bool:
    return fault is None or fault.kind in ALWAYS_PERFORMED or bool(fault.detail.get("after_effect"))


def _outcome(fault: Fault | None) -> str:
    return f"fault:{fault.kind}" if fault else "answered"


def _ordered_answer(detail: dict[str, Any]) -> Answer:
    status, body = int(detail.get("status", 500)), detail.get("body", "")
    headers = [(str(name).lower(), str(value)) for name, value in detail.get("headers", {}).items()]
    if isinstance(body, str):
        return Answer(status, body.encode(), "text/html" if body else None, headers)
    answer = Answer.of_json(status, body)
    answer.headers = headers
    return answer


async def _hand_over(fault: Fault | None, answer: Answer, receive: Receive, send: Send) -> None:
    match DELIVERIES.get(fault.kind) if fault else None:
        case Delivery.HELD:
            await hold_then_drop(fault.detail.get("hold_seconds", 60) if fault else 0, receive, send)
        case Delivery.DROPPED:
            await drop(receive, send)
        case Delivery.CUT if fault and fault.detail.get("close"):
            await deliver_half_then_drop(answer, receive, send)
        case Delivery.CUT:
            await deliver(half_of(answer), send)
        case None:
            await deliver(answer, send)


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return

"""Sends hooks one after another on a thread of its own, never twice on its own account, and journals each attempt.

What strikes a hook is decided when it is handed over, so that the same orders hit the same hooks again.
"""

import logging
from threading import Condition, Thread
from time import monotonic

from sandbox.faults import Fault, Faults
from sandbox.hooks.hook import Hook
from sandbox.hooks.queue import HookQueue, Waiting
from sandbox.hooks.transports import HookNotDeliveredError, Posting, Transport
from sandbox.journal import Journal

log = logging.getLogger(__name__)

GONE = 410


class HookSender:
    """`transport` may be replaced by a test; `gone` holds the subscriptions whose target answered that it is gone."""

    def __init__(self, journal: Journal, faults: Faults) -> None:
        self.gone: set[str] = set()
        self._posting = Posting()
        self.transport: Transport = self._posting
        self._journal = journal
        self._faults = faults
        self._queue = HookQueue()
        self._changed = Condition()
        self._thread: Thread | None = None
        self._under_way = 0
        self._world = 0
        self._is_closed = False

    def send(self, hook: Hook) -> None:
        """Hand a hook over; returns at once."""
        fault = self._faults.strike_hook(hook.label)
        if fault and fault.kind == "hook_dropped":
            self._record(hook, status=None, outcome="dropped", fault=fault.kind)
            return
        self._submit(hook, fault)

    def waiting(self) -> int:
        """How many are not through yet, the held and the late among them."""
        with self._changed:
            return len(self._queue) + self._under_way

    def drained(self, timeout: float = 10.0) -> bool:
        """Wait until everything handed over has been tried; False when it took longer than `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._queue and not self._under_way, timeout)

    def forget(self) -> None:
        """A new world begins: nothing of the old one is sent or journalled any more."""
        with self._changed:
            self._world += 1
            self._queue.clear()
            self.gone.clear()
            self._changed.notify_all()

    def close(self) -> None:
        self.forget()
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        if self._thread:
            self._thread.join()
        self._posting.close()

    def _submit(self, hook: Hook, fault: Fault | None) -> None:
        with self._changed:
            self._queue.add(hook, fault, monotonic())
            self._changed.notify_all()
        if self._thread is None:
            self._thread = Thread(target=self._run, name="practice-hooks", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while (taken := self._next()) is not None:
            waiting, world = taken
            status, outcome = self._attempt(waiting.hook)
            self._settle(waiting, world, status, outcome)

    def _next(self) -> tuple[Waiting, int] | None:
        with self._changed:
            while not self._is_closed:
                due = self._queue.next_due()
                if due is not None and due <= monotonic():
                    self._under_way = 1
                    return self._queue.take(), self._world
                self._changed.wait(None if due is None else max(due - monotonic(), 0))
        return None

    def _attempt(self, hook: Hook) -> tuple[int | None, str]:
        try:
            return self.transport(hook), "answered"
        except HookNotDeliveredError:
            return None, "unreachable"
        except Exception:
            # A bug in a test's own transport must not leave the next hooks unsent and `drained` waiting.
            log.exception("the transport failed on %s", hook.label)
            return None, "bug"

    def _settle(self, waiting: Waiting, world: int, status: int | None, outcome: str) -> None:
        with self._changed:
            if world == self._world:
                self._record(waiting.hook, status=status, outcome=outcome, fault=waiting.fault)
                self._queue.let_held_follow(waiting)
                self._note_gone(waiting.hook, status)
            self._under_way = 0
            self._changed.notify_all()

    def _note_gone(self, hook: Hook, status: int | None) -> None:
        if status == GONE and hook.subscription:
            self.gone.add(hook.subscription)

    def _record(self, hook: Hook, *, status: int | None, outcome: str, fault: str | None) -> None:
        self._journal.hook(label=hook.label, host=hook.host, ids=hook.ids, status=status, outcome=outcome, fault=fault)

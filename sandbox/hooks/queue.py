"""Hooks waiting for their turn: in order of submission, late ones by their hour, held ones behind the next that passes.

Guarded by its owner's lock; knows nothing of threads.
"""

from dataclasses import dataclass, field
from heapq import heappop, heappush

from sandbox.faults import Fault
from sandbox.hooks.hook import Hook

LATE_SECONDS = 5.0
HELD_SECONDS = 2.0


@dataclass(order=True, slots=True)
class Waiting:
    due: float
    number: int
    hook: Hook = field(compare=False)
    fault: str | None = field(compare=False, default=None)
    is_held: bool = field(compare=False, default=False)


class HookQueue:
    def __init__(self) -> None:
        self._heap: list[Waiting] = []
        self._numbered = 0

    def __len__(self) -> int:
        return len(self._heap)

    def add(self, hook: Hook, fault: Fault | None, now: float) -> None:
        kind = fault.kind if fault else None
        self._push(hook, kind, now + _delay(fault), is_held=kind == "hook_reordered")
        if kind == "hook_doubled":
            self._push(hook, kind, now)

    def next_due(self) -> float | None:
        return self._heap[0].due if self._heap else None

    def take(self) -> Waiting:
        return heappop(self._heap)

    def let_held_follow(self, passed: Waiting) -> None:
        """What was held until another one passed goes straight after it, before all that came later."""
        following = [waiting for waiting in self._heap if waiting.is_held and waiting.number < passed.number]
        for waiting in following:
            waiting.due, waiting.is_held = passed.due, False
        if following:
            self._heap.sort()

    def clear(self) -> None:
        self._heap.clear()

    def _push(self, hook: Hook, fault: str | None, due: float, *, is_held: bool = False) -> None:
        self._numbered += 1
        heappush(self._heap, Waiting(due, self._numbered, hook, fault, is_held))


def _delay(fault: Fault | None) -> float:
    match fault.kind if fault else None:
        case "hook_late":
            return float(fault.detail.get("seconds", LATE_SECONDS)) if fault else 0
        case "hook_reordered":
            return float(fault.detail.get("seconds", HELD_SECONDS)) if fault else 0
    return 0

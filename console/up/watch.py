"""The loop after everything is up: look, show, start again what died, until somebody or the goal ends it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from baton.domain.status import Status
from console.up.run import Run
from console.up.until import Goal, why_not
from console.up.view import view_on

LOOK_EVERY = timedelta(seconds=1)

Look = Callable[[], Sequence[Status]]


@dataclass(frozen=True, slots=True)
class Looked:
    """`trouble` is why there are no statuses."""

    statuses: Sequence[Status] = ()
    trouble: str | None = None


def looked(look: Look) -> Looked:
    try:
        return Looked(look())
    except Exception as error:  # noqa: BLE001 - a look that fails must not end what it looks at
        return Looked(trouble=f"no look at the connections: {type(error).__name__}, see the database's log")


def watch(run: Run, look: Look, goal: Goal | None, began: float) -> int:
    """Returns the exit code; without a goal it ends only by StopAsked."""
    troubled: str | None = None
    with view_on(run.console) as view:
        while True:
            seen = looked(look)
            news = [seen.trouble] if seen.trouble and seen.trouble != troubled else []
            troubled = seen.trouble
            now = time.monotonic()
            view.show(seen.statuses, [*run.look(), *news], now)
            if goal is not None:
                goal = goal.looked(seen.statuses)
                code = outcome(goal, timedelta(seconds=now - began))
                if code is not None:
                    break
            run.rest(LOOK_EVERY)
    tell(run, code, goal, seen)
    return code


def outcome(goal: Goal, waited: timedelta) -> int | None:
    if goal.is_reached:
        return 0
    return 1 if goal.is_late(waited) else None


def tell(run: Run, code: int, goal: Goal, seen: Looked) -> None:
    if code == 0:
        run.console.print("[green]✓[/] in step")
        return
    seconds = f"{goal.within.total_seconds():.0f} s"
    run.console.print(
        f"[red]✗[/] not in step after {seconds}: {seen.trouble or why_not(seen.statuses)}", soft_wrap=True
    )

"""Keeps started children alive: one that dies is started again, after a wait that grows while it keeps dying."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from console.embedded.child import Child
from console.embedded.mark import ProcessMark
from console.up.processes import Stage

FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(seconds=30)
# Who ran this long was well; an end after it is a new story.
WELL_AFTER = timedelta(seconds=60)


def patience(deaths: int) -> timedelta:
    """How long a child that died `deaths` times in a row stays down."""
    # Past this many doublings the wait is the longest anyway, and the product would no longer fit.
    doublings = min(max(deaths - 1, 0), 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


@dataclass(slots=True)
class Kept:
    """One child and its misfortunes. `down_until` is a time of the monotonic clock."""

    stage: Stage
    child: Child
    started: float
    deaths: int = 0
    down_until: float | None = None

    @property
    def name(self) -> str:
        return self.child.command.name

    def look(self, now: float) -> str | None:
        """Starts it again when that is due; returns what there is to tell."""
        if self.down_until is not None:
            return self._rise(now) if now >= self.down_until else None
        return None if self.child.is_running() else self._mourn(now)

    def _mourn(self, now: float) -> str:
        self.child.end_what_it_left()
        self.deaths = 1 if now - self.started > WELL_AFTER.total_seconds() else self.deaths + 1
        wait = patience(self.deaths).total_seconds()
        self.down_until = now + wait
        code = self.child.process.returncode
        return f"{self.name} ended by itself (exit {code}), starts again in {wait:.0f} s; see {self.child.log}"

    def _rise(self, now: float) -> str:
        self.child = Child.start(self.child.command, self.child.log)
        self.started, self.down_until = now, None
        return f"{self.name} started again"


class Keeper:
    """All children of one `make up`."""

    def __init__(self) -> None:
        self._kept: list[Kept] = []

    def keep(self, stage: Stage, child: Child, now: float) -> None:
        self._kept.append(Kept(stage, child, now))

    def look(self, now: float) -> tuple[str, ...]:
        return tuple(filter(None, [kept.look(now) for kept in self._kept]))

    def marks(self) -> dict[str, ProcessMark]:
        return {kept.name: kept.child.mark for kept in self._kept}

    def stop_all(self) -> Iterator[tuple[str, ...]]:
        """Ends them stage by stage, those of one stage together; yields the names before each stage."""
        for _, group in groupby(sorted(self._kept, key=lambda kept: kept.stage), key=lambda kept: kept.stage):
            stage = list(group)
            yield tuple(kept.name for kept in stage)
            with ThreadPoolExecutor(len(stage)) as together:
                list(together.map(lambda kept: kept.child.stop(), stage))
        self._kept.clear()

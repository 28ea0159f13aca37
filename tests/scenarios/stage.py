"""Real processes between two practice CRMs, with everything that goes wrong around them: blows, faults, lost hooks."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import redis

from baton.domain.records import Crm
from baton.engine import Engine
from baton.flows.webhooks import install
from benchmarks.fleet import CONNECTION, Fleet, NotSoError, fleet
from config.settings import load_settings
from console.up import web
from console.up.processes import CHECKOUT, PROCESSES, Stage
from console.up.starting import ports_of
from workers import wiring

LIVELY = {
    "BATON_SYNC__LEASE": "3",
    "BATON_SYNC__SWEEP": "1",
    "BATON_SYNC__NUDGE_AGAIN": "3",
    "BATON_WRITE__CALL_DEADLINE": "3",
    "BATON_WRITE__UNCERTAIN_GRACE": "1",
    "BATON_WRITE__IDS_PER_MINUTE": "600",
    "BATON_PULL__ACTIVECAMPAIGN_CHANGES": "1",
    "BATON_PULL__ZOHO_CHANGES": "1",
    "BATON_PULL__ZOHO_DELETIONS": "2",
    "BATON_PULL__ZOHO_DEALS": "2",
}
SWITCHES = {"latency_ms": 20}
"""The vendors' limits are kept, by them and by Baton."""
SETTLED_FOR = timedelta(seconds=4)
"""Longer than any stream waits for its next reading."""
HOOK_FAULTS: Sequence[Mapping[str, Any]] = (
    {"kind": "hook_doubled", "share": 0.1},
    {"kind": "hook_dropped", "share": 0.1},
    {"kind": "hook_late", "share": 0.1, "seconds": 4},
)
CALL_FAULTS: Sequence[Mapping[str, Any]] = (
    {"kind": "status", "status": 500, "share": 0.02, "route": "* /"},
    {"kind": "status", "status": 503, "share": 0.01, "route": "* /"},
    {"kind": "too_many", "share": 0.01, "route": "* /"},
    {"kind": "reset", "share": 0.005, "route": "* /"},
)
LOST_ANSWERS = {
    "activecampaign": ("POST /api/3/contacts",),
    "zoho": ("POST /crm/v8/Leads*", "POST /crm/v8/Tasks*"),
}


class Scene:
    """One Baton under fire; from the main thread only, for it starts processes."""

    def __init__(self, made: Fleet, dice: Random, engine: Engine) -> None:
        self.made = made
        self.engine = engine
        self.blows: list[str] = []
        self._dice = dice

    def practices(self) -> Mapping[str, Any]:
        return {"activecampaign": self.made.activecampaign, "zoho": self.made.zoho}

    def faults_on(self) -> None:
        for name, practice in self.practices().items():
            for number, order in enumerate((*HOOK_FAULTS, *CALL_FAULTS)):
                practice.post("faults", **order, seed=self._dice.randrange(1_000_000) + number)
            for route in LOST_ANSWERS[name]:
                practice.post("faults", kind="timeout_after_effect", route=route, nth=1, times=1, hold_seconds=8)

    def faults_off(self) -> Mapping[str, Mapping[str, int]]:
        """What struck how often, by CRM and fault."""
        struck = {}
        for name, practice in self.practices().items():
            orders = practice.get("faults")["faults"]
            struck[name] = {f"{order['kind']} {order['route']}": order["fired"] for order in orders}
            practice.client.delete(f"{practice.url}/_sandbox/faults")
        return struck

    def strike(self, name: str | None = None) -> None:
        """SIGKILL for one process and all it started; who keeps them starts it again."""
        struck = name or self._dice.choice([process.name for process in PROCESSES])
        os.killpg(self.made.run.record.children[struck].pid, signal.SIGKILL)
        self.blows.append(struck)

    def tend(self) -> None:
        self.made.run.look()

    def rest(self, seconds: float) -> None:
        """Waits, and starts again what died meanwhile."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.tend()
            time.sleep(min(left, 0.25))

    def until_settled(self, *, seconds: float) -> None:
        """In step, all hooks through, and every stream read to its end a while after the last edit, twice in a row."""
        since = datetime.now(UTC)
        self._until(partial(self._is_settled, since), "settled", seconds)

    def until_silent(self, *, seconds: float) -> None:
        """Settled, and then through a whole cycle in which every stream was read again Baton wrote nothing."""
        deadline = time.monotonic() + seconds
        while True:
            self.until_settled(seconds=max(deadline - time.monotonic(), 1))
            before = self.marks()
            self.until_settled(seconds=seconds)
            if self.written_since(before) == []:
                return
            if time.monotonic() > deadline:
                raise NotSoError(f"Baton still writes after {seconds:.0f} s: {self.written_since(before)[:3]}")

    def marks(self) -> Mapping[str, int]:
        return {name: practice.last() for name, practice in self.practices().items()}

    def written_since(self, marks: Mapping[str, int]) -> list[Mapping[str, Any]]:
        return [
            {"crm": name, **effect}
            for name, practice in self.practices().items()
            for effect in practice.effects(after=marks[name])
            if effect["actor"] == "api"
        ]

    def story_of(self, who: str) -> str:
        """What `baton explain` tells."""
        argv = [sys.executable, "-m", "console.cli.main", "explain", who]
        told = subprocess.run(
            argv, cwd=CHECKOUT, env=os.environ, capture_output=True, text=True, check=False, timeout=60
        )
        return told.stdout + told.stderr

    def _is_settled(self, since: datetime) -> bool:
        status = self.made.status()
        are_read = all(stream.last_pass and stream.last_pass > since + SETTLED_FOR for stream in status.streams)
        are_through = all(practice.get("hooks")["waiting"] == 0 for practice in self.practices().values())
        has_handoffs = self.engine.automation.handoffs.has_work(now=self.engine.now())
        return status.is_in_step and are_read and are_through and not has_handoffs

    def _until(self, question: Any, what: str, seconds: float) -> None:
        deadline, in_a_row = time.monotonic() + seconds, 0
        while in_a_row < 2:
            in_a_row = in_a_row + 1 if question() else 0
            if time.monotonic() > deadline:
                raise NotSoError(f"not {what} after {seconds:.0f} s: {', '.join(self.made.status().what_is_missing())}")
            self.rest(0.5)


@contextmanager
def scene(state: Path, *, people: int, seed: int) -> Iterator[Scene]:
    with fleet(state, people=people, seed=seed, environment=LIVELY, switches=SWITCHES) as made, engine() as watched:
        port = ports_of(state).port_for("web", start=web.FIRST_PORT)
        door = made.run.launch(Stage.WEB, web.web_command(made.environment, port))
        made.run.wait(door, partial(web.web_answers, port))
        assert [each.failure for each in install(watched, web.web_url(port), tuple(Crm)) if each.failure] == []
        yield Scene(made, Random(f"blows {seed}"), watched)  # noqa: S311 - repeatable by seed, and no secret


@contextmanager
def engine() -> Iterator[Engine]:
    """A second look at what Baton says of itself: conflicts, handoffs, dead letters."""
    settings = load_settings()
    with redis.Redis.from_url(wiring.redis_url(settings)) as client:
        built = wiring.build_engine(wiring.connection_named(CONNECTION, settings), settings, client)
        try:
            yield built
        finally:
            for gateway in built.gateways.values():
                gateway.close()
            built.intake.desk.engine.dispose()

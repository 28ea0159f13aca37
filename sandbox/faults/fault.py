"""One order in force: what it matches, and when it strikes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from random import Random
from typing import Any

from sandbox.faults.kinds import KINDS, Strikes


@dataclass(slots=True)
class Fault:
    """`detail` is whatever was said beside the rhythm: status, body, headers, hold_seconds, latency_ms, seconds, ids…

    `trouble` says why a happening could not happen.
    """

    id: int
    kind: str
    route: str
    nth: int | None
    every: int | None
    share: float | None
    times: int | None
    seed: int
    detail: dict[str, Any] = field(default_factory=dict)
    seen: int = 0
    fired: int = 0
    chance: Random = field(default_factory=Random)
    trouble: str = ""

    @property
    def strikes_at(self) -> Strikes:
        return KINDS[self.kind].strikes

    @property
    def comes_after(self) -> bool:
        return bool(self.detail.get("after_effect"))

    def matches_route(self, method: str, path: str) -> bool:
        wanted_method, _, pattern = self.route.partition(" ")
        return wanted_method in {"*", method} and _path_matches(pattern, path)

    def matches_label(self, label: str) -> bool:
        """`HOOK Leads.edit` or `HOOK Leads.*`: a label is matched whole, for one may begin like another."""
        return fnmatchcase(f"HOOK {label}", self.route)

    def concerns(self, ids: Iterable[str], emails: Iterable[str]) -> bool:
        """Whether a record with these ids or e-mails is meant; an order that names none means all."""
        named = set(self.detail.get("ids", ())) | {email.lower() for email in self.detail.get("emails", ())}
        return not named or not named.isdisjoint({*ids, *(email.lower() for email in emails)})

    def strikes(self) -> bool:
        """Count one sighting and say whether this is the one."""
        self.seen += 1
        if self.times is not None and self.fired >= self.times:
            return False
        due = self._is_due()
        self.fired += due
        return due

    def _is_due(self) -> bool:
        if self.nth is not None:
            return self.seen >= self.nth
        if self.every is not None:
            return self.seen % self.every == 0
        return self.share is None or self.chance.random() < self.share

    def milliseconds(self) -> float:
        """How long a slow answer is held, spread by the seed."""
        spread = float(self.detail.get("spread_ms", 0))
        usual = float(self.detail.get("latency_ms", 1000))
        return max(0.0, usual + self.chance.uniform(-spread, spread)) if spread else usual

    def shown(self) -> dict[str, Any]:
        rhythm = {name: getattr(self, name) for name in ("nth", "every", "share", "times")}
        said = {name: value for name, value in rhythm.items() if value is not None}
        trouble = {"trouble": self.trouble} if self.trouble else {}
        order = {"id": self.id, "kind": self.kind, "route": self.route, **said, **self.detail}
        return order | {"seen": self.seen, "fired": self.fired} | trouble


def _path_matches(pattern: str, path: str) -> bool:
    if any(sign in pattern for sign in "*?["):
        return fnmatchcase(path, pattern)
    return path.startswith(pattern)

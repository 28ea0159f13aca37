"""Faults on request: which call, record or outgoing call they strike, how often, and repeatably.

How a struck call feels to the client is the matter of `server` and `delivery`; what becomes of a hook, of `hooks`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from random import Random
from typing import Any

CALL_KINDS = frozenset(
    {
        "status",
        "too_many",
        "unauthorised",
        "login_page",
        "timeout_after_effect",
        "timeout_before_effect",
        "reset",
        "cut_body",
        "slow",
    }
)
RECORD_KINDS = frozenset({"locked", "reject"})
HOOK_KINDS = frozenset({"hook_dropped", "hook_doubled", "hook_late", "hook_reordered"})
KINDS = CALL_KINDS | RECORD_KINDS | HOOK_KINDS
RHYTHM = frozenset({"kind", "route", "nth", "every", "share", "times", "seed"})


class UnknownFaultError(ValueError):
    """An order for a fault that cannot be carried out."""


@dataclass(slots=True)
class Fault:
    """One order. `detail` is whatever else was said: status, body, headers, hold_seconds, latency_ms, seconds, ids…"""

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

    def shown(self) -> dict[str, Any]:
        rhythm = {name: getattr(self, name) for name in ("nth", "every", "share", "times")}
        said = {name: value for name, value in rhythm.items() if value is not None}
        return {"id": self.id, "kind": self.kind, "route": self.route, **said, **self.detail} | {
            "seen": self.seen,
            "fired": self.fired,
        }


class Faults:
    """All orders in force. Every order that matches a call counts it; the first that is due strikes."""

    def __init__(self) -> None:
        self._orders: list[Fault] = []
        self._given = 0

    def order(self, spec: dict[str, Any]) -> Fault:
        fault = _read_order(self._given + 1, spec)
        self._given += 1
        self._orders.append(fault)
        return fault

    def clear(self) -> None:
        self._orders.clear()

    def listing(self) -> list[dict[str, Any]]:
        return [fault.shown() for fault in self._orders]

    def strike_call(self, method: str, path: str) -> Fault | None:
        matching = (fault for fault in self._orders if fault.kind in CALL_KINDS and fault.matches_route(method, path))
        return _first_due(matching)

    def spare(self, fault: Fault | None) -> None:
        """Take a strike back that did not come about."""
        if fault:
            fault.seen -= 1
            fault.fired -= 1

    def strike_record(
        self, method: str, path: str, *, ids: Iterable[str] = (), emails: Iterable[str] = ()
    ) -> Fault | None:
        """For the CRM, per record it is about to write: a fault of kind `locked` or `reject`, or none."""
        if not self._orders:
            return None
        wanted_ids, wanted_emails = list(ids), list(emails)
        return _first_due(
            fault
            for fault in self._orders
            if fault.kind in RECORD_KINDS
            and fault.matches_route(method, path)
            and fault.concerns(wanted_ids, wanted_emails)
        )

    def strike_hook(self, label: str) -> Fault | None:
        """For every outgoing call, once, as it is handed over."""
        return _first_due(fault for fault in self._orders if fault.kind in HOOK_KINDS and fault.matches_label(label))


def _first_due(faults: Iterable[Fault]) -> Fault | None:
    # A list, not a generator: every order must count the sighting, also those behind the one that strikes.
    due = [fault for fault in faults if fault.strikes()]
    return due[0] if due else None


def _path_matches(pattern: str, path: str) -> bool:
    if any(sign in pattern for sign in "*?["):
        return fnmatchcase(path, pattern)
    return path.startswith(pattern)


def _read_order(number: int, spec: dict[str, Any]) -> Fault:
    kind = spec.get("kind")
    if kind not in KINDS:
        raise UnknownFaultError(f"there is no fault {kind!r}; there are {', '.join(sorted(KINDS))}")
    recurring = "every" in spec or "share" in spec or kind in RECORD_KINDS
    seed = int(spec.get("seed", number))
    return Fault(
        id=number,
        kind=kind,
        route=spec.get("route", "HOOK *" if kind in HOOK_KINDS else "* /"),
        nth=spec.get("nth"),
        every=spec.get("every"),
        share=spec.get("share"),
        times=spec.get("times", None if recurring else 1),
        seed=seed,
        detail={name: value for name, value in spec.items() if name not in RHYTHM},
        # Chance decides which calls are hit, and must hit the same ones again: nothing secret rests on it.
        chance=Random(seed),  # noqa: S311 - a repeatable dice, not a key
    )

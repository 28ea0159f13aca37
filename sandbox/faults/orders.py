"""Reading one order: every key is known and fits, or the order is refused by the name of the key."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from sandbox.faults.fault import Fault
from sandbox.faults.kinds import KINDS, Kind, Strikes

RHYTHM = frozenset({"kind", "route", "nth", "every", "share", "times", "seed"})
KNOWN = RHYTHM.union(*(kind.details for kind in KINDS.values()))
OF_A_CALL, OF_A_HOOK = "* /", "HOOK *"
METHODS = frozenset({"*", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})

Mark = tuple[Callable[[Any], bool], str]


class UnknownFaultError(ValueError):
    """An order for a fault that cannot be carried out; `key` is the one it fails at."""

    def __init__(self, said: str, key: str = "kind") -> None:
        super().__init__(said)
        self.key = key


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_time(value: Any) -> bool:
    return _is_number(value) and value >= 0


MARKS: Mapping[str, Mark] = {
    "nth": (_is_count, "a whole number from 1 on"),
    "every": (_is_count, "a whole number from 1 on"),
    "times": (_is_count, "a whole number from 1 on"),
    "share": (lambda value: _is_number(value) and 0 <= value <= 1, "a number from 0 to 1"),
    "seed": (lambda value: isinstance(value, int), "a whole number"),
    "route": (lambda value: isinstance(value, str), "a text like 'PUT /crm/v8/Leads*'"),
    "status": (lambda value: _is_count(value) and 100 <= value <= 599, "an HTTP status"),
    "headers": (lambda value: isinstance(value, Mapping), "names and values"),
    "hold_seconds": (_is_time, "a number of seconds"),
    "latency_ms": (_is_time, "a number of milliseconds"),
    "spread_ms": (_is_time, "a number of milliseconds"),
    "seconds": (_is_number, "a number of seconds"),
    "retry_after": (_is_time, "a number of seconds"),
    "ids": (lambda value: isinstance(value, list), "a list of ids"),
    "emails": (lambda value: isinstance(value, list), "a list of e-mails"),
    "after_effect": (lambda value: isinstance(value, bool), "true or false"),
    "close": (lambda value: isinstance(value, bool), "true or false"),
}


def read_order(number: int, spec: Mapping[str, Any]) -> Fault:
    kind = _kind_of(spec)
    # What is not said may also be said as null.
    said = {name: value for name, value in spec.items() if value is not None}
    _demand_sense(kind, said)
    is_recurring = "every" in said or "share" in said or kind.strikes is Strikes.RECORD
    seed = int(said.get("seed", number))
    return Fault(
        id=number,
        kind=kind.name,
        route=said.get("route", OF_A_HOOK if kind.strikes is Strikes.HOOK else OF_A_CALL),
        nth=said.get("nth"),
        every=said.get("every"),
        share=said.get("share"),
        times=said.get("times", None if is_recurring else 1),
        seed=seed,
        detail={name: value for name, value in said.items() if name not in RHYTHM},
        # Chance decides which calls are hit, and must hit the same ones again: nothing secret rests on it.
        chance=Random(seed),  # noqa: S311 - a repeatable dice, not a key
    )


def _kind_of(spec: Mapping[str, Any]) -> Kind:
    if not isinstance(spec, Mapping):
        raise UnknownFaultError(f"an order is a set of keys and values, not {spec!r}")
    kind = KINDS.get(str(spec.get("kind")))
    if kind is None:
        raise UnknownFaultError(f"there is no fault {spec.get('kind')!r}; there are {', '.join(sorted(KINDS))}")
    return kind


def _demand_sense(kind: Kind, said: Mapping[str, Any]) -> None:
    for name, value in said.items():
        # What another kind listens to is passed over: one order is often sent for several kinds in turn.
        if name not in KNOWN:
            own = ", ".join(sorted(RHYTHM | kind.details))
            raise UnknownFaultError(f"no fault has {name!r}; {kind.name} has {own}", str(name))
        fits, wanted = MARKS.get(name, (None, ""))
        if fits and not fits(value):
            raise UnknownFaultError(f"{name} is {wanted}, not {value!r}", name)
    first = str(said.get("route", "* ")).partition(" ")[0]
    if kind.strikes is not Strikes.HOOK and first not in METHODS:
        raise UnknownFaultError(f"a route begins with a method or *, like 'GET /path*', not with {first!r}", "route")

"""What the command line lists: the switches of a practice CRM, and the faults that can be ordered."""

import json
from collections.abc import Iterable, Iterator

import click

from sandbox.faults.kinds import ALL, Kind, Strikes
from sandbox.opening import NAMES
from sandbox.switches import COMMON, Switch, switches_of

STRUCK = {
    Strikes.CALL: "Faults of a call",
    Strikes.RECORD: "Faults of single records in a write",
    Strikes.HOOK: "Faults of outgoing calls",
    Strikes.MOMENT: "Happenings just before the call, or just after it with after_effect: true",
}
RHYTHM = (
    "Every fault has a route ('PUT /crm/v8/Leads*'; outgoing calls: 'HOOK Leads.*') and a rhythm: nth, every or\n"
    "share, times, seed. The third update that times out after it took effect:\n"
    "  {kind: timeout_after_effect, route: 'PUT /crm/v8/Leads*', nth: 3, times: 1}\n"
)


def shown_switches(crm: str | None) -> str:
    """Of one CRM, or of all."""
    parts = [_part("Every practice CRM", COMMON)]
    for name in (crm,) if crm else NAMES:
        own = [switch for switch in switches_of(name).values() if switch not in COMMON]
        parts.append(_part(name, own))
    return "\n".join(parts)


def shown_faults() -> str:
    parts = [RHYTHM]
    for strikes, title in STRUCK.items():
        lines = (line for kind in ALL if kind.strikes is strikes for line in _kind(kind))
        parts.append(f"{title}:\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def _part(title: str, switches: Iterable[Switch]) -> str:
    return f"{title}:\n" + "\n".join(line for switch in switches for line in _switch(switch)) + "\n"


def _switch(switch: Switch) -> Iterator[str]:
    default = json.dumps(switch.default)
    also = [json.dumps(value) for value in switch.otherwise] if switch.doubt else list(map(json.dumps, switch.choices))
    yield f"  {switch.name} = {default}" + (f"   (or {', '.join(also)})" if also else "")
    yield _indented(f"{switch.means}")
    if switch.doubt:
        yield _indented(f"Uncertain: {switch.doubt}.")


def _kind(kind: Kind) -> Iterator[str]:
    yield f"  {kind.name}"
    said = f" Keys: {', '.join(sorted(kind.details))}." if kind.details else ""
    yield _indented(f"{kind.means}.{said}")


def _indented(text: str) -> str:
    return click.wrap_text(text, width=100, initial_indent="      ", subsequent_indent="      ")

"""What a switch is: a name, a default, what it means, and which uncertainty about the vendor it stands for.

The tables are the vendors' own; what every practice CRM has is here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from json import dumps
from typing import Any


@dataclass(frozen=True, slots=True)
class Switch:
    """`doubt` is what nobody outside the vendor knows, blank where the switch is a matter of taste or of the account.

    `choices` are the words it takes, where those are but a few; `also` numbers the doubt leaves open.
    """

    name: str
    default: Any
    means: str
    doubt: str = ""
    choices: tuple[str, ...] = ()
    also: tuple[int, ...] = ()

    @property
    def otherwise(self) -> tuple[Any, ...]:
        """The values beside the default that the doubt leaves open."""
        if isinstance(self.default, bool):
            return (not self.default,)
        return tuple(word for word in self.choices if word != self.default) + self.also


COMMON = (
    Switch("limits", True, "whether the vendor's limits are kept"),
    Switch("latency_ms", 0, "milliseconds every answer takes"),
    Switch("latency_spread_ms", 0, "how many milliseconds more or less than that an answer may take"),
    Switch("latency_seed", 1, "which spread: the same seed gives the same latencies, call by call"),
    Switch("clock_offset_seconds", 0, "how many seconds the CRM's clock is wrong"),
)


def switches_of(crm: str) -> dict[str, Switch]:
    """All that one practice CRM has."""
    return {switch.name: switch for switch in (*COMMON, *import_module(f"sandbox.{crm}.switches").SWITCHES)}


def complaint_about(switches: Mapping[str, Switch], name: str, value: Any) -> str | None:
    """Why there is no such switch, or why it cannot have this value; None when it can."""
    switch = switches.get(name)
    if switch is None:
        near = get_close_matches(name, switches)
        meant = f"perhaps {' or '.join(near)} is meant" if near else f"there are {', '.join(sorted(switches))}"
        return f"there is no setting {name!r}; {meant}"
    if _kind(value) is not _kind(switch.default):
        return f"the setting {name!r} looks like {dumps(switch.default)}, not like {value!r}"
    if switch.choices and value not in switch.choices:
        return f"the setting {name!r} is {' or '.join(switch.choices)}, not {value!r}"
    return None


def _kind(value: Any) -> type:
    return float if isinstance(value, int) and not isinstance(value, bool) else type(value)

"""Opening a practice CRM by name: its ground, its routes, and sample people when the store is new."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from sandbox.clock import Clock
from sandbox.crm import PracticeCrm
from sandbox.ground import Ground, lay_ground
from sandbox.server import PracticeServer
from sandbox.worlds import found_world, has_world

NAMES = ("activecampaign", "zoho")


def open_crm(
    name: str,
    *,
    people: int = 200,
    seed: int = 1,
    data: Path | None = None,
    clock: Clock | None = None,
    settings: Mapping[str, Any] | None = None,
) -> PracticeServer:
    """The server of one CRM. A data file that already holds a world goes on with it, whatever people and seed say."""
    ground = lay_ground(data, clock)
    crm = _build(name)(ground)
    ground.change_settings(**(settings or {}))
    if has_world(ground):
        crm.desk.reopen()
    else:
        found_world(ground, crm, people=people, seed=seed)
    ground.store.flush()
    return PracticeServer(ground, crm)


def _build(name: str) -> Callable[[Ground], PracticeCrm]:
    # Each CRM is imported only when asked for: one may be used where the other's needs are not installed.
    if name not in NAMES:
        raise ValueError(f"there is no practice CRM {name!r}; there are {' and '.join(NAMES)}")
    return cast("Callable[[Ground], PracticeCrm]", import_module(f"sandbox.{name}.crm").build)

"""Whether events and page visits are tracked at all, for which event names, and on which sites."""

from sandbox.activecampaign.world import World
from sandbox.store import Shelf

EVENT = "event"
SITE = "site"
LONGEST_EVENT = 32


def is_on(world: World, what: str) -> bool:
    """A practice account tracks until it is told not to."""
    row = _switches(world).get(what)
    return row is None or bool(row["enabled"])


def switch(world: World, what: str, *, enabled: bool) -> None:
    _switches(world).put(what, {"enabled": enabled})


def event_names(world: World) -> Shelf:
    """By name: an event has no number."""
    return world.ground.store.shelf("eventTrackingEvents")


def domains(world: World) -> Shelf:
    """Sites whose visits count; while there is none, all do."""
    return world.ground.store.shelf("siteTrackingDomains")


def counts_visits_of(world: World, host: str) -> bool:
    known = domains(world)
    return is_on(world, SITE) and (not len(known) or host in known.rows)


def _switches(world: World) -> Shelf:
    return world.ground.store.shelf("trackingSwitches")

"""How much a scope holds, and how many calls reading it takes, as far as the vendors tell. Nothing is begun here."""

from collections.abc import Mapping

from baton.domain.backfill import Kind, Leg, Scope, Way
from baton.domain.records import Module
from baton.engine import Engine
from baton.flows.slices import AT_ONCE
from baton.ports import Size


def measure(kind: Kind, scope: Scope, engine: Engine) -> Mapping[Module, Size]:
    return {leg.module: _size(leg, scope, engine) for leg in scope.legs(kind)}


def records_in(sizes: Mapping[Module, Size]) -> int | None:
    """All of them together; None when one is not known."""
    counts = [size.records for size in sizes.values()]
    return None if None in counts else sum(count or 0 for count in counts)


def _size(leg: Leg, scope: Scope, engine: Engine) -> Size:
    if leg.way is Way.NAMED:
        named = sum(ref.module == leg.module for ref in scope.refs)
        return Size(named, -(-named // AT_ONCE))
    gateway = engine.gateways[leg.module.crm]
    return gateway.size(leg.module, since=scope.since, until=scope.until, narrowed=scope.narrowed)

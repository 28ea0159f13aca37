"""What a note, or a task, can hang on: the vendor's several names for each, and where its rows are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.activecampaign import contact_shapes
from sandbox.activecampaign.accounts import shapes as account_shapes
from sandbox.activecampaign.deals import shapes as deal_shapes
from sandbox.activecampaign.world import World
from sandbox.store import Row, Shelf


@dataclass(frozen=True, slots=True)
class Bearer:
    reltype: str
    owner: str
    """What `owner.type` calls it."""
    plural: str
    """Under which key it comes along; empty when it does not."""


BEARERS: Mapping[str, Bearer] = {
    bearer.reltype: bearer
    for bearer in (
        Bearer("Subscriber", "contact", "contacts"),
        Bearer("Deal", "deal", "deals"),
        Bearer("CustomerAccount", "account", "accounts"),
        Bearer("DealTask", "dealTask", ""),
        Bearer("Activity", "activity", ""),
    )
}
BY_OWNER: Mapping[str, Bearer] = {bearer.owner: bearer for bearer in BEARERS.values()}


def row_of(world: World, bearer: Bearer, id_: str) -> Row | None:
    shelf = _shelf(world, bearer)
    return None if shelf is None else shelf.get(id_)


def is_there(world: World, bearer: Bearer, id_: str) -> bool:
    """Activities are not kept as rows, so any number may be one."""
    shelf = _shelf(world, bearer)
    return id_.isdigit() if shelf is None else id_ in shelf.rows


def beside(world: World, bearer: Bearer, id_: str, base: str) -> dict[str, Any]:
    """What the note hangs on, as it was before: it comes along with the answer."""
    row = row_of(world, bearer, id_)
    if row is None or not bearer.plural:
        return {}
    return {bearer.plural: [_shown(world, bearer, row, base)]}


def _shown(world: World, bearer: Bearer, row: Row, base: str) -> dict[str, Any]:
    if bearer.plural == "contacts":
        return contact_shapes.read(world, row, base)
    if bearer.plural == "deals":
        return deal_shapes.read(world, row, base)
    return account_shapes.account(row, base)


def _shelf(world: World, bearer: Bearer) -> Shelf | None:
    shelves = {"contact": world.contacts, "deal": world.deals, "account": world.accounts, "dealTask": world.tasks}
    return shelves.get(bearer.owner)

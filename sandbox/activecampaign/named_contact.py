"""The contact a person at the control API means, by `id` or by `email`."""

from collections.abc import Mapping
from typing import Any

from sandbox.activecampaign.world import World
from sandbox.crm import NoSuchRecordError
from sandbox.store import Row


def contact_of(world: World, body: Mapping[str, Any]) -> Row:
    id_ = str(body["id"]) if "id" in body else world.owner_of(str(body["email"]))
    row = world.contacts.get(id_ or "")
    if row is None:
        raise NoSuchRecordError(f"there is no contact {body.get('id') or body.get('email')}")
    return row

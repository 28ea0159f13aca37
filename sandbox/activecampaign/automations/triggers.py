"""What starts an automation: a form, a subscription, a tag. A stopped automation does not start."""

from sandbox.activecampaign.automations.definitions import RUNNING
from sandbox.activecampaign.automations.running import enter
from sandbox.activecampaign.wishes import Changes
from sandbox.activecampaign.world import World
from sandbox.store import Row

ACTIVE = "1"


def start_those_of_the_form(world: World, contact: Row, form_id: str) -> None:
    _start(world, contact, "form", {form_id})


def start_those_of_the_changes(world: World, contact: Row, changes: Changes) -> None:
    _start(world, contact, "list", {id_ for id_, status in changes.lists.items() if status == ACTIVE})
    _start(world, contact, "tag", {id_ for id_, is_on in changes.tags.items() if is_on})


def _start(world: World, contact: Row, kind: str, ids: set[str]) -> None:
    for automation in list(world.automations) if ids else ():
        if automation.get(kind) in ids and automation["status"] == RUNNING:
            enter(world, contact, automation)

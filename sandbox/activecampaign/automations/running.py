"""A contact goes through an automation: all steps at once, as often as it enters."""

from collections.abc import Mapping
from typing import Any

from sandbox.activecampaign import edits, stamps
from sandbox.activecampaign.automations.definitions import RUNNING
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.tags import add_tag
from sandbox.activecampaign.webhooks.bodies import FORM, automation_body
from sandbox.activecampaign.wishes import Wish
from sandbox.activecampaign.world import World
from sandbox.hooks.hook import Hook
from sandbox.store import Row

HOOK_LABEL = "automation"
NOW = "now"


def start_those_of_the_form(world: World, contact: Row, form_id: str) -> None:
    for automation in list(world.automations):
        if automation["form"] == form_id and automation["status"] == RUNNING:
            enter(world, contact, automation)


def enter(world: World, contact: Row, automation: Row) -> Row:
    """Each entry is a row of its own, complete when this returns."""
    id_, now = world.next_id(world.contact_automations), world.now()
    entry: Row = {"id": id_, "contact": contact["id"], "automation": automation["id"], "entered": now, "left": now}
    entry["elements"] = len(automation["steps"])
    world.contact_automations.put(id_, entry)
    automation["entered"] += 1
    world.automations.touch(automation["id"])
    for step in automation["steps"]:
        _take(world, contact, automation, step)
    return entry


def _take(world: World, contact: Row, automation: Row, step: Mapping[str, Any]) -> None:
    if "webhook" in step:
        _call(world, contact, automation, str(step["webhook"]))
    elif "add_tag" in step:
        edits.update(world, contact, Wish(tags=(_tag(world, str(step["add_tag"])),)), Source.SYSTEM)
    else:
        value = stamps.with_offset(world.now()) if step["to"] == NOW else str(step["to"])
        wish = Wish(values={world.field_by_perstag[step["set_field"]]: value})
        edits.update(world, contact, wish, Source.SYSTEM)


def _call(world: World, contact: Row, automation: Row, url: str) -> None:
    body = automation_body(world, contact, automation["id"])
    world.ground.hooks.send(Hook(url=url, content_type=FORM, body=body, label=HOOK_LABEL, ids=(contact["id"],)))


def _tag(world: World, name: str) -> str:
    """The id of a tag by its name; typing an unknown one into a step makes it."""
    known = next((row for row in world.tags if row["tag"] == name), None)
    return str((known or add_tag(world, name))["id"])

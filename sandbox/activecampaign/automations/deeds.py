"""What marketers do with forms and automations, as the control API orders it."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.activecampaign.automations import running
from sandbox.activecampaign.automations.definitions import RUNNING, named, put_automation, put_form, set_running
from sandbox.activecampaign.named_contact import contact_of
from sandbox.activecampaign.tag_names import tag_named
from sandbox.activecampaign.world import World
from sandbox.crm import RefusedEditError
from sandbox.store import Row

Body = Mapping[str, Any]


def make_form(world: World, body: Body) -> Row:
    """`name`, and the `list` its submissions subscribe to; a form of that name is replaced."""
    list_id = named(world.lists, body["list"], "list")["id"] if body.get("list") else None
    return put_form(world, str(body["name"]), list_id)


def make_automation(world: World, body: Body) -> Row:
    """`name`, `steps`, and `starts_on` {"form", "list" or "tag": name or id}; one of that name is replaced."""
    said = body.get("starts_on", {})
    starts = {
        "form": named(world.forms, said["form"], "form")["id"] if "form" in said else None,
        "list": named(world.lists, said["list"], "list")["id"] if "list" in said else None,
        "tag": tag_named(world, str(said["tag"])) if "tag" in said else None,
    }
    return put_automation(world, str(body["name"]), starts, body["steps"])


def start_automation(world: World, body: Body) -> Row:
    return set_running(world, named(world.automations, body["automation"], "automation"), runs=True)


def stop_automation(world: World, body: Body) -> Row:
    return set_running(world, named(world.automations, body["automation"], "automation"), runs=False)


def enter_automation(world: World, body: Body) -> Row:
    """The contact (`id` or `email`) is put into the `automation`."""
    automation = named(world.automations, body["automation"], "automation")
    if automation["status"] != RUNNING:
        raise RefusedEditError(f"the automation {automation['name']!r} does not run")
    return running.enter(world, contact_of(world, body), automation)


def leave_automation(world: World, body: Body) -> Row:
    """The contact (`id` or `email`) is taken out of the `automation`, as often as it is in its list."""
    contact, automation = contact_of(world, body), named(world.automations, body["automation"], "automation")
    entries = [entry for entry in world.entries.of(contact["id"]) if entry["automation"] == automation["id"]]
    for entry in entries:
        running.leave(world, entry)
    return {"contact": contact["id"], "automation": automation["id"], "left": len(entries)}


DEEDS: dict[str, Callable[[World, Body], Row]] = {
    "form": make_form,
    "automation": make_automation,
    "start_automation": start_automation,
    "stop_automation": stop_automation,
    "enter_automation": enter_automation,
    "leave_automation": leave_automation,
}

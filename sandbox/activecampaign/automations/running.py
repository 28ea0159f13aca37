"""A contact goes through an automation: all steps at once up to the first wait, as often as it enters."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.activecampaign import edits, stamps
from sandbox.activecampaign.engagement import move_stamp
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.tag_names import tag_named
from sandbox.activecampaign.webhooks.bodies import FORM, automation_body
from sandbox.activecampaign.wishes import Wish
from sandbox.activecampaign.world import World
from sandbox.hooks.hook import Hook
from sandbox.store import Row, Shelf

HOOK_LABEL = "automation"
NOW = "now"

Step = Mapping[str, Any]


def enter(world: World, contact: Row, automation: Row) -> Row:
    """Each entry is a row of its own, complete when this returns unless it has to wait."""
    id_, now = world.next_id(world.contact_automations), world.now()
    entry: Row = {"id": id_, "contact": contact["id"], "automation": automation["id"], "entered": now, "left": None}
    world.entries.add(entry | {"elements": len(automation["steps"]), "done": 0, "last": now})
    automation["entered"] += 1
    world.automations.touch(automation["id"])
    move_stamp(world, contact["id"])
    return _proceed(world, world.contact_automations.rows[id_])


def go_on_where_due(world: World) -> None:
    now, waiting = world.now(), _waiting(world)
    for id_ in [row["id"] for row in waiting if row["until"] <= now]:
        waiting.remove(id_)
        entry = world.contact_automations.get(id_)
        if entry is not None:
            with world.ground.journal.apart():
                entry |= {"done": entry["done"] + 1, "waits_at": None}
                _proceed(world, entry)


def leave(world: World, entry: Row) -> None:
    """Taken out, whether it waits or is through."""
    _waiting(world).remove(entry["id"])
    world.entries.remove(entry)


def _proceed(world: World, entry: Row) -> Row:
    contact, automation = world.contacts.rows[entry["contact"]], world.automations.rows[entry["automation"]]
    world.contact_automations.touch(entry["id"])
    while entry["done"] < len(automation["steps"]):
        step = automation["steps"][entry["done"]]
        entry["last"] = world.now()
        if "wait" in step:
            entry["waits_at"] = str(entry["done"] + 1)
            _waiting(world).put(entry["id"], {"id": entry["id"], "until": world.now() + int(step["wait"])})
            return entry
        _take(world, contact, automation, step)
        entry["done"] += 1
    entry["left"] = world.now()
    automation["exited"] = automation.get("exited", 0) + 1
    world.automations.touch(automation["id"])
    return entry


def _take(world: World, contact: Row, automation: Row, step: Step) -> None:
    act = next(act for kind, act in ACTS.items() if kind in step)
    act(world, contact, automation, step)


def _call(world: World, contact: Row, automation: Row, step: Step) -> None:
    body, url = automation_body(world, contact, automation["id"]), str(step["webhook"])
    world.ground.hooks.send(Hook(url=url, content_type=FORM, body=body, label=HOOK_LABEL, ids=(contact["id"],)))


def _add_tag(world: World, contact: Row, _automation: Row, step: Step) -> None:
    edits.update(world, contact, Wish(tags=(tag_named(world, str(step["add_tag"])),)), Source.SYSTEM)


def _set_field(world: World, contact: Row, _automation: Row, step: Step) -> None:
    value = stamps.with_offset(world.now()) if step["to"] == NOW else str(step["to"])
    wish = Wish(values={world.field_by_perstag[step["set_field"]]: value})
    edits.update(world, contact, wish, Source.SYSTEM)


ACTS: dict[str, Callable[[World, Row, Row, Step], None]] = {
    "webhook": _call,
    "add_tag": _add_tag,
    "set_field": _set_field,
}


def _waiting(world: World) -> Shelf:
    """Entries that rest at a wait, by their ids: the few that a look at every call may cost."""
    return world.ground.store.shelf("waitingEntries")

"""Forms and automations as marketers define them; both are known by their names and may be made anew."""

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.activecampaign.world import World
from sandbox.crm import RefusedEditError
from sandbox.store import Row, Shelf

NO_LIST = "0"
RUNNING = "1"
STOPPED = "2"
STEPS = ("set_field", "add_tag", "webhook", "wait")
TRIGGERS = ("form", "list", "tag")


def put_form(world: World, name: str, list_id: str | None) -> Row:
    """A form whose submissions subscribe to the list, when there is one."""
    return _put(world, world.forms, name, {"list": list_id}, {"entries": 0})


def put_automation(
    world: World, name: str, starts_on: Mapping[str, str | None], steps: Sequence[Mapping[str, Any]]
) -> Row:
    """It starts on the submission of a form, a subscription to a list, or a tag put on, each by its id.

    Steps are `{"set_field": PERSTAG, "to": "now" or a value}`, `{"add_tag": name}`, `{"webhook": url}` and
    `{"wait": seconds}`.
    """
    for step in steps:
        _check(world, step)
    starts = {kind: starts_on.get(kind) for kind in TRIGGERS}
    said = {**starts, "steps": [dict(step) for step in steps], "status": RUNNING}
    return _put(world, world.automations, name, said, {"entered": 0, "exited": 0})


def set_running(world: World, automation: Row, *, runs: bool) -> Row:
    """One that is stopped lets nobody in; whoever is inside stays."""
    automation |= {"status": RUNNING if runs else STOPPED, "updated": world.now()}
    world.automations.touch(automation["id"])
    return automation


def named(shelf: Shelf, name: object, what: str) -> Row:
    """A row by its name or id."""
    for row in shelf:
        if str(name) in {row["name"], row["id"]}:
            return row
    raise RefusedEditError(
        f"there is no {what} {name!r}; there are {', '.join(row['name'] for row in shelf) or 'none'}"
    )


def _put(world: World, shelf: Shelf, name: str, said: Row, at_first: Row) -> Row:
    now = world.now()
    known = next((row for row in shelf if row["name"] == name), None)
    row = known or {"id": world.next_id(shelf), "name": name, "created": now, **at_first}
    row |= {**said, "updated": now}
    shelf.put(row["id"], row)
    return row


def _check(world: World, step: Mapping[str, Any]) -> None:
    kind = next((name for name in STEPS if name in step), None)
    if kind is None:
        raise RefusedEditError(f"a step is one of {', '.join(STEPS)}, not {', '.join(step) or 'nothing'}")
    if kind == "set_field" and (step["set_field"] not in world.field_by_perstag or "to" not in step):
        raise RefusedEditError(f"set_field names a field by its tag, and `to` what it becomes; not {dict(step)}")
    if kind == "wait" and not str(step["wait"]).isdigit():
        raise RefusedEditError(f"a wait is a number of seconds, not {step['wait']!r}")

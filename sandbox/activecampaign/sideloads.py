"""What a contact read brings along: id arrays on the contact and the rows themselves at the top of the answer."""

from collections.abc import Iterable
from typing import Any

from sandbox.activecampaign import catalogue_shapes, link_shapes
from sandbox.activecampaign.automations import shapes
from sandbox.activecampaign.scores import shapes as score_shapes
from sandbox.activecampaign.world import World
from sandbox.store import Row

Shown = dict[str, Any]
ON_A_SINGLE_READ = frozenset({"contactAutomations", "contactLists", "fieldValues"})
KNOWN = frozenset(
    {"fieldValues", "contactTags", "contactTags.tag", "contactLists", "contactLists.list", "contactAutomations"}
)


def add(world: World, rows: list[Row], shown: list[Shown], wanted: Iterable[str], base: str) -> Shown:
    """Add the id arrays to `shown` in place; returns the top-level arrays."""
    names = {name for name in wanted if name in KNOWN}
    top: Shown = {}
    if "fieldValues" in names:
        top["fieldValues"] = _field_values(world, rows, shown, base)
    if names & {"contactTags", "contactTags.tag"}:
        top["contactTags"] = _contact_tags(world, rows, shown, base)
    if names & {"contactLists", "contactLists.list"}:
        top["contactLists"] = _contact_lists(world, rows, shown, base)
    if "contactAutomations" in names:
        top["contactAutomations"] = _contact_automations(world, rows, shown, base)
    if "contactTags.tag" in names:
        top["tags"] = _tags(world, rows, base)
    if "contactLists.list" in names:
        top["lists"] = _lists(world, rows, base)
    return top


def _field_values(world: World, rows: list[Row], shown: list[Shown], base: str) -> list[Shown]:
    found: list[Shown] = []
    for row, contact in zip(rows, shown, strict=True):
        ids = list(world.values_of[row["id"]].values())
        contact["fieldValues"] = ids
        found += (link_shapes.field_value(world.field_values.rows[id_], base) for id_ in ids)
    return found


def _contact_tags(world: World, rows: list[Row], shown: list[Shown], base: str) -> list[Shown]:
    found: list[Shown] = []
    for row, contact in zip(rows, shown, strict=True):
        ids = list(world.tags_of[row["id"]].values())
        contact["contactTags"] = ids
        found += (link_shapes.contact_tag(world.contact_tags.rows[id_], base) for id_ in ids)
    return found


def _contact_lists(world: World, rows: list[Row], shown: list[Shown], base: str) -> list[Shown]:
    found: list[Shown] = []
    for row, contact in zip(rows, shown, strict=True):
        ids = list(world.lists_of[row["id"]].values())
        contact["contactLists"] = ids
        found += (link_shapes.contact_list(world.contact_lists.rows[id_], row, base) for id_ in ids)
    return found


def entries(world: World, row: Row, base: str) -> list[Shown]:
    """A contact's ways through automations, one for each time it entered."""
    return [shapes.entry(entry, base) for entry in world.entries.of(row["id"])]


def score_values(world: World, rows: list[Row], shown: list[Shown], base: str) -> list[Shown]:
    found: list[Shown] = []
    for row, contact in zip(rows, shown, strict=True):
        contact["scoreValues"] = list(world.scores_of[row["id"]].values())
        found += score_shapes.values_of(world, row, base)
    return found


def _contact_automations(world: World, rows: list[Row], shown: list[Shown], base: str) -> list[Shown]:
    found: list[Shown] = []
    for row, contact in zip(rows, shown, strict=True):
        through = entries(world, row, base)
        contact["contactAutomations"] = [entry["id"] for entry in through]
        found += through
    return found


def _tags(world: World, rows: list[Row], base: str) -> list[Shown]:
    ids = dict.fromkeys(tag for row in rows for tag in world.tags_of[row["id"]])
    return [catalogue_shapes.tag(world.tags.rows[id_], world.subscribers_of_tag(id_), base) for id_ in ids]


def _lists(world: World, rows: list[Row], base: str) -> list[Shown]:
    ids = dict.fromkeys(list_id for row in rows for list_id in world.lists_of[row["id"]])
    return [catalogue_shapes.list_(world.lists.rows[id_], base, world.subscribers_of_list(id_)) for id_ in ids]

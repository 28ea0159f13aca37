"""Pipelines and their stages as they are kept. A pipeline begins with stages of its own; its deletion leaves them."""

from collections.abc import Mapping
from typing import Any

from sandbox.activecampaign import effects, stamps
from sandbox.activecampaign.deals import telling
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.webhooks.catalogue import PIPELINE_ADDED, STAGE_ADDED
from sandbox.activecampaign.world import World
from sandbox.crm import RefusedEditError
from sandbox.journal import Op
from sandbox.store import Row

PIPELINE = "dealGroup"
STAGE = "dealStage"
AUTOMATIC_STAGES = (("To Contact", "19CCA3"), ("In Contact", "5487FF"), ("Follow Up", "FBD965"))
CARD = {
    "cardRegion1": "title",
    "cardRegion2": "next-action",
    "cardRegion3": "show-avatar",
    "cardRegion4": "contact-fullname-acctname",
    "cardRegion5": "value",
}
PLAIN_STAGE: Mapping[str, Any] = {"color": "3f3f3f", "width": 280, "dealOrder": "next-action DESC", **CARD}
PLAIN_PIPELINE: Mapping[str, Any] = {"currency": "usd", "autoassign": "0", "allusers": "0", "allgroups": "1"}


def lay_pipeline(world: World, said: Mapping[str, Any]) -> Row:
    """The pipeline with its first stages, told to nobody."""
    now, id_ = world.now(), world.next_id(world.deal_groups)
    row: Row = {"id": id_, "users": [], "groups": [], **PLAIN_PIPELINE, **said, "cdate": now, "udate": now}
    world.deal_groups.put(id_, row)
    for order, (title, color) in enumerate(AUTOMATIC_STAGES, start=1):
        put_stage(world, {"group": id_, "title": title, "color": color, "order": order})
    return row


def add_pipeline(world: World, said: Mapping[str, Any], source: Source) -> Row:
    row = lay_pipeline(world, said)
    effects.note(world, Op.CREATE, PIPELINE, row, source, {"title": row["title"]})
    telling.of_a_definition(world, PIPELINE_ADDED, "pipeline", row, ("title",), source)
    return row


def change_pipeline(world: World, row: Row, said: Mapping[str, Any], source: Source) -> None:
    changed = {name: value for name, value in said.items() if row[name] != value}
    row |= {**changed, "udate": world.now()}
    world.deal_groups.touch(row["id"])
    effects.note(world, Op.UPDATE, PIPELINE, row, source, changed)


def delete_pipeline(world: World, row: Row, source: Source) -> None:
    """Its stages stay listed, and its deals stay too: nobody may look into them any more."""
    world.deal_groups.remove(row["id"])
    effects.note(world, Op.DELETE, PIPELINE, row, source)


def put_stage(world: World, said: Mapping[str, Any]) -> Row:
    """Automatic stages have no stamps until somebody touches them."""
    row: Row = {"id": world.next_id(world.deal_stages), "cdate": None, "udate": None, **PLAIN_STAGE, **said}
    world.deal_stages.put(row["id"], row)
    return row


def add_stage(world: World, said: Mapping[str, Any], source: Source) -> Row:
    now, siblings = world.now(), stages_of(world, said["group"])
    order = max((stage["order"] for stage in siblings), default=0) + 1
    row = put_stage(world, {"order": order, **said, "cdate": now, "udate": now})
    _touch_pipeline(world, row["group"], now)
    effects.note(world, Op.CREATE, STAGE, row, source, {"title": row["title"]})
    telling.of_a_definition(world, STAGE_ADDED, "stage", row, ("title", "color"), source)
    return row


def change_stage(world: World, row: Row, said: Mapping[str, Any], source: Source) -> None:
    changed = {name: value for name, value in said.items() if row[name] != value}
    row |= {**changed, "udate": world.now()}
    world.deal_stages.touch(row["id"])
    _touch_pipeline(world, row["group"], world.now())
    effects.note(world, Op.UPDATE, STAGE, row, source, changed)


def delete_stage(world: World, row: Row, source: Source) -> None:
    """The other stages close ranks, and its deals go to the first of them."""
    world.deal_stages.remove(row["id"])
    # The vendor stamps what closed ranks with the clock of UTC under the offset of Central: hours in the future.
    wrong = stamps.utc_clock_as_central(world.now())
    left = stages_of(world, row["group"])
    for order, stage in enumerate(left, start=1):
        stage |= {"order": order, "udate": wrong}
        world.deal_stages.touch(stage["id"])
    _touch_pipeline(world, row["group"], wrong)
    for deal in [deal for deal in world.deals if left and deal["stage"] == row["id"]]:
        deal["stage"] = left[0]["id"]
        world.deals.touch(deal["id"])
    effects.note(world, Op.DELETE, STAGE, row, source)


def make_room(world: World, group: str, order: int, but: str = "") -> None:
    """Move every stage from this place on one further."""
    for stage in stages_of(world, group):
        if stage["order"] >= order and stage["id"] != but:
            stage["order"] += 1
            world.deal_stages.touch(stage["id"])


def stages_of(world: World, group: str) -> list[Row]:
    return sorted((row for row in world.deal_stages if row["group"] == group), key=lambda row: int(row["order"]))


def staged(world: World, group: str, named: str) -> Row:
    """The stage with this name in the pipeline, or any by its id."""
    own = {stage["title"]: stage for stage in stages_of(world, group)}
    found = own.get(named) or world.deal_stages.get(named)
    if found is None:
        raise RefusedEditError(f"there is no stage {named!r}; there are {', '.join(own)}")
    return found


def _touch_pipeline(world: World, group: str, moment: int) -> None:
    pipeline = world.deal_groups.get(group)
    if pipeline:
        pipeline["udate"] = moment
        world.deal_groups.touch(group)

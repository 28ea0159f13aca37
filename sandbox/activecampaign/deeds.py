"""What people do beside editing contacts: forms, unsubscribing, automations, scores, and moving deals."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from sandbox.activecampaign import edits, screen
from sandbox.activecampaign.automations.deeds import DEEDS as AUTOMATED
from sandbox.activecampaign.automations.definitions import named
from sandbox.activecampaign.automations.triggers import start_those_of_the_form
from sandbox.activecampaign.deals.deeds import DEEDS as SALES
from sandbox.activecampaign.named_contact import contact_of
from sandbox.activecampaign.scores.definitions import put_score
from sandbox.activecampaign.scores.values import set_value, value_of
from sandbox.activecampaign.setting_up import DEEDS as SETTING_UP
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.tracking.deeds import DEEDS as TRACKED
from sandbox.activecampaign.wishes import Wish
from sandbox.activecampaign.world import World
from sandbox.crm import Deed
from sandbox.store import Row

Body = Mapping[str, Any]
TYPED = {"first_name": "firstName", "last_name": "lastName", "phone": "phone"}
SUBSCRIBED = "1"
UNSUBSCRIBED = "2"


def deeds_of(world: World) -> dict[str, Deed]:
    named_deeds = {
        "submit_form": submit_form,
        "unsubscribe": unsubscribe,
        "score": make_score,
        "set_score": set_score,
        **SALES,
        **AUTOMATED,
        **TRACKED,
        **SETTING_UP,
    }
    return {name: partial(deed, world) for name, deed in named_deeds.items()}


def submit_form(world: World, body: Body) -> Row:
    """`form`, `email`, and what else was typed: first_name, last_name, phone, fields by tag. Blanks overwrite nothing.

    Whoever was unsubscribed asks anew, and is subscribed again: that is the one way to it the vendor allows.
    """
    form = named(world.forms, body["form"], "form")
    row = _submitted(world, form, str(body["email"]), body)
    form["entries"] += 1
    world.forms.touch(form["id"])
    start_those_of_the_form(world, row, form["id"])
    return screen.shown(world, row)


def unsubscribe(world: World, body: Body) -> Row:
    """The contact (`id` or `email`) leaves one `list`, or all it is subscribed to; `reason` is what it says."""
    row = contact_of(world, body)
    standings = [world.contact_lists.rows[id_] for id_ in world.lists_of[row["id"]].values()]
    left = [link["list"] for link in standings if link["status"] == SUBSCRIBED]
    if "list" in body:
        left = [named(world.lists, body["list"], "list")["id"]]
    wish = Wish(lists=dict.fromkeys(left, UNSUBSCRIBED), reason=str(body.get("reason", "")), sourceid=screen.BY_HAND)
    edits.update(world, row, wish, Source.PUBLIC)
    return screen.shown(world, row)


def make_score(world: World, body: Body) -> Row:
    """`name`, and the `rules`: points for a visit, an event, an open, a click. A score of that name is changed."""
    rules = body.get("rules")
    return put_score(world, str(body["name"]), rules and {str(kind): int(points) for kind, points in rules.items()})


def set_score(world: World, body: Body) -> Row:
    """The contact (`id` or `email`) has this `value` on the `score`; without a name, on the first there is."""
    row = contact_of(world, body)
    score = named(world.scores, body.get("score", next(iter(world.scores.rows), "")), "score")
    set_value(world, row["id"], score["id"], int(body["value"]))
    return {"contact": row["id"], "score": score["name"], "value": value_of(world, row["id"], score["id"])}


def _submitted(world: World, form: Row, email: str, body: Body) -> Row:
    typed = {name: str(body[key]) for key, name in TYPED.items() if body.get(key)}
    owner = world.owner_of(email)
    wish = Wish(
        attributes=typed if owner else {"email": email, **typed},
        values={id_: value for id_, value in screen.field_values(world, body.get("fields", {})).items() if value},
        lists={form["list"]: SUBSCRIBED} if form["list"] else {},
        form=form["id"],
        sourceid=screen.BY_HAND,
    )
    if owner is None:
        return edits.create(world, wish, Source.PUBLIC)
    edits.update(world, world.contacts.rows[owner], wish, Source.PUBLIC)
    return world.contacts.rows[owner]

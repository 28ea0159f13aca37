"""A contact was seen: it visited a page, a site reported an event, it opened a mail or clicked in one.

Each leaves a row, and moves the scores whose rules name it.
"""

from typing import Any
from urllib.parse import urlsplit

from sandbox.activecampaign.engagement import move_stamp
from sandbox.activecampaign.scores.rules import award
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.tracking import switches
from sandbox.activecampaign.webhooks.deliveries import tell
from sandbox.activecampaign.webhooks.happenings import Happening
from sandbox.activecampaign.world import World
from sandbox.journal import Effect, Op
from sandbox.store import Row

VISIT = "visit"
EVENT = "event"
OPEN = "open"
CLICK = "click"
PAGE_LOG = "page"


def visited(world: World, contact: Row, url: str) -> Row | None:
    """The log of the visit, or none when visits of this site do not count."""
    if not switches.counts_visits_of(world, urlsplit(url).hostname or ""):
        return None
    return _logged(world, contact, VISIT, PAGE_LOG, url)


def reported(world: World, contact: Row, event: str, value: str) -> Row:
    return _logged(world, contact, EVENT, event, value)


def opened(world: World, contact: Row, campaign: str) -> Row:
    return _mailed(world, contact, OPEN, campaign, {})


def clicked(world: World, contact: Row, campaign: str, url: str) -> Row:
    return _mailed(world, contact, CLICK, campaign, {"link[id]": "1", "link[url]": url})


def _campaign(id_: str) -> dict[str, str]:
    return {
        "campaign[id]": id_,
        "campaign[name]": f"Campaign {id_}",
        "campaign[type]": "single",
        "campaign[status]": "5",
        "campaign[recipients]": "0",
        "campaign[message][id]": id_,
        "campaign[message][subject]": f"News of campaign {id_}",
    }


def _logged(world: World, contact: Row, kind: str, type_: str, value: str) -> Row:
    id_, now = world.next_id(world.tracking.shelf), world.now()
    row = world.tracking.add({"id": id_, "contact": contact["id"], "at": now, "type": type_, "value": value})
    award(world, contact, kind)
    move_stamp(world, contact["id"])
    _note(world, "trackingLog", row, contact, {type_: value})
    return row


def _mailed(world: World, contact: Row, event: str, campaign: str, more: dict[str, str]) -> Row:
    id_, now = world.next_id(world.mail_seen.shelf), world.now()
    said = {"event": event, "campaign": campaign, "email": contact["email"]}
    row = world.mail_seen.add({"id": id_, "contact": contact["id"], "at": now, **said})
    contact[f"last_{event}"] = now
    world.contacts.touch(contact["id"])
    award(world, contact, event)
    move_stamp(world, contact["id"])
    _note(world, "messageActivity", row, contact, {event: campaign})
    told = {**_campaign(campaign), **more}
    tell(world, contact, [Happening(event, more=tuple(told.items()))], Source.PUBLIC)
    return row


def _note(world: World, module: str, row: Row, contact: Row, values: dict[str, Any]) -> None:
    effect = Effect(
        op=Op.CREATE,
        module=module,
        id=row["id"],
        actor=Source.PUBLIC.actor,
        email=contact["email"],
        changed=list(values),
        values=values,
    )
    world.ground.journal.effect(effect)

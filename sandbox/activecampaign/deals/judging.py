"""What a deal needs to be one, and where in which pipeline it stands. Turns what was sent into what is kept."""

from typing import Any

from sandbox.activecampaign.accounts.refusals import refused, related_missing
from sandbox.activecampaign.answers import say
from sandbox.activecampaign.deals.pipelines import stages_of
from sandbox.activecampaign.refusals import RefusalError
from sandbox.activecampaign.world import World
from sandbox.store import Row

STATUSES = frozenset({0, 1, 2})
FIRST_USER = "1"


def other_pipeline() -> RefusalError:
    error = {
        "detail": "Target stage does not belong to same pipeline",
        "source": {"pointer": "/data/attributes/stage"},
        "status": 422,
        "title": "Invalid attribute",
    }
    return RefusalError(say({"errors": [error]}, 422))


def for_a_new_deal(world: World, sent: dict[str, Any]) -> dict[str, Any]:
    for name in ("title", "contact", "value", "currency"):
        if sent.get(name) in (None, "", []) and not (name == "contact" and sent.get("account")):
            raise _missing(name)
    place = _place(world, sent, None)
    owner = str(sent.get("owner") or "")
    if not owner and world.deal_groups.rows[place["group"]]["autoassign"] == "0":
        raise _missing("owner")
    said = _said(world, sent)
    contact = world.contacts.get(said.get("contact", ""))
    said.setdefault("account", contact["account"] if contact else "")
    return {"contact": "", **said, **place, "owner": owner or FIRST_USER}


def for_a_change(world: World, row: Row, sent: dict[str, Any]) -> dict[str, Any]:
    if "title" in sent and not sent["title"]:
        raise _missing("title")
    place = _place(world, sent, row) if sent.get("stage") or sent.get("group") else {}
    owner = {"owner": str(sent["owner"])} if sent.get("owner") else {}
    return {**_said(world, sent), **place, **owner}


def whole(name: str, value: object) -> int:
    """The number somebody sent, without its fraction: money is whole cents."""
    try:
        return int(float(str(value)))
    except (ValueError, OverflowError) as error:
        raise refused(f"The {name} is invalid.", "field_invalid", name) from error


def _said(world: World, sent: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {name: str(sent[name] or "") for name in ("title", "description") if name in sent}
    if sent.get("currency"):
        said["currency"] = str(sent["currency"]).lower()
    for name in ("value", "percent", "status"):
        if sent.get(name) not in (None, ""):
            said[name] = whole(name, sent[name])
    if said.get("status", 0) not in STATUSES:
        raise refused("The status is invalid.", "field_invalid", "status")
    return said | _ends(world, sent)


def _ends(world: World, sent: dict[str, Any]) -> dict[str, str]:
    """Whom the deal is with."""
    ends: dict[str, str] = {name: str(sent[name] or "") for name in ("contact", "account") if name in sent}
    for name, shelf in (("contact", world.contacts), ("account", world.accounts)):
        if ends.get(name) and ends[name] not in shelf.rows:
            raise related_missing(name)
    return ends


def _place(world: World, sent: dict[str, Any], row: Row | None) -> dict[str, str]:
    """A pipeline alone means its first stage, and a stage alone means its pipeline."""
    group, stage_id = str(sent.get("group") or ""), str(sent.get("stage") or "")
    if not group and not stage_id:
        raise _missing("stage")
    if group and group not in world.deal_groups.rows:
        raise related_missing("group")
    if stage_id:
        stage = world.deal_stages.get(stage_id)
        if stage is None or stage["group"] not in world.deal_groups.rows:
            raise related_missing("stage")
        if group and stage["group"] != group:
            raise other_pipeline()
        return {"group": stage["group"], "stage": stage_id}
    if row is not None and row["group"] == group:
        return {}
    stages = stages_of(world, group)
    if not stages:
        raise related_missing("stage")
    return {"group": group, "stage": stages[0]["id"]}


def _missing(name: str) -> RefusalError:
    return refused(f"The deal {name} was not provided.", "field_missing", name)

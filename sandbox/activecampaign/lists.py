"""Mailing lists, and how contacts stand on them."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, catalogue_shapes, contact_shapes, edits, link_shapes, refusals
from sandbox.activecampaign.answers import base_of, collection, say
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.wishes import SUBSCRIBED_BY_API, Wish
from sandbox.activecampaign.world import World
from sandbox.store import Row

SENDER = ("sender_url", "sender_reminder")
ECHOED = (
    *("name", "channel", "stringid", *SENDER, "description"),
    *("carboncopy", "subscription_notify", "unsubscription_notify"),
)
"""What comes back of a list that was made."""


async def list_lists(world: World, request: Request) -> Response:
    name = asked.bracketed(request, "filters").get("name", "").lower()
    found = [row for row in world.lists if name in row["name"].lower()]
    base = base_of(request)
    shown = [
        catalogue_shapes.list_(row, base, world.subscribers_of_list(row["id"]))
        for row in asked.page(request).cut(found)
    ]
    return collection("lists", shown, len(found))


async def get_list(world: World, request: Request) -> Response:
    return say({"list": catalogue_shapes.list_(_list_or_refuse(world, request), base_of(request))})


async def create_list(world: World, request: Request) -> Response:
    sent = await asked.wrapped(request, "list")
    for attribute in ("name", *SENDER):
        if not sent.get(attribute):
            raise refusals.missing(attribute)
    now, id_ = world.now(), world.next_id(world.lists)
    stringid = str(sent.get("stringid") or str(sent["name"]).lower().replace(" ", "-"))
    row = {"id": id_, "name": str(sent["name"]), "stringid": stringid, "created": now, "updated": now}
    world.lists.put(id_, row | {name: str(sent[name]) for name in SENDER})
    shown = catalogue_shapes.list_(world.lists.rows[id_], base_of(request))
    echo = {name: shown[name] for name in (*ECHOED, "cdate", "udate", "links", "id")}
    by = {"user": sent["user"], "userid": sent["user"]} if "user" in sent else {}
    return say({"list": {**echo, "send_last_broadcast": 0, **by}}, 201)


async def change_list(world: World, request: Request) -> Response:
    row, sent = _list_or_refuse(world, request), await asked.wrapped(request, "list")
    row |= {name: str(sent[name]) for name in ("name", *SENDER) if sent.get(name)}
    row |= {"updated": world.now(), "is_changed": True}
    world.lists.touch(row["id"])
    return say({"list": catalogue_shapes.list_(row, base_of(request))})


async def delete_list(world: World, request: Request) -> Response:
    """Who stood on it stands on it no more, and no stamp moves; who stood on no other goes with it."""
    row = _list_or_refuse(world, request)
    for standing in [standing for standing in world.contact_lists if standing["list"] == row["id"]]:
        world.unlink(world.contact_lists, world.lists_of, "list", standing)
        contact = standing["contact"]
        if world.ground.settings["deleted_lists_take_contacts"] and not world.lists_of[contact]:
            edits.delete(world, world.contacts.rows[contact], Source.API)
    world.lists.remove(row["id"])
    return say({})


def _list_or_refuse(world: World, request: Request) -> Row:
    id_ = request.path_params["id"]
    row = world.lists.get(id_)
    if row is None:
        raise refusals.no_result("_List", id_)
    return row


async def list_standings(world: World, request: Request) -> Response:
    """The account-wide collection ignores every filter; only the contact's own sub-resource tells one from another."""
    rows = asked.page(request).cut(list(world.contact_lists))
    base = base_of(request)
    shown = [link_shapes.contact_list(row, world.contacts.rows[row["contact"]], base) for row in rows]
    return collection("contactLists", shown, len(world.contact_lists))


async def set_standing(world: World, request: Request) -> Response:
    """An upsert on contact and list; the same status again answers 200 with the old row and moves nothing."""
    sent = await asked.wrapped(request, "contactList")
    contact, list_id = _wanted(world, sent)
    status = str(sent.get("status", ""))
    known = world.lists_of[contact["id"]].get(list_id)
    if known and world.contact_lists.rows[known]["status"] == status:
        return say({"contactList": _echo(world, contact, list_id, sent, base_of(request))})
    source = str(sent.get("sourceid") or SUBSCRIBED_BY_API)
    edits.update(world, contact, Wish(lists={list_id: status}, sourceid=source), Source.API)
    world.ground.journal.note_records(1)
    base = base_of(request)
    contacts = [contact_shapes.full(world, contact, base)]
    echo = _echo(world, contact, list_id, sent, base)
    return say({"contacts": contacts, "contactList": echo}, 200 if known else 201)


def _wanted(world: World, sent: dict[str, Any]) -> tuple[Row, str]:
    contact, list_id = str(sent.get("contact")), str(sent.get("list"))
    if contact not in world.contacts.rows:
        raise refusals.no_result("Subscriber", contact)
    if list_id not in world.lists.rows:
        raise refusals.no_result("_List", list_id)
    return world.contacts.rows[contact], list_id


def _echo(world: World, contact: Row, list_id: str, sent: dict[str, Any], base: str) -> dict[str, Any]:
    """What was sent comes back as it was sent: a status sent as a number stays one."""
    row = world.contact_lists.rows[world.lists_of[contact["id"]][list_id]]
    shown = link_shapes.contact_list(row, contact, base) | {"status": sent.get("status", "")}
    del shown["channel"]
    return shown

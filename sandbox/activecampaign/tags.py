"""Tags, and the rows that put a tag on a contact."""

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, catalogue_shapes, contact_shapes, edits, link_shapes, refusals, stamps
from sandbox.activecampaign.answers import base_of, collection, say
from sandbox.activecampaign.sources import Source
from sandbox.activecampaign.wishes import Wish
from sandbox.activecampaign.world import World
from sandbox.store import Row


async def list_tags(world: World, request: Request) -> Response:
    sought = request.query_params.get("search", "").lower()
    found = [row for row in world.tags if sought in row["tag"].lower()]
    shown = [_shown(world, row, base_of(request)) for row in asked.page(request).cut(found)]
    return collection("tags", shown, len(found))


async def get_tag(world: World, request: Request) -> Response:
    return say({"tag": _shown(world, _tag_or_refuse(world, request), base_of(request))})


async def create_tag(world: World, request: Request) -> Response:
    sent = await asked.wrapped(request, "tag")
    name = str(sent.get("tag") or "")
    if not name:
        raise refusals.missing("tag")
    held = next((row for row in world.tags if row["tag"].lower() == name.lower()), None)
    if held is not None and world.ground.settings["existing_tag_name"] == "returned":
        return say({"tag": _shown(world, held, base_of(request))})
    if held is not None:
        raise refusals.duplicate_title(name)
    row = add_tag(world, name, str(sent.get("description") or ""), str(sent.get("tagType") or "contact"))
    echo = {"tag": name, "tagType": row["tagType"], "cdate": stamps.with_offset(row["created"]), "id": row["id"]}
    links = _shown(world, row, base_of(request))["links"]
    described = {"description": row["description"]} if "description" in sent else {}
    return say({"tag": {**echo, **described, "links": links}}, 201)


async def change_tag(world: World, request: Request) -> Response:
    row, sent = _tag_or_refuse(world, request), await asked.wrapped(request, "tag")
    name = str(sent.get("tag") or row["tag"])
    if any(other["tag"].lower() == name.lower() and other is not row for other in world.tags):
        raise refusals.duplicate_title(name)
    row |= {key: str(sent[key]) for key in ("tag", "tagType", "description") if sent.get(key) is not None}
    row |= {"updated": world.now(), "is_changed": True}
    world.tags.touch(row["id"])
    return say({"tag": _shown(world, row, base_of(request))})


async def delete_tag(world: World, request: Request) -> Response:
    """It vanishes from every contact, and no stamp of theirs moves."""
    row = _tag_or_refuse(world, request)
    for worn in [worn for worn in world.contact_tags if worn["tag"] == row["id"]]:
        world.unlink(world.contact_tags, world.tags_of, "tag", worn)
    world.tags.remove(row["id"])
    return say({})


async def list_contact_tags(world: World, request: Request) -> Response:
    """The account-wide collection; filters do nothing here."""
    base = base_of(request)
    shown = [link_shapes.contact_tag(row, base) for row in asked.page(request).cut(list(world.contact_tags))]
    return collection("contactTags", shown, len(world.contact_tags))


async def get_contact_tag(world: World, request: Request) -> Response:
    id_ = request.path_params["id"]
    row = world.contact_tags.get(id_)
    if row is None:
        raise refusals.no_result("SubscriberTag", id_)
    return say({"contactTag": link_shapes.contact_tag(row, base_of(request))})


def _tag_or_refuse(world: World, request: Request) -> Row:
    id_ = request.path_params["id"]
    row = world.tags.get(id_)
    if row is None:
        raise refusals.no_result("Tag", id_)
    return row


async def assign_tag(world: World, request: Request) -> Response:
    """A tag the contact already has answers 200 with the old row and moves nothing."""
    sent = await asked.wrapped(request, "contactTag")
    contact_id, tag_id = _wanted(world, sent.get("contact"), sent.get("tag"))
    contact, base = world.contacts.rows[contact_id], base_of(request)
    known = world.tags_of[contact_id].get(tag_id)
    if known:
        return say({"contactTag": link_shapes.contact_tag(world.contact_tags.rows[known], base)})
    edits.update(world, contact, Wish(tags=(tag_id,)), Source.API)
    world.ground.journal.note_records(1)
    row = world.contact_tags.rows[world.tags_of[contact_id][tag_id]]
    contacts = [contact_shapes.full(world, contact, base)]
    return say({"contacts": contacts, "contactTag": link_shapes.contact_tag_echo(row, base)}, 201)


async def remove_tag(world: World, request: Request) -> Response:
    id_ = request.path_params["id"]
    row = world.contact_tags.get(id_)
    if row is None:
        raise refusals.no_result("SubscriberTag", id_)
    edits.update(world, world.contacts.rows[row["contact"]], Wish(tags_gone=(row["tag"],)), Source.API)
    world.ground.journal.note_records(1)
    return say({})


def add_tag(world: World, name: str, description: str = "", kind: str = "contact") -> Row:
    now, id_ = world.now(), world.next_id(world.tags)
    row = {"id": id_, "tag": name, "tagType": kind, "description": description, "created": now, "updated": now}
    world.tags.put(id_, row)
    return row


def _wanted(world: World, contact: object, tag: object) -> tuple[str, str]:
    for name, value in (("contact", contact), ("tag", tag)):
        if value in {None, ""}:
            raise refusals.tag_attribute_missing(name)
    if str(contact) not in world.contacts.rows:
        raise refusals.tag_contact_missing()
    if str(tag) not in world.tags.rows:
        raise refusals.no_result("Tag", str(tag))
    return str(contact), str(tag)


def _shown(world: World, row: Row, base: str) -> dict[str, object]:
    return catalogue_shapes.tag(row, world.subscribers_of_tag(row["id"]), base)

"""Definitions of custom fields, their options, and the lists they belong to."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, catalogue_shapes, refusals
from sandbox.activecampaign.answers import base_of, say
from sandbox.activecampaign.world import World
from sandbox.store import Row

DEFAULT_LIMIT = 100
TYPES = frozenset(
    {"text", "textarea", "date", "datetime", "dropdown", "radio", "checkbox", "listbox", "hidden", "number", "NULL"}
)

OWN = ("descript", "isrequired", "defval", "visible")
"""What a client may say of a field beside its title and type."""


async def list_fields(world: World, request: Request) -> Response:
    perstag = asked.bracketed(request, "filters").get("perstag")
    found = [row for row in world.fields if perstag in {None, row["perstag"]}]
    rows, base = asked.page(request, DEFAULT_LIMIT).cut(found), base_of(request)
    shown = [catalogue_shapes.field(row, base) for row in rows]
    meta = {"selected": None, "total": str(len(found))}
    return say({**_beside(world, rows, base), "fields": shown, "meta": meta})


async def get_field(world: World, request: Request) -> Response:
    row, base = _field_or_refuse(world, request), base_of(request)
    return say({**_beside(world, [row], base), "field": catalogue_shapes.field(row, base)})


async def create_field(world: World, request: Request) -> Response:
    sent = await asked.wrapped(request, "field")
    title = str(sent.get("title") or "")
    if not title:
        raise refusals.missing("title")
    if any(row["title"] == title for row in world.fields):
        raise refusals.duplicate_title(title)
    if sent.get("type") not in TYPES:
        raise refusals.missing("type")
    row = add_field(world, title, str(sent["type"]), perstag=str(sent.get("perstag") or ""))
    row |= {name: str(sent[name]) for name in OWN if name in sent}
    shown = catalogue_shapes.field(row, base_of(request))
    made = {name: shown[name] for name in ("perstag", "cdate", "udate", "links", "id")}
    echo = {name: sent[name] for name in ("title", "type", *OWN) if name in sent}
    return say({"field": {**echo, **catalogue_shapes.BY_THE_USER, **made, "ordernum": int(row["ordernum"])}}, 201)


async def change_field(world: World, request: Request) -> Response:
    """The personalisation tag stays what it was: a client cannot rename what mails already speak of."""
    row, sent = _field_or_refuse(world, request), await asked.wrapped(request, "field")
    title = str(sent.get("title") or row["title"])
    if any(other["title"] == title and other is not row for other in world.fields):
        raise refusals.duplicate_title(title)
    row |= {"title": title, "updated": world.now()}
    row |= {name: str(sent[name]) for name in (*OWN, "ordernum") if name in sent}
    world.fields.touch(row["id"])
    shown = catalogue_shapes.field(row, base_of(request))
    return say({"field": {name: value for name, value in shown.items() if name not in {"options", "relations"}}})


async def delete_field(world: World, request: Request) -> Response:
    """Its values go with it, from every contact, and no stamp moves."""
    remove_field(world, _field_or_refuse(world, request))
    return say({})


def remove_field(world: World, row: Row) -> None:
    for value in [value for value in world.field_values if value["field"] == row["id"]]:
        world.unlink(world.field_values, world.values_of, "field", value)
    for relation in row["relations"]:
        world.field_rels.remove(relation)
    world.field_by_perstag.pop(row["perstag"], None)
    world.fields.remove(row["id"])


def _field_or_refuse(world: World, request: Request) -> Row:
    id_ = request.path_params["id"]
    row = world.fields.get(id_)
    if row is None:
        raise refusals.no_result("Field", id_)
    return row


def add_field(world: World, title: str, kind: str, *, perstag: str = "", options: tuple[str, ...] = ()) -> Row:
    id_ = world.next_id(world.fields)
    # A tag that was given loses its blanks; one made from the title keeps them as underscores.
    tag = perstag.upper().replace(" ", "") or title.upper().replace(" ", "_")
    numbered = [(str(world.ground.store.next_number("fieldOptions")), name) for name in options]
    row = {
        "id": id_,
        "title": title,
        "type": kind,
        "perstag": tag,
        "ordernum": str(len(world.fields) + 1),
        "created": world.now(),
        "options": [{"id": number, "value": name, "label": name} for number, name in numbered],
        "relations": [],
    }
    world.fields.put(id_, row)
    world.field_by_perstag[tag] = id_
    return row


def attach(world: World, field_id: str, relid: str) -> Row:
    id_ = world.next_id(world.field_rels)
    row = {"id": id_, "field": field_id, "relid": relid, "created": world.now()}
    world.field_rels.put(id_, row)
    world.fields.rows[field_id]["relations"].append(id_)
    world.fields.touch(field_id)
    return row


def _beside(world: World, rows: list[Row], base: str) -> dict[str, Any]:
    options = [
        catalogue_shapes.option(row, option, place, base)
        for row in rows
        for place, option in enumerate(row["options"], start=1)
    ]
    relations = [catalogue_shapes.relation(world.field_rels.rows[id_]) for row in rows for id_ in row["relations"]]
    return {"fieldOptions": options, "fieldRels": relations}

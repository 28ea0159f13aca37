"""Options of custom fields, and what says on which lists a field is asked for."""

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, catalogue_shapes, refusals
from sandbox.activecampaign.answers import base_of, collection, say
from sandbox.activecampaign.fields import attach
from sandbox.activecampaign.world import World
from sandbox.store import Row


async def create_options(world: World, request: Request) -> Response:
    """Many at once, all or none."""
    sent = asked.several((await asked.body(request)).get("fieldOptions"), dict)
    for wanted in sent:
        if str(wanted.get("field")) not in world.fields.rows:
            raise refusals.no_result("Field", str(wanted.get("field")))
        if not wanted.get("value"):
            raise refusals.missing("value")
    shown = []
    for wanted in sent:
        field = world.fields.rows[str(wanted["field"])]
        option = add_option(world, field, wanted)
        whole = catalogue_shapes.option(field, option, 0, base_of(request))
        shown.append({**wanted, **{name: whole[name] for name in ("cdate", "udate", "links", "id")}})
    return say({"fieldOptions": shown}, 201)


async def get_option(world: World, request: Request) -> Response:
    field, option = _option_or_refuse(world, request.path_params["id"])
    shown = catalogue_shapes.option(field, option, field["options"].index(option) + 1, base_of(request))
    return say({"fieldOption": shown})


async def delete_option(world: World, request: Request) -> Response:
    """The only deletion that is answered with nothing at all."""
    field, option = _option_or_refuse(world, request.path_params["id"])
    field["options"].remove(option)
    world.fields.touch(field["id"])
    return Response(status_code=200)


async def list_relations(world: World, request: Request) -> Response:
    shown = [catalogue_shapes.relation(row) for row in asked.page(request).cut(list(world.field_rels))]
    return collection("fieldRels", shown, len(world.field_rels))


async def get_relation(world: World, request: Request) -> Response:
    return say({"fieldRel": catalogue_shapes.relation(_relation_or_refuse(world, request))})


async def attach_field(world: World, request: Request) -> Response:
    """A field belongs to no list until it is attached; list 0 means all of them."""
    sent = await asked.wrapped(request, "fieldRel")
    field_id = str(sent.get("field"))
    if field_id not in world.fields.rows:
        raise refusals.no_result("Field", field_id)
    shown = catalogue_shapes.relation(attach(world, field_id, str(sent.get("relid", 0))))
    made = {name: shown[name] for name in ("relid", "cdate", "links", "id")}
    return say({"fieldRel": {**made, "field": sent["field"]}}, 201)


async def detach_field(world: World, request: Request) -> Response:
    row = _relation_or_refuse(world, request)
    field = world.fields.rows[row["field"]]
    field["relations"].remove(row["id"])
    world.fields.touch(field["id"])
    world.field_rels.remove(row["id"])
    return say({})


def add_option(world: World, field: Row, wanted: Row) -> Row:
    number = str(world.ground.store.next_number("fieldOptions"))
    option = {
        "id": number,
        "value": str(wanted["value"]),
        "label": str(wanted.get("label") or wanted["value"]),
        "orderid": str(wanted.get("orderid", 0)),
        "isdefault": str(wanted.get("isdefault", 0)),
        "created": world.now(),
    }
    field["options"].append(option)
    world.fields.touch(field["id"])
    return option


def _option_or_refuse(world: World, id_: str) -> tuple[Row, Row]:
    found = next(
        ((field, option) for field in world.fields for option in field["options"] if option["id"] == id_), None
    )
    if found is None:
        raise refusals.no_result("FieldOption", id_)
    return found


def _relation_or_refuse(world: World, request: Request) -> Row:
    id_ = request.path_params["id"]
    row = world.field_rels.get(id_)
    if row is None:
        raise refusals.no_result("FieldRel", id_)
    return row


ROUTES = (
    ("POST", "/fieldOption/bulk", create_options),
    ("GET", "/fieldOptions/{id}", get_option),
    ("DELETE", "/fieldOptions/{id}", delete_option),
    ("GET", "/fieldRels", list_relations),
    ("POST", "/fieldRels", attach_field),
    ("GET", "/fieldRels/{id}", get_relation),
    ("DELETE", "/fieldRels/{id}", detach_field),
)

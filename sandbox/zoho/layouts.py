"""The layouts of a module: one each, with its fields in sections."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.zoho.answers import nothing, say
from sandbox.zoho.fields.spec import FieldSpec
from sandbox.zoho.metadata import PROFILES, field_id, shown_field
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.refusals import missing_parameter
from sandbox.zoho.staff import ADMIN
from sandbox.zoho.world import World

LAYOUT_IDS = 487600000000091001
SECTION_IDS = 487600000000092001
ADDRESS = ("Street", "City", "State", "Country", "Code", "Zip")
ALLOWED_OF_A_LAYOUT = ("edit", "rename", "clone", "downgrade", "delete", "deactivate", "set_layout_permissions")
ALLOWED_OF_A_SECTION = (
    "add_field",
    "rename",
    "change_tab_traversal",
    "reorder",
    "delete",
    "remove_field",
    "change_column_count",
)


async def list_layouts(world: World, request: Request) -> Response:
    return say({"layouts": [_layout(world, _table(world, request))]})


async def get_layout(world: World, request: Request) -> Response:
    table = _table(world, request)
    is_known = request.path_params["id"] == layout_id(world, table.module)
    return say({"layouts": [_layout(world, table)]}) if is_known else nothing()


def layout_id(world: World, module: str) -> str:
    return str(LAYOUT_IDS + 2 * list(world.tables).index(module))


def _table(world: World, request: Request) -> RecordTable:
    module = request.query_params.get("module")
    if module is None:
        raise missing_parameter("module")
    return world.table(module)


def _layout(world: World, table: RecordTable) -> dict[str, Any]:
    return {
        "id": layout_id(world, table.module),
        "api_name": "Standard",
        "name": "Standard",
        "display_label": "Standard",
        "status": "active",
        "visible": True,
        "source": "crm",
        "generated_type": "system",
        "created_for": None,
        "created_time": None,
        "created_by": None,
        "modified_time": None,
        "modified_by": {"name": ADMIN.full_name, "id": ADMIN.id},
        "has_more_profiles": False,
        "show_business_card": True,
        "actions_allowed": dict.fromkeys(ALLOWED_OF_A_LAYOUT, True),
        "profiles": [_profile(profile) for profile in PROFILES],
        "convert_mapping": _becomes(world) if table.module == "Leads" else None,
        "sections": _sections(world, table),
    }


def _profile(profile: dict[str, str]) -> dict[str, Any]:
    view = {"name": "Standard View", "id": "487600000000093001", "type": "layout"}
    return {"default": True, **profile, "_default_view": view, "_default_assignment_view": view}


def _becomes(world: World) -> dict[str, Any]:
    """What a lead of this layout is converted to; a deal's mandatory fields are named."""
    others = {
        name: {"display_label": "Standard", "name": "Standard", "id": layout_id(world, name)}
        for name in ("Contacts", "Deals", "Accounts")
    }
    deals = world.tables["Deals"]
    asked = [spec for spec in deals.spec.fields.values() if spec.is_mandatory]
    fields = [
        {
            "api_name": spec.name,
            "field_label": spec.label,
            "id": field_id(world, deals, spec.name),
            "required": True,
        }
        for spec in asked
    ]
    return {**others, "Deals": {**others["Deals"], "fields": fields}}


def _sections(world: World, table: RecordTable) -> list[dict[str, Any]]:
    names = dict.fromkeys(_section_of(table, spec) for spec in table.spec.fields.values())
    return [_section(world, table, name, place) for place, name in enumerate(names, start=1)]


def _section(world: World, table: RecordTable, name: str, place: int) -> dict[str, Any]:
    fields = [
        {**_shown(world, table, number, spec), "required": spec.is_mandatory, "sequence_number": number + 1}
        for number, spec in enumerate(table.spec.fields.values())
        if _section_of(table, spec) == name
    ]
    return {
        "id": str(SECTION_IDS + 100 * list(world.tables).index(table.module) + place),
        "api_name": name.replace(" ", "_"),
        "name": name,
        "display_label": name,
        "sequence_number": place,
        "isSubformSection": False,
        "type": "used",
        "mode": "all",
        "tab_traversal": "left_to_right",
        "column_count": 2,
        "generated_type": "default",
        "actions_allowed": dict.fromkeys(ALLOWED_OF_A_SECTION, True),
        "properties": None,
        "fields": fields,
    }


def _shown(world: World, table: RecordTable, number: int, spec: FieldSpec) -> dict[str, Any]:
    """Of mail parsers a field tells by itself alone; of the fields that hang on a choice, in its layout alone."""
    field = shown_field(world, table, spec)
    choices = [{**choice, "maps": []} for choice in field.pop("pick_list_values")]
    del field["email_parser"]
    return {**field, "pick_list_values": choices}


def _section_of(table: RecordTable, spec: FieldSpec) -> str:
    if spec.name == "Description":
        return "Description Information"
    return "Address Information" if spec.name.endswith(ADDRESS) else f"{table.spec.singular} Information"


ROUTES = (
    ("GET", "/crm/v8/settings/layouts", list_layouts),
    ("GET", "/crm/v8/settings/layouts/{id}", get_layout),
)

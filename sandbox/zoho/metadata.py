"""What the organisation tells of its modules and their fields."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.zoho.answers import nothing, say
from sandbox.zoho.convert_mapping import OF_THE_ACCOUNT, RENAMED, SAME
from sandbox.zoho.fields.spec import FieldSpec
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.refusals import missing_parameter
from sandbox.zoho.staff import ADMIN
from sandbox.zoho.world import World

PROFILES = [
    {"name": "Administrator", "id": "487600000000027001"},
    {"name": "Standard", "id": "487600000000027002"},
]
FIELD_IDS = 487600000000100000
ALWAYS: dict[str, Any] = {
    "association_details": None,
    "auto_number": {},
    "businesscard_supported": False,
    "colour_code_enabled_by_system": False,
    "created_source": "default",
    "currency": {},
    "email_parser": {"fields_update_supported": False, "record_operations_supported": False},
    "enable_colour_code": False,
    "external": None,
    "filterable": True,
    "formula": {},
    "global_picklist": None,
    "history_tracking": None,
    "history_tracking_enabled": False,
    "multi_module_lookup": {},
    "multiselectlookup": {},
    "pick_list_values_sorted_lexically": False,
    "private": None,
    "profiles": [],
    "public": False,
    "range": None,
    "rollup_summary": {},
    "searchable": True,
    "separator": False,
    "sortable": True,
    "tooltip": None,
    "type": "used",
    "virtual_field": False,
    "visible": True,
    "webhook": True,
}


async def list_fields(world: World, request: Request) -> Response:
    module = request.query_params.get("module")
    if module is None:
        raise missing_parameter("module")
    if request.query_params.get("type") == "unused":
        return nothing()
    table = world.table(module)
    shown = [shown_field(world, table, field) for field in table.spec.fields.values()]
    return say({"fields": shown})


async def list_modules(world: World, _request: Request) -> Response:
    return say({"modules": [_module(world, table, place) for place, table in enumerate(world.tables.values())]})


async def get_module(world: World, request: Request) -> Response:
    asked = request.path_params["module"]
    table = world.table(next((name for name in world.tables if module_id(world, name) == asked), asked))
    return say({"modules": [_module(world, table, list(world.tables).index(table.module))]})


def module_id(world: World, module: str) -> str:
    return str(487600000000002001 + 2 * list(world.tables).index(module))


def field_id(world: World, table: RecordTable, name: str) -> str:
    number = table.spec.fields[name].number
    place = list(table.spec.fields).index(name) if number is None else number
    return str(FIELD_IDS + 1000 * list(world.tables).index(table.module) + place)


def shown_field(world: World, table: RecordTable, field: FieldSpec) -> dict[str, Any]:
    is_unique = field.name in world.unique_fields(table)
    number = int(field_id(world, table, field.name))
    return {
        **ALWAYS,
        "id": str(number),
        "api_name": field.name,
        "field_label": field.label,
        "display_label": field.label,
        "data_type": field.kind,
        "json_type": field.json_type,
        "length": field.length,
        "custom_field": field.is_custom,
        "system_mandatory": field.is_mandatory,
        "read_only": False,
        "field_read_only": not field.is_writable,
        "operation_type": {
            "web_update": field.is_writable,
            "api_create": field.is_writable,
            "web_create": field.is_writable,
            "api_update": field.is_writable,
        },
        "view_type": {"view": True, "edit": field.is_writable, "quick_create": field.is_mandatory, "create": True},
        "unique": {"casesensitive": "0"} if is_unique else {},
        "lookup": _lookup(world, field),
        "pick_list_values": _choices(number, field),
        "convert_mapping": _mapping(table.module, field.name),
        "decimal_place": 2 if field.json_type == "double" else None,
        "mass_update": field.is_writable and not is_unique,
        "display_field": field.name == table.spec.title_field,
        "display_type": -1,
        "ui_type": 1,
    }


def _lookup(world: World, field: FieldSpec) -> dict[str, Any]:
    if field.lookup is None:
        return {}
    number = module_id(world, field.lookup) if field.lookup in world.tables else "487600000000004001"
    module = {"api_name": field.lookup, "crypt": False, "id": number}
    return {"display_label": field.label, "api_name": field.name, "module": module, "id": "487600000000005001"}


def _mapping(module: str, name: str) -> dict[str, str | None]:
    """What a field of a lead becomes when the lead is converted."""
    if module != "Leads":
        return {"Contacts": None, "Deals": None, "Accounts": None}
    contact = name if name in SAME else RENAMED.get(name)
    return {"Contacts": contact, "Deals": None, "Accounts": OF_THE_ACCOUNT.get(name)}


def _choices(number: int, field: FieldSpec) -> list[dict[str, Any]]:
    return [
        {
            "display_value": choice,
            "actual_value": choice,
            "reference_value": choice,
            "type": "used",
            "id": str(number * 10 + place)[-18:],
            "sequence_number": place + 1,
            "colour_code": None,
        }
        for place, choice in enumerate(field.choices)
    ]


def _module(world: World, table: RecordTable, place: int) -> dict[str, Any]:
    spec = table.spec
    return {
        "id": module_id(world, spec.name),
        "api_name": spec.name,
        "module_name": spec.name,
        "singular_label": spec.singular,
        "plural_label": spec.name,
        "generated_type": "default",
        "sequence_number": place + 1,
        "api_supported": True,
        "global_search_supported": True,
        "public_fields_configured": False,
        "recycle_bin_on_delete": True,
        "has_more_profiles": False,
        "sub_menu_available": True,
        "profile_count": len(PROFILES),
        "profiles": PROFILES,
        "description": None,
        "creatable": True,
        "editable": True,
        "deletable": True,
        "viewable": True,
        "convertable": spec.name == "Leads",
        "status": "visible",
        "modified_by": {"name": ADMIN.full_name, "id": ADMIN.id},
        "modified_time": None,
    }

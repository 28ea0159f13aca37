"""The API's call that converts a lead, and the one that tells beforehand whom it may become.

What is made is the matter of `conversion`.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.store import Row
from sandbox.zoho.answers import error, nothing, say, success, verdicts
from sandbox.zoho.bodies import Body, read_body, records_in, trigger_in
from sandbox.zoho.conversion import Choice, convert_lead, known_account, known_contact
from sandbox.zoho.edits import API
from sandbox.zoho.fields.choices import PIPELINES, STAGES
from sandbox.zoho.judging import values_to_store
from sandbox.zoho.metadata import field_id
from sandbox.zoho.refusals import RefusalError, RefusedRecord, at
from sandbox.zoho.staff import active_user
from sandbox.zoho.struck import demand_unstruck
from sandbox.zoho.world import World

DEMANDED_OF_A_DEAL = ("Deal_Name", "Closing_Date", "Stage", "Pipeline")
TAGGED = ("Contacts", "Accounts", "Deals")


async def convert(world: World, request: Request) -> Response:
    lead = world.tables["Leads"].get(request.path_params["id"])
    if lead is None:
        raise _nobody()
    if lead["Converted__s"]:
        raise RefusalError(400, "ID_ALREADY_CONVERTED", "id already converted", {"resource_path_index": 1})
    world.ground.journal.note_records(1)
    body = await read_body(request) if await request.body() else {}
    wish: Body = records_in(body)[0] if "data" in body else {}
    try:
        demand_unstruck(world, request.method, request.url.path, {}, 0, held=lead)
        deal, choice = _deal(world, wish.get("Deals")), _choice(world, wish, lead)
        made = convert_lead(world, lead, replace(API, trigger=trigger_in(body)), deal, choice)
    except RefusedRecord as refused:
        return verdicts([refused.item])
    return say({"data": [success("The record has been converted successfully", made)]})


async def show_options(world: World, request: Request) -> Response:
    """The contact and the account the lead would be joined with, and by which of their fields they were found."""
    lead = world.tables["Leads"].get(request.path_params["id"])
    if lead is None:
        raise _nobody()
    if lead["Converted__s"]:
        return nothing()
    contact, account = known_contact(world, lead), known_account(world, lead)
    matched = {
        **({"Contacts": [_matched(world, "Contacts", "Email", lead["Email"])]} if contact and lead["Email"] else {}),
        **({"Accounts": [_matched(world, "Accounts", "Account_Name", lead["Company"])]} if account else {}),
    }
    options = {
        "module_preference": None,
        "Contacts": [_shown_contact(contact)] if contact else None,
        "Accounts": [_shown_account(account)] if account else None,
        "preference_field_matched_value": matched or None,
        "modules_with_multiple_layouts": None,
    }
    return say({"__conversion_options": options})


def _nobody() -> RefusalError:
    return RefusalError(400, "INVALID_DATA", "the id given seems to be invalid", {"resource_path_index": 1})


def _deal(world: World, said: object) -> Mapping[str, Any] | None:
    if not isinstance(said, Mapping):
        return None
    for name in DEMANDED_OF_A_DEAL:
        if said.get(name) is None:
            raise RefusedRecord(error("MANDATORY_NOT_FOUND", "required field not found", at(f"Deals.{name}", 0)))
    if said["Stage"] not in STAGES and said["Pipeline"] in PIPELINES:
        details = {**at("Deals.Stage", 0), "mapped_field": "Pipeline"}
        raise RefusedRecord(error("MAPPING_MISMATCH", "the stage given does not belong to the pipeline", details))
    return values_to_store(world, world.tables["Deals"], said, 0, held=None)


def _choice(world: World, wish: Body, lead: Row) -> Choice:
    for name in ("overwrite", "notify_lead_owner", "notify_new_entity_owner", "add_to_existing_record"):
        if not isinstance(wish.get(name, False), bool):
            raise RefusedRecord(error("INVALID_DATA", "invalid data", {"expected_data_type": "boolean", **at(name, 0)}))
    return Choice(
        contact=_there(world, wish, "Contacts"),
        account=_there(world, wish, "Accounts"),
        owner=_owner(wish),
        overwrites=wish.get("overwrite", False),
        tags=_tags(wish, lead),
    )


def _there(world: World, wish: Body, module: str) -> Row | None:
    """The record that is named to be joined with; a plain id is understood as well."""
    said = wish.get(module)
    if said is None:
        return None
    row = world.tables[module].get(_id_in(said))
    if row is None:
        raise RefusedRecord(error("INVALID_DATA", "the id given seems to be invalid", at(module, 0)))
    return row


def _owner(wish: Body) -> Row | None:
    if wish.get("assign_to") is None:
        return None
    user = active_user(_id_in(wish["assign_to"]))
    if user is None:
        raise RefusedRecord(error("INVALID_DATA", "the id given seems to be invalid", at("assign_to", 0)))
    return dict(user.named)


def _id_in(said: object) -> str:
    return str(said.get("id")) if isinstance(said, Mapping) else str(said)


def _tags(wish: Body, lead: Row) -> Mapping[str, list[Row]]:
    """Tags go along as far as they are asked for, and as the lead has them."""
    said = wish.get("carry_over_tags")
    named = said if isinstance(said, Mapping) else {}
    wanted = {module: {_name_in(tag) for tag in named.get(module) or ()} for module in TAGGED}
    return {module: [tag for tag in lead["Tag"] or () if tag["name"] in wanted[module]] for module in TAGGED}


def _name_in(tag: object) -> str:
    return str(tag.get("name")) if isinstance(tag, Mapping) else str(tag)


def _matched(world: World, module: str, name: str, value: object) -> dict[str, Any]:
    table = world.tables[module]
    spec, is_unique = table.spec.fields[name], name in world.unique_fields(table)
    shown = {"api_name": name, "field_label": spec.label, "unique": is_unique, "id": field_id(world, table, name)}
    return {"field": shown, "matched_lead_value": str(value)}


def _shown_contact(row: Row) -> dict[str, Any]:
    account = row.get("Account_Name")
    return {
        "Full_Name": row["Full_Name"],
        "Email": row["Email"],
        "Locked__s": bool(row.get("Locked__s")),
        "Account_Name": {**account, "Locked__s": False} if account else None,
        "$editable": True,
        "id": row["id"],
        "$approval_state": "approved",
        "Data_Processing_Basis": None,
    }


def _shown_account(row: Row) -> dict[str, Any]:
    return {
        "Phone": row["Phone"],
        "Account_Type": None,
        "Website": row["Website"],
        "Account_Name": row["Account_Name"],
        "$editable": True,
        "Locked__s": False,
        "$approval_state": "approved",
        "id": row["id"],
    }


ROUTES = (
    ("POST", "/crm/v8/Leads/{id}/actions/convert", convert),
    ("GET", "/crm/v8/Leads/{id}/__conversion_options", show_options),
)

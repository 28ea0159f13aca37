"""Companies, and which contact belongs to which: read here, made on the vendor's screens."""

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, catalogue_shapes, link_shapes, refusals
from sandbox.activecampaign.answers import base_of, collection, say
from sandbox.activecampaign.world import World


async def list_accounts(world: World, request: Request) -> Response:
    sought = request.query_params.get("search", "").lower()
    found = [row for row in world.accounts if sought in row["name"].lower()]
    shown = [catalogue_shapes.account(row, base_of(request)) for row in asked.page(request).cut(found)]
    return collection("accounts", shown, len(found))


async def get_account(world: World, request: Request) -> Response:
    id_ = request.path_params["id"]
    row = world.accounts.get(id_)
    if row is None:
        raise refusals.no_result("CustomerAccount", id_)
    return say({"account": catalogue_shapes.account(row, base_of(request))})


async def list_account_contacts(world: World, request: Request) -> Response:
    """Both filters work here."""
    filters = asked.bracketed(request, "filters")
    wanted_contact, wanted_account = filters.get("contact"), filters.get("account")
    found = [
        row
        for row in world.contacts
        if row["account"] and wanted_contact in {None, row["id"]} and wanted_account in {None, row["account"]}
    ]
    shown = [link_shapes.account_contact(row, base_of(request)) for row in asked.page(request).cut(found)]
    return collection("accountContacts", shown, len(found))

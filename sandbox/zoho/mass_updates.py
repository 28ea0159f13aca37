"""The same values for up to five hundred records, with a verdict on each."""

from starlette.requests import Request
from starlette.responses import Response

from sandbox.zoho.answers import Item
from sandbox.zoho.bodies import Body, read_body, records_in
from sandbox.zoho.refusals import RefusalError, too_many
from sandbox.zoho.world import World
from sandbox.zoho.writes import Batch, update_record, update_records

MOST_IDS = 500


async def mass_update(world: World, request: Request) -> Response:
    """Records are named by their ids; views and criteria, which the vendor makes jobs of, are not taken."""
    body = await read_body(request)
    ids = body.get("ids")
    if not isinstance(ids, list) or not ids:
        details = {"api_name": "ids", "json_path": "$.ids"}
        raise RefusalError(400, "MANDATORY_NOT_FOUND", "required field not found", details)
    if len(ids) > MOST_IDS:
        raise too_many("ids", MOST_IDS)
    values = records_in(body)[0]
    return update_records(world, request, body, [{**values, "id": id_} for id_ in ids], _update_one)


def _update_one(batch: Batch, record: Body, place: int) -> Item:
    """Told as of any update, but for the state of an approval."""
    item = update_record(batch, record, place)
    details = {name: value for name, value in item["details"].items() if name != "$approval_state"}
    return {**item, "details": details}


ROUTES = (("POST", "/crm/v8/{module}/actions/mass_update", mass_update),)

"""Handing batches over, and asking what became of them."""

from asyncio import get_running_loop

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign.answers import say
from sandbox.activecampaign.bulk import batches
from sandbox.activecampaign.bulk.reading import Reason, RefusedImportError, read_import
from sandbox.activecampaign.bulk.work import carry_out_what_is_due
from sandbox.activecampaign.world import World

INVALID = "JSON payload did not pass validation. Please fix failure reasons and retry. Nothing was queued."
MARGIN_SECONDS = 0.05


async def import_contacts(world: World, request: Request) -> Response:
    """A request that breaks a limit gets a 400 like any other refusal, not a 429."""
    try:
        said = read_import(await request.body())
    except RefusedImportError as refusal:
        return _refused(INVALID, refusal.reasons)
    limit = batches.throttled_at(world, len(said.contacts))
    if limit is not None:
        return _refused("Rate limit exceeded.", [f"Up to {limit} imports may be requested per minute."])
    batch = batches.queue(world, said)
    world.ground.journal.note_records(batch["size"])
    _wake_when_due(world)
    counted = {"Success": 1, "queued_contacts": batch["size"]}
    return say({**counted, "batchId": batch["id"], "message": "Contact import queued"})


async def list_imports(world: World, _request: Request) -> Response:
    rows = list(batches.shelf_of(world))
    waiting, done = [row for row in rows if not row["is_done"]], [row for row in rows if row["is_done"]]
    return say({"outstanding": batches.by_day(waiting), "recentlyCompleted": batches.by_day(done)})


async def import_info(world: World, request: Request) -> Response:
    """A batch nobody knows looks like one that has no status yet."""
    id_ = request.query_params.get("batchId")
    if not id_:
        return say({"success": 0, "message": "'batchId' is a required field."}, 400)
    row = batches.shelf_of(world).get(id_)
    if row is None:
        return say({"status": False, "success": [], "failure": []})
    return say({"status": batches.status(world, row), "success": row["success"], "failure": row["failure"]})


def _refused(message: str, reasons: list[Reason]) -> Response:
    return say({"success": 0, "message": message, "failureReasons": reasons}, 400)


def _wake_when_due(world: World) -> None:
    """Every call looks for due batches; this is for the client that only waits to be called back."""

    def wake() -> None:
        carry_out_what_is_due(world)
        world.ground.store.flush()

    get_running_loop().call_later(world.ground.settings["bulk_import_seconds"] + MARGIN_SECONDS, wake)


ROUTES = (
    ("POST", "/import/bulk_import", import_contacts),
    ("GET", "/import/bulk_import", list_imports),
    ("GET", "/import/info", import_info),
)

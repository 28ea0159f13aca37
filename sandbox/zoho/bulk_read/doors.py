"""The doors to bulk reads: a job begun, looked after, and its result taken home."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from sandbox.store import Row
from sandbox.zoho.answers import error, say
from sandbox.zoho.bodies import read_body
from sandbox.zoho.bulk_read.jobs import job_of, shown, state_of, take_on
from sandbox.zoho.bulk_read.results import zipped
from sandbox.zoho.bulk_read.wishes import wish_in
from sandbox.zoho.refusals import RefusalError
from sandbox.zoho.stamps import parsed
from sandbox.zoho.world import World

DOWNLOADS = "bulk read downloads"
MINUTE = timedelta(minutes=1)
MOST_DOWNLOADS = 10
"""Of results, in a minute."""


async def begin(world: World, request: Request) -> Response:
    job = take_on(world, wish_in(world, await read_body(request)))
    details = {name: job[name] for name in ("id", "operation", "created_by", "created_time")}
    said = {"status": "success", "code": "ADDED_SUCCESSFULLY", "message": "Added successfully."}
    return say({"data": [{**said, "details": {**details, "state": state_of(world, job)}}], "info": {}}, 201)


async def look(world: World, request: Request) -> Response:
    job = _demanded(world, request)
    return say({"data": [shown(world, job)]})


async def take_home(world: World, request: Request) -> Response:
    job = _demanded(world, request)
    if job["csv"] is None:
        raise _not_there(job["id"])
    if not _is_allowed(world):
        return say(error("TOO_MANY_REQUESTS", "too many downloads within a minute"), 429)
    headers = {"content-type": "application/zip", "content-disposition": f"attachment; filename={job['id']}.zip"}
    return Response(zipped(job["id"], job["csv"]), headers=headers)


def _demanded(world: World, request: Request) -> Row:
    job = job_of(world, request.path_params["id"])
    if job is None:
        raise _not_there(request.path_params["id"])
    return job


def _not_there(id_: str) -> RefusalError:
    return RefusalError(404, "RESOURCE_NOT_FOUND", "resource not found", {"resource": id_})


def _is_allowed(world: World) -> bool:
    shelf, now = world.ground.store.shelf(DOWNLOADS), world.ground.clock.now()
    earlier = [at for at in (shelf.get("latest") or {"at": []})["at"] if now - (parsed(at) or now) < MINUTE]
    if len(earlier) >= MOST_DOWNLOADS and world.ground.settings["limits"]:
        return False
    shelf.put("latest", {"at": [*earlier, now.isoformat()]})
    return True


ROUTES = (
    ("POST", "/crm/bulk/v8/read", begin),
    ("GET", "/crm/bulk/v8/read/{id}", look),
    ("GET", "/crm/bulk/v8/read/{id}/result", take_home),
)

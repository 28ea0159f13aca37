"""Scores and their values read through the API, which cannot change them."""

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import asked, refusals
from sandbox.activecampaign.answers import base_of, collection, say
from sandbox.activecampaign.scores import shapes
from sandbox.activecampaign.world import World


async def list_scores(world: World, request: Request) -> Response:
    rows = list(world.scores)
    return collection("scores", [shapes.score(row) for row in asked.page(request).cut(rows)], len(rows))


async def get_score(world: World, request: Request) -> Response:
    id_ = request.path_params["id"]
    row = world.scores.get(id_)
    if row is None:
        raise refusals.no_result("Score", id_)
    return say({"score": shapes.score(row)})


async def list_values(world: World, request: Request) -> Response:
    rows, base = list(world.score_values), base_of(request)
    shown = [shapes.value(row, base) for row in asked.page(request).cut(rows)]
    return collection("scoreValues", shown, len(rows))


async def get_value(world: World, request: Request) -> Response:
    id_ = request.path_params["id"]
    row = world.score_values.get(id_)
    if row is None:
        raise refusals.no_result("ScoreValue", id_)
    return say({"scoreValue": shapes.value(row, base_of(request))})


ROUTES = (
    ("GET", "/scores", list_scores),
    ("GET", "/scores/{id}", get_score),
    ("GET", "/scoreValues", list_values),
    ("GET", "/scoreValues/{id}", get_value),
)

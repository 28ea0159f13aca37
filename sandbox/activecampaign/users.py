"""The one user the practice token belongs to; what a client asks to check its credentials."""

from starlette.requests import Request
from starlette.responses import Response

from sandbox.activecampaign import catalogue_shapes, refusals
from sandbox.activecampaign.answers import base_of, collection, say
from sandbox.activecampaign.world import World


async def me(_world: World, request: Request) -> Response:
    return say({"user": catalogue_shapes.user(base_of(request))})


async def list_users(_world: World, request: Request) -> Response:
    return collection("users", [catalogue_shapes.user(base_of(request))], 1)


async def get_user(_world: World, request: Request) -> Response:
    """By id, user name or e-mail address, whichever the path ends in."""
    user = catalogue_shapes.user(base_of(request))
    [(kind, wanted)] = request.path_params.items()
    if user[kind] != wanted:
        raise refusals.no_result("User", wanted)
    return say({"user": user})


async def root(_world: World, _request: Request) -> Response:
    """Older clients check their credentials here."""
    return say({})


ROUTES = (
    ("GET", "/", root),
    ("GET", "/users/me", me),
    ("GET", "/users", list_users),
    ("GET", "/users/{id}", get_user),
    ("GET", "/users/email/{email}", get_user),
    ("GET", "/users/username/{username}", get_user),
)

"""Access tokens for the integration's refresh token: an hour each, ten in ten minutes, fifteen alive at a time.

Refusals come with 200 and a word in the body, as the vendor's do.
"""

from datetime import datetime, timedelta
from secrets import token_hex

from starlette.requests import Request
from starlette.responses import Response

from sandbox.calls import AsgiApp, Receive, Scope, Send
from sandbox.store import Row
from sandbox.zoho.answers import error, say
from sandbox.zoho.scopes import GRANTED, may
from sandbox.zoho.world import World

CLIENT_ID = "1000.PRACTICE"
CLIENT_SECRET = "practice-zoho-secret"  # noqa: S105 - the published password of a practice organisation
REFRESH_TOKEN = "1000.practice.refresh"  # noqa: S105 - the same
LIFE = timedelta(hours=1)
WINDOW = timedelta(minutes=10)
MOST_IN_WINDOW = 10
MOST_ALIVE = 15
SHELF = "access tokens"
SCHEME = "Zoho-oauthtoken "


async def give_token(world: World, request: Request) -> Response:
    form = await request.form()
    said = {**request.query_params, **{name: value for name, value in form.items() if isinstance(value, str)}}
    if word := _refusal(said):
        return say({"error": word})
    if _is_asked_too_often(world):
        return say(
            {
                "error_description": "You have made too many requests continuously. Please try again after some time.",
                "error": "Access Denied",
                "status": "failure",
            },
            400,
        )
    base = f"{request.url.scheme}://{request.url.netloc}"
    granted = {"scope": " ".join(world.ground.settings["scopes"]), "api_domain": base}
    return say({"access_token": _issue(world), **granted, "token_type": "Bearer", "expires_in": 3600})


async def revoke_token(world: World, request: Request) -> Response:
    form = await request.form()
    token = str(request.query_params.get("token") or form.get("token") or "")
    known = world.ground.store.shelf(SHELF).get(token)
    if known is None:
        return say({"error": "invalid_token"})
    _kill(world, token)
    return say({"status": "success"})


def good_token(world: World, token: str) -> Row | None:
    row = world.ground.store.shelf(SHELF).get(token)
    is_good = row is not None and row["alive"] and _issued(row) + LIFE > world.ground.clock.now()
    return row if is_good else None


class TokenDoor:
    """Lets calls with a living access token through to the API; the accounts pages are open."""

    def __init__(self, inside: AsgiApp, world: World) -> None:
        self._inside = inside
        self._world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = None if scope["path"].startswith("/oauth/") else self._refusal(scope)
        # What one call changes is told of together.
        with self._world.news.together():
            await (refusal or self._inside)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        header = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"authorization"), None)
        if header is None:
            return say(error("AUTHENTICATION_FAILURE", "Authentication failed"), 401)
        token = good_token(self._world, header.removeprefix(SCHEME)) if header.startswith(SCHEME) else None
        if token is None:
            return say(error("INVALID_TOKEN", "invalid oauth token"), 401)
        if not may(scope["method"], scope["path"], frozenset(token.get("scopes", GRANTED))):
            return say(error("OAUTH_SCOPE_MISMATCH", "Unauthorized"), 401)
        return None


def _refusal(said: dict[str, str]) -> str | None:
    if said.get("grant_type") != "refresh_token":
        return "invalid_grant_type"
    if said.get("client_id") != CLIENT_ID:
        return "invalid_client"
    if said.get("client_secret") != CLIENT_SECRET:
        return "invalid_client_secret"
    return None if said.get("refresh_token") == REFRESH_TOKEN else "invalid_code"


def _is_asked_too_often(world: World) -> bool:
    since = world.ground.clock.now() - WINDOW
    issued = sum(_issued(row) > since for row in world.ground.store.shelf(SHELF))
    return issued >= MOST_IN_WINDOW and bool(world.ground.settings["limits"])


def _issue(world: World) -> str:
    now = world.ground.clock.now()
    shelf = world.ground.store.shelf(SHELF)
    for token in [token for token, row in shelf.rows.items() if _issued(row) + LIFE <= now]:
        shelf.remove(token)
    alive = [token for token, row in shelf.rows.items() if row["alive"]]
    # The shelf keeps them in the order they were given.
    for token in alive[: max(0, len(alive) - MOST_ALIVE + 1)]:
        _kill(world, token)
    token = f"1000.{token_hex(16)}.{token_hex(16)}"
    shelf.put(token, {"issued": now.isoformat(), "alive": True, "scopes": list(world.ground.settings["scopes"])})
    return token


def _kill(world: World, token: str) -> None:
    # The row stays until its hour is over: it still counts among the tokens of the last ten minutes.
    shelf = world.ground.store.shelf(SHELF)
    shelf.rows[token]["alive"] = False
    shelf.touch(token)


def _issued(row: Row) -> datetime:
    return datetime.fromisoformat(row["issued"])

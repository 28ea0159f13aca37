"""The accounts pages, where tokens are bought and revoked, and the door that asks for one.

Refusals come with 200 and a word in the body, as the vendor's do.
"""

from starlette.requests import Request
from starlette.responses import Response

from sandbox.calls import AsgiApp, Receive, Scope, Send
from sandbox.zoho import tokens
from sandbox.zoho.answers import error, say
from sandbox.zoho.scopes import GRANTED, may
from sandbox.zoho.world import World

CLIENT_ID = "1000.PRACTICE"
CLIENT_SECRET = "practice-zoho-secret"  # noqa: S105 - the published password of a practice organisation
REFRESH_TOKEN = "1000.practice.refresh"  # noqa: S105 - the same
SCHEME = "Zoho-oauthtoken "
REFRESHING, AUTHORISED = "refresh_token", "authorization_code"
TOO_OFTEN = {
    "error_description": "You have made too many requests continuously. Please try again after some time.",
    "error": "Access Denied",
    "status": "failure",
}


async def give_token(world: World, request: Request) -> Response:
    said = await _said(request)
    if word := _refusal(world, said):
        return say({"error": word})
    if tokens.is_asked_too_often(world):
        tokens.note_refusal(world)
        return say(TOO_OFTEN, world.ground.settings["token_refusal_status"])
    if said["grant_type"] == AUTHORISED and not tokens.takes_grant(world, said.get("code", "")):
        return say({"error": "invalid_code"})
    bought = {}
    if said["grant_type"] == AUTHORISED:
        tokens.set_refresh(world, is_good=True)
        bought = {"refresh_token": REFRESH_TOKEN}
    base = f"{request.url.scheme}://{request.url.netloc}"
    granted = {"scope": " ".join(world.ground.settings["scopes"]), "api_domain": base}
    return say({"access_token": tokens.issue(world), **bought, **granted, "token_type": "Bearer", "expires_in": 3600})


async def revoke_token(world: World, request: Request) -> Response:
    """Of an access token, or of the refresh token with all that came from it."""
    token = (await _said(request)).get("token", "")
    if token == REFRESH_TOKEN:
        tokens.set_refresh(world, is_good=False)
    elif tokens.tokens(world).get(token) is None:
        return say({"error": "invalid_token"})
    else:
        tokens.kill(world, [token])
    return say({"status": "success"})


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
        said = header.removeprefix(SCHEME)
        token = tokens.good_token(self._world, said) if header.startswith(SCHEME) else None
        if token is None:
            return say(error("INVALID_TOKEN", "invalid oauth token"), 401)
        if not may(scope["method"], scope["path"], frozenset(token.get("scopes", GRANTED))):
            return say(error("OAUTH_SCOPE_MISMATCH", "Unauthorized"), 401)
        return None


async def _said(request: Request) -> dict[str, str]:
    """The form's fields, which may as well stand in the query."""
    form = await request.form()
    return {**request.query_params, **{name: value for name, value in form.items() if isinstance(value, str)}}


def _refusal(world: World, said: dict[str, str]) -> str | None:
    if said.get("grant_type") not in {REFRESHING, AUTHORISED}:
        return "invalid_grant_type"
    if said.get("client_id") != CLIENT_ID:
        return "invalid_client"
    if said.get("client_secret") != CLIENT_SECRET:
        return "invalid_client_secret"
    if said["grant_type"] == AUTHORISED:
        return None
    is_good = said.get("refresh_token") == REFRESH_TOKEN and tokens.is_refresh_good(world)
    return None if is_good else "invalid_code"

"""Who may sign in and do what, changed by the people whose data it is: tokens revoked, scopes taken and given."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.crm import RefusedEditError
from sandbox.store import Row
from sandbox.zoho import tokens
from sandbox.zoho.world import World

Body = Mapping[str, Any]


def revoke_token(world: World, body: Body) -> Row:
    """All access tokens die; with `refresh`, the refresh token they came from is good no more either."""
    if body.get("refresh"):
        tokens.set_refresh(world, is_good=False)
    else:
        tokens.kill(world, list(tokens.tokens(world).rows))
    return {"ok": True}


def give_token(world: World, _body: Body) -> Row:
    """The refresh token is good again."""
    tokens.set_refresh(world, is_good=True)
    return {"ok": True}


def authorise(world: World, _body: Body) -> Row:
    """A person agrees: the code buys a refresh token once, within three minutes."""
    return {"code": tokens.grant(world)}


def take_scope(world: World, body: Body) -> Row:
    """`scope` is gone from what was granted, and from the tokens that are alive."""
    scope, granted = str(body["scope"]), _granted(world)
    if scope not in granted:
        raise RefusedEditError(f"{scope} was not granted; {', '.join(granted)} were")
    return _set(world, [each for each in granted if each != scope])


def give_scope(world: World, body: Body) -> Row:
    return _set(world, list(dict.fromkeys([*_granted(world), str(body["scope"])])))


def _granted(world: World) -> list[str]:
    return list(world.ground.settings["scopes"])


def _set(world: World, scopes: list[str]) -> Row:
    world.ground.change_settings(scopes=scopes)
    shelf = tokens.tokens(world)
    for token, row in shelf.rows.items():
        row["scopes"] = scopes
        shelf.touch(token)
    return {"scopes": scopes}


DEEDS: Mapping[str, Callable[[World, Body], Row]] = {
    "revoke_token": revoke_token,
    "give_token": give_token,
    "authorise": authorise,
    "take_scope": take_scope,
    "give_scope": give_scope,
}

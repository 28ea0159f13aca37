"""Access tokens as the organisation keeps them: who was given which, how many lately, and which are good.

An hour each, ten in ten minutes, fifteen alive at a time; how a refusal is said is the door's matter.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from secrets import token_hex

from sandbox.limits import WindowKind
from sandbox.store import Row, Shelf
from sandbox.zoho.world import World

LIFE = timedelta(hours=1)
LIFE_OF_A_GRANT = timedelta(minutes=3)
WINDOW = timedelta(minutes=10)
MOST_IN_WINDOW = 10
MOST_ALIVE = 15
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
REFRESH = "refresh"


def good_token(world: World, token: str) -> Row | None:
    row = tokens(world).get(token)
    is_good = row is not None and row["alive"] and _at(row) + LIFE > world.ground.clock.now()
    return row if is_good else None


def issue(world: World) -> str:
    """A new token; the oldest dies when there are too many."""
    now, shelf, granted = world.ground.clock.now(), tokens(world), list(world.ground.settings["scopes"])
    _forget(shelf, now - LIFE)
    alive = [token for token, row in shelf.rows.items() if row["alive"]]
    # The shelf keeps them in the order they were given.
    kill(world, alive[: max(0, len(alive) - MOST_ALIVE + 1)])
    token = f"1000.{token_hex(16)}.{token_hex(16)}"
    shelf.put(token, {"issued": now.isoformat(), "alive": True, "scopes": granted})
    return token


def kill(world: World, some: Iterable[str]) -> None:
    """The rows stay until their hour is over: they still count among the tokens of the last ten minutes."""
    for token in some:
        tokens(world).rows[token]["alive"] = False
        tokens(world).touch(token)


def is_asked_too_often(world: World) -> bool:
    since = _window_began(world)
    asked = [*tokens(world), *(_refused(world) if world.ground.settings["refused_tokens_count"] else ())]
    return bool(world.ground.settings["limits"]) and sum(_at(row) > since for row in asked) >= MOST_IN_WINDOW


def note_refusal(world: World) -> None:
    now, shelf = world.ground.clock.now(), _refused(world)
    _forget(shelf, now - WINDOW)
    shelf.put(token_hex(8), {"issued": now.isoformat()})


def grant(world: World) -> str:
    """A code that buys tokens once, within three minutes."""
    code = f"1000.{token_hex(16)}.{token_hex(16)}"
    _grants(world).put(code, {"issued": world.ground.clock.now().isoformat()})
    return code


def takes_grant(world: World, code: str) -> bool:
    """Whether the code was good; it is not any more."""
    row = _grants(world).get(code)
    if row is None:
        return False
    _grants(world).remove(code)
    return _at(row) + LIFE_OF_A_GRANT > world.ground.clock.now()


def is_refresh_good(world: World) -> bool:
    row = _refresh(world).get(REFRESH)
    return row is None or bool(row["alive"])


def set_refresh(world: World, *, is_good: bool) -> None:
    """A refresh token takes all its access tokens with it."""
    _refresh(world).put(REFRESH, {"alive": is_good})
    if not is_good:
        kill(world, list(tokens(world).rows))


def tokens(world: World) -> Shelf:
    return world.ground.store.shelf("access tokens")


def _refused(world: World) -> Shelf:
    return world.ground.store.shelf("refused tokens")


def _grants(world: World) -> Shelf:
    return world.ground.store.shelf("grants")


def _refresh(world: World) -> Shelf:
    return world.ground.store.shelf("refresh tokens")


def _window_began(world: World) -> datetime:
    now, kind = world.ground.clock.now(), world.ground.settings["token_window"]
    # What was given at the very border belongs to the fixed window that begins there.
    return now - (now - EPOCH) % WINDOW - timedelta(microseconds=1) if kind == WindowKind.FIXED else now - WINDOW


def _forget(shelf: Shelf, oldest: datetime) -> None:
    for key in [key for key, row in shelf.rows.items() if _at(row) <= oldest]:
        shelf.remove(key)


def _at(row: Row) -> datetime:
    return datetime.fromisoformat(row["issued"])

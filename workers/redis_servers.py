"""How Redis is reached: one server, or whichever the Sentinels name as master at the moment.

With Sentinels the address names all of them, as Celery writes it, and `BATON_REDIS_MASTER` says whose master is asked:
`sentinel://:password@one:26379/0;sentinel://:password@two:26379/0`. The password is that of the master.
"""

from collections.abc import Mapping
from urllib.parse import SplitResult, unquote, urlsplit

import redis
from redis.sentinel import Sentinel

from config.problems import NotUsable, Problem
from workers.transport import TRANSPORT

SCHEME = "sentinel://"
SENTINEL_PORT = 26379


def transport(url: str, master: str | None) -> Mapping[str, object]:
    """What kombu is told. Raises NotUsable when Sentinels are named and no master."""
    return TRANSPORT | {"master_name": _named(master)} if url.startswith(SCHEME) else TRANSPORT


def redis_client(url: str, master: str | None, *, patience: float = 15) -> redis.Redis:
    """The way of budgets and copies; `patience` in seconds bounds every command. Raises NotUsable, as above."""
    if not url.startswith(SCHEME):
        return redis.Redis.from_url(url, socket_timeout=patience, socket_connect_timeout=5)
    parts = [urlsplit(part.strip()) for part in url.split(";")]
    addresses = [(part.hostname or "localhost", part.port or SENTINEL_PORT) for part in parts]
    sentinels = Sentinel(addresses, socket_timeout=patience, socket_connect_timeout=5)  # type: ignore[no-untyped-call] # not typed by redis
    found: redis.Redis = sentinels.master_for(_named(master), **_account(parts[0]))  # type: ignore[no-untyped-call] # the same
    return found


def _named(master: str | None) -> str:
    if master is None:
        advice = "Set it to the name they know their master by."
        raise NotUsable([Problem("environment", None, "BATON_REDIS_MASTER", "is needed with Sentinels.", advice)])
    return master


def _account(part: SplitResult) -> dict[str, str | int]:
    told = {"username": unquote(part.username or ""), "password": unquote(part.password or "")}
    return {"db": int(part.path.strip("/") or 0), **{name: value for name, value in told.items() if value}}

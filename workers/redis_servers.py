"""How Redis is reached: one server, or whichever the Sentinels name as master at the moment.

With Sentinels the address names all of them, as Celery writes it, and `BATON_REDIS_MASTER` says whose master is asked:
`sentinel://:password@one:26379/0;sentinel://:password@two:26379/0`. The password is that of the master.
"""

from collections.abc import Mapping
from urllib.parse import SplitResult, unquote, urlsplit

import redis
from redis.sentinel import Sentinel

from workers.transport import TRANSPORT

SENTINEL_PORT = 26379


class NoMasterError(Exception):
    """The address names Sentinels and nothing says whose master is meant; told without the address."""

    def __init__(self) -> None:
        super().__init__("BATON_REDIS_URL names Sentinels: set BATON_REDIS_MASTER to the name they know the master by.")


def transport(master: str | None) -> Mapping[str, object]:
    """What kombu is told; one failover pauses the fleet until the Sentinels agree and repeats what was unacknowledged."""
    return TRANSPORT | ({"master_name": master} if master else {})


def client(url: str, master: str | None, *, patience: float = 15) -> redis.Redis:
    """Budgets' and copies' way to Redis; `patience` in seconds bounds every command."""
    if not url.startswith("sentinel://"):
        return redis.Redis.from_url(url, socket_timeout=patience, socket_connect_timeout=5)
    if master is None:
        raise NoMasterError
    named = [urlsplit(part.strip()) for part in url.split(";")]
    addresses = [(part.hostname or "localhost", part.port or SENTINEL_PORT) for part in named]
    found = Sentinel(addresses, socket_timeout=patience, socket_connect_timeout=5)
    return found.master_for(master, redis_class=redis.Redis, **_account(named[0]))


def _account(part: SplitResult) -> dict[str, object]:
    told = {"username": unquote(part.username or ""), "password": unquote(part.password or "")}
    return {"db": int(part.path.strip("/") or 0), **{name: value for name, value in told.items() if value}}

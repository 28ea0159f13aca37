"""A private server that speaks Redis' protocol: append-only file, never evicts, loopback only, a made-up password."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import redis

from console.embedded.child import Command
from console.embedded.ports import LOOPBACK, any_free_port, is_free
from console.embedded.redis_program import fake_server, redis_program
from console.embedded.secret import secret_in, write_private
from console.embedded.server import PrivateServer, running
from console.embedded.trouble import StartError

SETTINGS = {
    "bind": LOOPBACK,
    "protected-mode": "yes",
    "daemonize": "no",
    "save": '""',
    "tcp-backlog": "128",
    # Queues lie in here: losing a key to make room would be losing work.
    "maxmemory-policy": "noeviction",
}
DURABLE = {"appendonly": "yes", "appendfsync": "everysec"}
FORGETFUL = {"appendonly": "no"}
STOP = ((signal.SIGTERM, timedelta(seconds=15)), (signal.SIGKILL, timedelta(seconds=5)))


@contextmanager
def private_redis(directory: Path, *, fast: bool = False, port: int | None = None) -> Iterator[str]:
    """A running server whose data lies in `directory/redis`; ends with the block. `fast` keeps nothing: for tests."""
    with running(prepare_redis(directory, port or any_free_port(), fast=fast), directory / "redis.log") as url:
        yield url


def prepare_redis(directory: Path, port: int, *, fast: bool = False) -> PrivateServer:
    if not is_free(port):
        raise StartError(f"port {port} is in use by another program: end that, or delete {directory / 'ports.json'}")
    data = directory / "redis"
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    program = redis_program()
    if program is None:
        return pretended(directory, port)
    password = secret_in(directory / "redis-password")
    settings = SETTINGS | (FORGETFUL if fast else DURABLE) | {"port": str(port), "dir": f'"{data.resolve()}"'}
    config = data / "redis.conf"
    # Not on the command line: everybody on the machine can read that.
    lines = [f"{name} {value}" for name, value in settings.items()] + [f"requirepass {password}"]
    write_private(config, "\n".join(lines) + "\n")
    url = f"redis://:{password}@{LOOPBACK}:{port}/0"
    command = Command("redis", (str(program), str(config)), stop=STOP, orphaned=signal.SIGTERM)
    return PrivateServer(command, url, lambda: pongs(url), directory / "redis.pid")


def pretended(directory: Path, port: int) -> PrivateServer:
    url = f"redis://{LOOPBACK}:{port}/0"
    command = Command("redis", fake_server(port))
    warning = "no redis-server on this machine: an imitation in Python stands in, slow and forgetful, for trying only"
    return PrivateServer(command, url, lambda: pongs(url), directory / "redis.pid", warning)


def pongs(url: str) -> bool:
    try:
        with redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5) as client:
            return bool(client.ping())
    except redis.AuthenticationError as error:
        raise StartError("another Redis with another password took our port: try again") from error
    except redis.RedisError:
        return False

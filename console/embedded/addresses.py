"""Which servers are used: those whose address is in the environment, else private ones."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from console.embedded.postgres import private_postgres
from console.embedded.redis import private_redis

DATABASE_URL = "BATON_DATABASE_URL"
REDIS_URL = "BATON_REDIS_URL"


@contextmanager
def database(directory: Path, *, environ: Mapping[str, str], fast: bool = False) -> Iterator[str]:
    given = environ.get(DATABASE_URL)
    if given:
        yield given
        return
    with private_postgres(directory, fast=fast) as url:
        yield url


@contextmanager
def broker(directory: Path, *, environ: Mapping[str, str], fast: bool = False) -> Iterator[str]:
    given = environ.get(REDIS_URL)
    if given:
        yield given
        return
    with private_redis(directory, fast=fast) as url:
        yield url

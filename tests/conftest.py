"""What many tests stand on: one private PostgreSQL and one private Redis per run, and waiting with a bound."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from console.embedded.addresses import broker, database

# A busy machine is no reason for an example to fail.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seeds", type=int, default=20, help="how many seeds each fault of `make chaos` is tried with")
    parser.addoption("--minutes", type=float, default=5, help="how long people and faults rage in the scenario")
    parser.addoption("--seed", type=int, default=1, help="the seed of the scenario")


GIVEN = dict(os.environ)
"""As the run began: commands called in a test may add addresses of servers that are gone by now."""


@pytest.fixture(autouse=True)
def same_environment() -> Iterator[None]:
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="session")
def servers_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("servers")


@pytest.fixture(scope="session")
def database_url(servers_folder: Path) -> Iterator[str]:
    """BATON_DATABASE_URL, else a private PostgreSQL that lives as long as the run. What is in it is shared."""
    with database(servers_folder, environ=GIVEN, fast=True) as url:
        yield url


@pytest.fixture(scope="session")
def redis_url(servers_folder: Path) -> Iterator[str]:
    """BATON_REDIS_URL, else a private Redis that lives as long as the run. What is in it is shared."""
    with broker(servers_folder, environ=GIVEN, fast=True) as url:
        yield url


@pytest.fixture
def eventually() -> Callable[..., None]:
    """Waits until a question is answered with yes; fails when that takes too long."""

    def wait(is_so: Callable[[], object], *, seconds: float = 15) -> None:
        deadline = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < deadline, f"not so after {seconds} s"
            time.sleep(0.02)

    return wait

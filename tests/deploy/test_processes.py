import urllib.request
from pathlib import Path

import pytest

from console.embedded.ports import any_free_port

HERE = Path(__file__).parent


@pytest.fixture
def argv(services):
    def of(name):
        return (
            services[name]["command"].split()
            if isinstance(services[name]["command"], str)
            else services[name]["command"]
        )

    return of


@pytest.mark.processes
def test_what_compose_starts_comes_up_and_its_health_is_told(argv, start, run, eventually, surroundings):
    assert run(argv("migrate")) == (0, "the tables are up to date\n")
    start(argv("upkeep"))
    start(argv("beat"))

    eventually(lambda: run(["baton", "health", "worker"])[0] == 0, seconds=20)
    eventually(lambda: run(["baton", "health", "beat", "--within", "10"])[0] == 0, seconds=20)

    print(run(["baton", "health", "worker"]), run(["baton", "health", "beat"]), run(["baton", "health", "fleet"]))
    assert 0

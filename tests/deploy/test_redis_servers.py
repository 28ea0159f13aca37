"""One Redis, or the master that Sentinels name: asked of real servers."""

import subprocess

import pytest
import redis

from config.problems import NotUsable
from console.embedded.ports import any_free_port
from console.embedded.redis_program import redis_program
from workers.redis_servers import redis_client, transport
from workers.transport import TRANSPORT

PROGRAM = redis_program()


@pytest.fixture
def serve(tmp_path):
    """`serve(lines, …)`: a server with this configuration; ended with the test."""
    started = []

    def begin(lines, *words):
        port = any_free_port()
        folder = tmp_path / str(port)
        folder.mkdir()
        config = folder / "server.conf"
        config.write_text("\n".join(["bind 127.0.0.1", f"port {port}", *lines]) + "\n")
        argv = [str(PROGRAM), str(config), *words]
        started.append(subprocess.Popen(argv, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        return port

    yield begin
    for process in started:
        process.kill()
        process.wait()


def answers(client):
    try:
        return client.ping()
    except redis.RedisError:
        return False


@pytest.mark.processes
@pytest.mark.skipif(PROGRAM is None, reason="no program that speaks Redis' protocol is installed here")
def test_the_master_is_found_through_its_sentinels(serve, eventually):
    master = serve(['save ""', "requirepass a-password"])
    named = [f"sentinel monitor baton 127.0.0.1 {master} 1", "sentinel auth-pass baton a-password"]
    sentinel = serve(named, "--sentinel")
    # The first of them is away, as one may be.
    url = f"sentinel://:a-password@127.0.0.1:1/3;sentinel://:a-password@127.0.0.1:{sentinel}/3"

    with redis_client(url, "baton") as client:
        eventually(lambda: answers(client))
        client.set("seen", "yes")

    with redis_client(f"redis://:a-password@127.0.0.1:{master}/3", None) as direct:
        assert direct.get("seen") == b"yes"


def test_sentinels_without_a_master_are_told_by_the_setting_and_without_the_address():
    with pytest.raises(NotUsable, match="BATON_REDIS_MASTER") as told:
        redis_client("sentinel://:a-password@127.0.0.1:1/0", None)

    assert "a-password" not in str(told.value)
    with pytest.raises(NotUsable, match="BATON_REDIS_MASTER"):
        transport("sentinel://:a-password@127.0.0.1:1/0", None)


def test_kombu_is_told_of_the_master_only_where_there_is_one_to_find():
    assert transport("redis://127.0.0.1/0", "left over") == TRANSPORT
    assert transport("sentinel://127.0.0.1/0", "baton") == {**TRANSPORT, "master_name": "baton"}

"""The private Redis: keeps its data, evicts nothing, lets no stranger in, ends without a trace."""

import socket
import stat

import pytest
import redis

from console.embedded import redis_program
from console.embedded.addresses import broker
from console.embedded.ports import any_free_port, is_free
from console.embedded.redis import prepare_redis, pretended, private_redis
from console.embedded.server import running, start_server
from console.embedded.trouble import StartError


@pytest.fixture
def client():
    clients = []

    def connect(url):
        clients.append(redis.Redis.from_url(url, decode_responses=True))
        return clients[-1]

    yield connect
    for each in clients:
        each.close()


def test_what_was_queued_is_there_after_a_restart(tmp_path, client):
    with private_redis(tmp_path) as url:
        client(url).lpush("queue", "nudge")

    with private_redis(tmp_path) as url:
        assert client(url).rpop("queue") == "nudge"


def test_queues_are_never_evicted_and_written_every_second(tmp_path, client):
    with private_redis(tmp_path) as url:
        settings = client(url).config_get("maxmemory-policy", "appendonly", "appendfsync")

    assert settings == {"maxmemory-policy": "noeviction", "appendonly": "yes", "appendfsync": "everysec"}


def test_nobody_gets_in_without_the_password(tmp_path, client):
    with private_redis(tmp_path, fast=True) as url:
        stranger = client("redis://" + url.partition("@")[2])

        with pytest.raises(redis.AuthenticationError):
            stranger.ping()


def test_the_password_lies_in_files_only_the_owner_can_read(tmp_path):
    with private_redis(tmp_path, fast=True):
        modes = {
            stat.S_IMODE(path.stat().st_mode)
            for path in (tmp_path / "redis-password", tmp_path / "redis" / "redis.conf")
        }

    assert modes == {0o600}


def test_nothing_listens_after_the_end(tmp_path):
    port = any_free_port()

    with private_redis(tmp_path, fast=True, port=port):
        during = is_free(port)

    assert (during, is_free(port)) == (False, True)


def test_a_busy_port_is_told_with_the_way_out(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(StartError, match=f"port {port} is in use by another program"):
            prepare_redis(tmp_path, port)


def test_a_server_that_was_left_behind_is_ended_before_the_next_start(tmp_path, client):
    left = start_server(prepare_redis(tmp_path, any_free_port()), tmp_path / "redis.log")

    with private_redis(tmp_path) as url:
        assert client(url).ping()
        assert left.process.wait(timeout=10) == 0


def test_an_address_in_the_environment_wins_and_nothing_is_started(tmp_path):
    with broker(tmp_path, environ={"BATON_REDIS_URL": "redis://elsewhere"}) as url:
        assert url == "redis://elsewhere"

    assert list(tmp_path.iterdir()) == []


def test_without_a_program_an_imitation_stands_in_and_says_so(tmp_path, client):
    server = pretended(tmp_path, any_free_port())

    with running(server, tmp_path / "redis.log") as url:
        client(url).set("key", "value")

        assert client(url).get("key") == "value"
    assert "for trying only" in server.warning


def test_the_packaged_program_is_preferred():
    assert redis_program.redis_program() == redis_program.packaged_program()


def test_the_runs_own_server_answers(redis_url, client):
    assert client(redis_url).ping()

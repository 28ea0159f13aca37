"""docker-compose.yml says what the code does, and gives each service no more than it needs."""

import shutil
import subprocess
from datetime import timedelta

import pytest

from config.settings import SECRETS, Settings
from console.cli.health import health
from console.cli.main import COMMANDS
from workers.lifecycle import SOFT_SHUTDOWN
from workers.queues import WORK_QUEUES
from workers.transport import VISIBILITY

SERVERS = {"redis", "postgres"}


def option(argv, name):
    return argv[argv.index(name) + 1]


@pytest.fixture(scope="session")
def ours(services):
    return {name: service for name, service in services.items() if name not in SERVERS}


@pytest.fixture(scope="session")
def workers(services, argv):
    """Service → the words of its worker."""
    return {name: argv(name) for name in services if argv(name)[:4] == ["celery", "-A", "workers.app", "worker"]}


def test_every_queue_is_taken_by_exactly_one_service(workers):
    taken = [queue for words in workers.values() for queue in option(words, "-Q").split(",")]

    assert sorted(taken) == sorted(queue.name for queue in WORK_QUEUES)


def test_every_queue_has_the_pool_that_suits_it(workers):
    pools = {queue: option(words, "-P") for words in workers.values() for queue in option(words, "-Q").split(",")}

    assert pools == {queue.name: queue.pool for queue in WORK_QUEUES}


def test_no_worker_serves_a_live_lane_and_a_bulk_lane(workers):
    lanes = [{queue.endswith(".bulk") for queue in option(words, "-Q").split(",")} for words in workers.values()]

    assert all(len(lane) == 1 for lane in lanes)


def test_workers_are_named_after_their_service(workers):
    assert {name: option(words, "-n") for name, words in workers.items()} == {name: f"{name}@%h" for name in workers}


def test_what_is_started_exists(ours, argv):
    programs = {name: argv(name) for name in ours}

    assert {words[0] for words in programs.values()} == {"celery", "baton"}
    assert {words[1] for words in programs.values() if words[0] == "baton"} <= set(COMMANDS)


def test_every_service_tells_its_health(services):
    told = {name: service["healthcheck"] for name, service in services.items() if name != "migrate"}

    assert all(check["test"] and check["interval"] and check["timeout"] and check["retries"] for check in told.values())
    assert services["migrate"]["healthcheck"] == {"disable": True}


def test_our_healthchecks_are_commands_of_ours(ours):
    asked = [service["healthcheck"]["test"] for name, service in ours.items() if name != "migrate"]

    assert {tuple(words[:3]) for words in asked} == {("CMD", "baton", "health")}
    assert {words[3] for words in asked} == {"worker", "beat", "web"}
    assert {words[3] for words in asked} <= set(health.commands)


def test_everything_that_dies_is_started_again(services):
    policies = {name: service["restart"] for name, service in services.items()}

    assert {name for name, policy in policies.items() if policy != "unless-stopped"} == {"migrate"}


def test_workers_are_given_more_time_than_their_soft_shutdown_and_one_call(services, workers):
    deadline = Settings().write.call_deadline
    grace = {name: timedelta(seconds=int(services[name]["stop_grace_period"].rstrip("s"))) for name in workers}

    assert all(period > SOFT_SHUTDOWN + deadline for period in grace.values())
    assert {services[name]["environment"]["REMAP_SIGTERM"] for name in workers} == {"SIGQUIT"}


def test_nothing_is_published_beyond_this_machine(services):
    published = [port for service in services.values() for port in service.get("ports", [])]

    assert len(published) == 2
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_the_servers_see_the_fleet_and_nothing_else(services, compose):
    assert {tuple(services[name]["networks"]) for name in SERVERS} == {("servers",)}
    assert compose["networks"]["servers"]["internal"] is True


def test_every_container_is_as_poor_as_it_can_be(services):
    for service in services.values():
        assert service["read_only"] is True
        assert service["init"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["mem_limit"]
        assert service["logging"]["options"]["max-size"]
        assert "privileged" not in service


def test_what_a_person_wrote_is_mounted_read_only(services):
    binds = [
        mount
        for service in services.values()
        for mount in service["volumes"]
        if isinstance(mount, dict) and mount["type"] == "bind"
    ]

    assert binds
    assert all(mount["read_only"] is True for mount in binds)


def test_a_secret_file_is_a_setting_and_is_given_to_the_service_that_names_it(ours, compose):
    known = {f"BATON_{name.upper()}_FILE" for name in (*SECRETS, "flower_login")}

    for service in ours.values():
        named = {name: path for name, path in service["environment"].items() if name.endswith("_FILE")}
        assert set(named) <= known
        assert {path.removeprefix("/run/secrets/") for path in named.values()} == set(service["secrets"])
        assert set(service["secrets"]) <= set(compose["secrets"])


def test_no_secret_stands_in_an_environment_or_a_command(ours):
    settings = {f"BATON_{name.upper()}" for name in Settings.model_fields}

    for service in ours.values():
        plain = {name for name in service["environment"] if not name.endswith("_FILE")}
        assert plain <= settings | {"REMAP_SIGTERM"}
        assert not plain & {f"BATON_{name.upper()}" for name in SECRETS}
        assert "://" not in str(service["command"])


def test_flower_has_the_broker_and_nothing_of_the_vendors(services):
    assert services["flower"]["secrets"] == ["redis_url", "flower_login"]
    assert services["flower"]["volumes"] == []


def test_redis_keeps_what_it_is_given_and_shows_no_password(services):
    words = " ".join(services["redis"]["command"])

    assert "--appendonly yes --appendfsync everysec --maxmemory-policy noeviction" in words
    assert "requirepass" not in words


def test_deliveries_survive_a_new_container(services):
    kept = [mount["target"] for mount in services["web"]["volumes"] if mount["type"] == "volume"]

    assert kept == [services["web"]["environment"]["BATON_STATE_DIR"]]
    assert kept[0] not in services["web"]["tmpfs"]


def test_nothing_works_before_the_tables_are_there(ours):
    waits = {name: service["depends_on"] for name, service in ours.items() if name not in ("migrate", "flower")}

    assert all(
        depends["migrate"] == {"condition": "service_completed_successfully"}
        and all(depends[server] == {"condition": "service_healthy"} for server in SERVERS)
        for depends in waits.values()
    )


SHOW = """
from workers.app import app
app.loader.import_default_modules()
from workers.window import app as window
for each in (app, window):
    print(each.conf.visibility_timeout, each.conf.broker_transport_options["visibility_timeout"])
print(app.conf.worker_soft_shutdown_timeout, app.conf.task_retry_on_worker_lost, app.tasks["sync.record"].max_retries)
"""


def test_celery_knows_one_visibility_timeout_and_ends_what_kills_its_worker(run):
    code, told = run(["python", "-c", SHOW])

    assert code == 0, told
    assert told.splitlines() == [f"{VISIBILITY} {VISIBILITY}"] * 2 + [f"{SOFT_SHUTDOWN.total_seconds()} True 3"]


@pytest.mark.skipif(shutil.which("docker-compose") is None, reason="docker-compose is not installed here")
def test_docker_compose_understands_the_file(tmp_path):
    done = subprocess.run(["docker-compose", "config", "--quiet"], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")

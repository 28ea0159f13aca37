"""Workers killed and Redis wiped amid a first sync: nothing is lost, and by the journals nothing doubles."""

import os
import random
import signal
from collections import Counter

import psycopg
import pytest
import redis

from benchmarks.fleet import fleet
from console.embedded.addresses import DATABASE_URL, REDIS_URL
from console.up.processes import PROCESSES

PEOPLE = 150
IMPATIENT = {
    "BATON_SYNC__LEASE": "2",
    "BATON_SYNC__SWEEP": "0.5",
    "BATON_SYNC__NUDGE_AGAIN": "2",
    "BATON_WRITE__CALL_DEADLINE": "2",
    "BATON_WRITE__UNCERTAIN_GRACE": "1",
    "BATON_WRITE__IDS_PER_MINUTE": "600",
    "BATON_PULL__ACTIVECAMPAIGN_CHANGES": "1",
    "BATON_PULL__ZOHO_CHANGES": "1",
    "BATON_PULL__ZOHO_DELETIONS": "2",
    "BATON_PULL__ZOHO_DEALS": "2",
}
SWITCHES = {"latency_ms": 40}


@pytest.fixture(scope="module")
def practised(tmp_path_factory):
    """Servers and practice CRMs that stand through all rounds; workers and data are new in each."""
    with fleet(tmp_path_factory.mktemp("fleet"), people=0, processes=(), environment=IMPATIENT) as made:
        yield made


@pytest.fixture
def round_of(practised):
    """`round_of(seed)`: everything empty again, the practice CRMs filled anew, workers and beat started."""

    def begin(seed):
        stop(practised)
        with psycopg.connect(practised.environment[DATABASE_URL]) as tx:
            tables = tx.execute(
                "SELECT string_agg(tablename, ', ') FROM pg_tables"
                " WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
            ).fetchone()[0]
            tx.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
        wipe(practised)
        for practice in (practised.activecampaign, practised.zoho):
            practice.client.delete(f"{practice.url}/_sandbox/faults")
            practice.post("reset", people=PEOPLE, seed=seed)
            practice.settings(**SWITCHES)
        practised.zoho.settings(search_lag_seconds=300)
        lose_an_answer(practised.zoho, "POST /crm/v8/Leads*")
        lose_an_answer(practised.activecampaign, "POST /api/3/contacts")
        practised.start(PROCESSES)
        return practised

    yield begin
    stop(practised)


def lose_an_answer(practice, route):
    practice.post("faults", kind="timeout_after_effect", route=route, nth=1, times=1, hold_seconds=20)


def stop(made):
    for child in made.children.values():
        os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()
    made.children.clear()


def wipe(made):
    with redis.Redis.from_url(made.environment[REDIS_URL]) as client:
        client.flushall()


def kill(made, name):
    child = made.children[name]
    os.killpg(child.process.pid, signal.SIGKILL)
    child.process.wait()
    made.start([process for process in PROCESSES if process.name == name])


def strike(made, blow):
    if blow == "redis":
        wipe(made)
    else:
        kill(made, blow)


def calls_so_far(made):
    return len(made.zoho.calls()) + len(made.activecampaign.calls())


def pytest_generate_tests(metafunc):
    seeds = metafunc.config.getoption("--seeds")
    metafunc.parametrize("seed", range(1, seeds + 1))


@pytest.mark.processes
@pytest.mark.chaos
@pytest.mark.timeout(600)
@pytest.mark.parametrize("blow", ["worker-sync", "worker-waiting", "worker-activecampaign", "beat", "redis"])
def test_a_blow_after_the_kth_call_loses_nothing_and_doubles_nothing(round_of, blow, seed):
    made = round_of(seed)
    before = people_by_address(made)
    kth = random.Random(f"{blow}{seed}").randint(2, 14)  # noqa: S311 - repeatable by seed, and no secret
    made.until(lambda: calls_so_far(made) >= kth, f"call {kth}", seconds=60)

    assert not made.status().is_in_step, "the blow must fall while there is work"
    strike(made, blow)
    made.until_in_step(seconds=240)

    judge(made, before)


@pytest.mark.processes
@pytest.mark.chaos
@pytest.mark.timeout(600)
def test_stopping_and_starting_ends_in_the_same_state_as_not_stopping(round_of, seed):
    made = round_of(seed)
    kth = random.Random(f"stop{seed}").randint(2, 14)  # noqa: S311 - repeatable by seed, and no secret
    made.until(lambda: calls_so_far(made) >= kth, f"call {kth}", seconds=60)
    assert not made.status().is_in_step, "the stop must fall while there is work"
    for child in made.children.values():
        child.stop()
    made.start(PROCESSES)
    made.until_in_step(seconds=240)
    stopped = state_of(made)

    undisturbed = round_of(seed)
    undisturbed.until_in_step(seconds=240)

    assert sorted(stopped ^ state_of(undisturbed), key=str) == []


SHOWN = ("First_Name", "Last_Name", "Email", "Phone", "Lifecycle_Stage", "Marketing_Consent")


def state_of(made):
    """What both sides show, without what no two runs share: ids, stamps and owners."""
    contacts = {row["id"]: row for row in made.activecampaign.records("contact")}
    records = {
        (module, address(contacts.get(record.get("ActiveCampaign_ID"), {})), *(str(record.get(name)) for name in SHOWN))
        for module in ("Leads", "Contacts")
        for record in made.zoho.records(module)
    }
    return records | set(map(shown, contacts.values())) | set(made.status().people.items())


def shown(contact):
    names = ("email", "firstName", "lastName", "phone")
    return "contact", *(contact[name] for name in names), str(contact["fields"].get("LIFECYCLE_STAGE"))


def people_by_address(made):
    zoho = Counter(address(record) for module in ("Leads", "Contacts") for record in made.zoho.records(module))
    return {"zoho": zoho, "activecampaign": Counter(map(address, made.activecampaign.records("contact")))}


def address(record):
    return (record.get("Email") or record.get("email") or "").strip().lower()


def judge(made, before):
    """What the practice CRMs were really told."""
    status = made.status()
    assert status.unexplained == 0
    assert status.dead_letters == 0
    ids = Counter(
        record["ActiveCampaign_ID"]
        for module in ("Leads", "Contacts")
        for record in made.zoho.records(module)
        if record.get("ActiveCampaign_ID")
    )
    assert [id_ for id_, times in ids.items() if times > 1] == []
    for crm, after in people_by_address(made).items():
        assert {who: times for who, times in after.items() if times > max(1, before[crm][who])} == {}
    for practice in (made.zoho, made.activecampaign):
        judge_what_it_was_told(practice)


def judge_what_it_was_told(practice):
    effects = [effect for effect in practice.effects() if effect["actor"] == "api"]
    assert [effect for effect in effects if effect["op"] == "update" and not effect["changed"]] == []
    told = Counter((effect["op"], effect["id"], str(sorted(effect["values"].items()))) for effect in effects)
    assert [what for what, times in told.items() if times > 1] == []
    assert [effect["id"] for effect in effects if effect["op"] == "delete"] == []
    assert practice.get("faults")["faults"][0]["fired"] == 1

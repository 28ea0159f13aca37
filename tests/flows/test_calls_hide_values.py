"""A whole flow with canaries: secrets stand nowhere in clear, and personal values only where they are kept for that."""

import json

import pytest
from celery import Celery
from sqlalchemy import text

from config.practice import CREDENTIALS
from tasks import pull as pull_tasks
from tasks import sync as sync_tasks
from tasks import upkeep as upkeep_tasks
from tasks import write as write_tasks
from tasks.base import EngineTask

CANARY = "quetzalcanary"
QUEUES = ("pull", "sync", "sync.bulk", "write", "write.bulk", "upkeep", "automation")
PERSONAL = {
    ("people", "email"),
    ("mirror", "row"),
    ("mirror", "email"),
    ("memberships", "base"),
    ("outbox", "values"),
    ("outbox", "agreed"),
    ("personal_values", "data"),
    ("conflicts", "sides"),
}
"""The columns that are there to hold personal values, and that erasing a person blanks."""
_HOLDS = 'SELECT EXISTS (SELECT 1 FROM "{table}" WHERE strpos(lower("{column}"::text), :needle) > 0)'
STAGES = {
    "pull.page": pull_tasks.page,
    "fetch.records": pull_tasks.records,
    "sync.record": sync_tasks.record,
    "write.flush": write_tasks.flush_writes,
    "write.look_up": write_tasks.look_up_writes,
}


@pytest.fixture
def world(make_world, caplog):
    caplog.set_level("DEBUG")
    return make_world(people=3)


@pytest.fixture
def queues(world):
    app = Celery("hiding", broker="memory://", set_as_current=True)
    app.conf.task_create_missing_queues = True
    EngineTask.engine_for = staticmethod(lambda _connection: world.engine)
    taken(app)
    yield app
    app.close()


def taken(app):
    """All messages that wait, whole: headers, arguments and their printed form."""
    messages = []
    with app.connection_for_read() as connection:
        for name in QUEUES:
            queue = connection.SimpleQueue(name)
            while queue.qsize():
                message = queue.get_nowait()
                messages.append((message.headers, message.payload))
                message.ack()
            queue.close()
    return messages


def run(task, *args, **named):
    task.apply(args=("demo", *args), kwargs=named, throw=True)


def work(app, world):
    """What the workers would do with these ticks; every message there was."""
    for stream in world.engine.streams:
        run(pull_tasks.tick, str(stream), every=0.001)
    run(upkeep_tasks.sweep_outbox, every=0.001)
    run(upkeep_tasks.sweep_inbox, every=0.001)
    seen, messages = [], taken(app)
    for _ in range(12):
        seen += messages
        for headers, (args, named, _) in messages:
            STAGES[headers["task"]].apply(args=args, kwargs=named, throw=True)
        messages = taken(app)
    return seen


def columns_holding(world, needle):
    """Every column of every table that shows it as text."""
    with world.engine.intake.desk.engine.connect() as tx:
        columns = tx.execute(
            text("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")
        ).all()
        return {
            (table, column)
            for table, column in columns
            if tx.execute(
                text(_HOLDS.format(table=table, column=column)),
                {"needle": needle.lower()},
            ).scalar()
        }


def secrets(world):
    engine = world.engine
    with engine.intake.desk.engine.connect() as tx:
        sealed = tx.execute(text("SELECT sealed FROM tokens")).scalar_one()
    access = json.loads(engine.calls.seal.decrypt(sealed))["access"]
    return [access, CREDENTIALS["token"], CREDENTIALS["client_secret"], CREDENTIALS["refresh_token"]]


def newcomer(world, name):
    values = {"email": f"{name}@{CANARY}.example", "firstName": CANARY.title(), "lastName": f"{CANARY}{name}"}
    world.activecampaign.post("people/create", module="contact", values=values)


@pytest.fixture
def seen(world, queues):
    """A life with troubles: creates, a refused one, an edit, calls that vanish, a page of HTML instead of an answer."""
    faults = [
        ("reject", "POST /crm/v8/Leads*", {"field": "Last_Name", "nth": 1, "times": 1}),
        ("login_page", "POST /crm/v8/coql", {"nth": 3, "times": 1}),
        ("status", "GET /api/3/contacts", {"status": 503, "nth": 4, "times": 1}),
        ("reset", "PUT /crm/v8/Leads*", {"nth": 1, "times": 1}),
    ]
    messages = work(queues, world)
    for kind, route, more in faults:
        world.zoho.post("faults", kind=kind, route=route, **more)
        world.activecampaign.post("faults", kind=kind, route=route, **more)
    for name in ("one", "two"):
        newcomer(world, name)
        messages += work(queues, world)
    for contact in world.activecampaign.records("contact"):
        world.activecampaign.post("people/edit", module="contact", id=contact["id"], values={"phone": CANARY})
    return messages + work(queues, world)


def test_personal_values_stand_in_their_own_columns_and_nowhere_else(world, seen, caplog):
    holding = columns_holding(world, CANARY)

    assert {("mirror", "row"), ("people", "email"), ("outbox", "values")} <= holding
    assert holding - PERSONAL == set()
    assert [message for message in seen if CANARY in json.dumps(message, default=str).lower()] == []
    assert CANARY not in "\n".join(ours(caplog)).lower()


def test_secrets_stand_nowhere_in_clear(world, seen, caplog):
    found = {secret: columns_holding(world, secret) for secret in secrets(world)}

    assert [columns for columns in found.values() if columns] == []
    assert [secret for secret in found if secret in json.dumps(seen, default=str)] == []
    assert [secret for secret in found if secret in "\n".join(ours(caplog))] == []


def test_the_calls_of_that_life_are_kept_and_hold_what_was_said(world, seen):
    with world.engine.intake.desk.engine.connect() as tx:
        person = tx.execute(
            text("SELECT person_id FROM mirror WHERE email = :email"), {"email": f"two@{CANARY}.example"}
        ).scalars()
        story = world.engine.calls.of_person(next(iter(person)), now=world.engine.now())
        outcomes = set(tx.execute(text("SELECT outcome FROM call_counts")).scalars())

    assert outcomes == {"ok", "unreachable", "uncertain"}
    assert CANARY in " ".join(str(call.exchange.request.items) for call in story.calls)


def ours(caplog):
    """What a worker would log; the practice CRMs and the test's own client are not Baton."""
    return [
        record.getMessage()
        for record in caplog.records
        if not record.name.startswith(("sandbox", "httpx", "httpcore", "asyncio"))
    ]

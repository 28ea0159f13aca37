"""Every API call is counted, those that wrote or failed are kept, and none of it stands in the way of the work."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from baton.adapters.database import call_story
from baton.adapters.database.calls import REST
from baton.adapters.database.connecting import Desk, connect
from baton.domain.calls import Call, Outcome
from baton.domain.papers import INSEPARABLE
from baton.domain.records import Crm
from baton.domain.runs import RunFilter
from tasks import upkeep
from tasks.base import EngineTask

CREDITS_LEFT = b"x-api-credits-remaining"
"""Zoho's own word on it, once half of a day's are used."""


@pytest.fixture
def world(make_world):
    made = make_world(people=10)
    made.cycle()
    return made


@pytest.fixture
def ask(world):
    """Rows of a query, as plain tuples."""

    def rows(statement, **values):
        with world.engine.intake.desk.engine.begin() as tx:
            result = tx.execute(text(statement), values)
            return [tuple(row) for row in result] if result.returns_rows else []

    return rows


@pytest.fixture
def lead(world):
    return next(row for row in world.zoho.records("Leads") if row.get("ActiveCampaign_ID"))


@pytest.fixture
def calls(world, ask):
    """The kept calls of whoever a Zoho lead belongs to."""

    def of(lead):
        person = ask("SELECT person_id FROM mirror WHERE ref = :ref", ref=f"zoho:Leads:{lead['id']}")[0][0]
        return world.engine.calls.of_person(person, now=world.engine.now())

    return of


def rename(world, lead, title):
    values = {"fields": {"JOB_TITLE": title}}
    world.activecampaign.post("people/edit", module="contact", id=lead["ActiveCampaign_ID"], values=values)


def test_every_write_that_was_done_has_its_call(ask):
    unaccounted = ask("""
        SELECT o.id FROM outbox o WHERE o.state = 'done'
          AND NOT EXISTS (SELECT 1 FROM calls c WHERE c.outbox_ids @> ARRAY[o.id] AND c.outcome = 'ok')
    """)

    assert ask("SELECT count(*) > 0 FROM outbox WHERE state = 'done'") == [(True,)]
    assert unaccounted == []


def test_reads_that_went_well_are_only_counted(ask):
    assert ask("SELECT count(*) FROM calls WHERE endpoint = 'POST /coql'") == [(0,)]
    assert ask("SELECT calls > 0, outcome FROM call_counts WHERE endpoint = 'POST /coql'") == [(True, "ok")]


def test_as_many_calls_are_counted_as_the_accounts_were_asked(world, ask):
    made = sum(len(crm.journal("call")) for crm in (world.activecampaign, world.zoho))

    assert ask("SELECT sum(calls) FROM call_counts") == [(made,)]


def test_zohos_credits_are_counted_as_zoho_itself_counts_them(make_world):
    told = []

    def listening(_name, app):
        async def asked(scope, receive, send):
            async def sent(message):
                told.extend(int(value) for name, value in message.get("headers", ()) if name == CREDITS_LEFT)
                await send(message)

            await app(scope, receive, sent)

        return asked

    world = make_world(people=30, around=listening, zoho_credits=40)
    world.cycle()

    now = world.engine.now()
    assert world.engine.calls.spent(Crm.ZOHO, since=now - timedelta(days=1)) == 40 - told[-1]
    assert world.engine.calls.spent(Crm.ZOHO, since=now + timedelta(hours=2)) == 0


def test_a_run_knows_its_calls_and_what_it_led_to(world):
    run = next(run for run in world.engine.runs.listed(RunFilter()) if run.stream == "activecampaign:contact:changes")

    report = world.engine.runs.shown(run.id)

    assert run.failed_calls == 0
    assert run.took is not None
    assert {each.endpoint for each in report.endpoints} >= {"GET /contacts"}
    assert sum(each.calls for each in report.endpoints) == run.calls
    assert report.led_to["decided"] == 10
    assert report.errors == ()


def test_a_pass_that_found_nothing_leaves_no_run_but_is_counted_by_the_hour(world, ask):
    before = ask("SELECT count(*) FROM runs") + ask("SELECT sum(calls) FROM call_counts WHERE crm = 'activecampaign'")

    world.pull_activecampaign()
    world.pull_activecampaign()

    after = ask("SELECT count(*) FROM runs") + ask("SELECT sum(calls) FROM call_counts WHERE crm = 'activecampaign'")
    assert after[0] == before[0]
    assert after[1][0] > before[1][0]


def test_a_call_of_a_batch_shows_a_person_only_their_own_part(world, lead, calls, ask):
    others = [row for row in world.zoho.records("Leads") if row.get("ActiveCampaign_ID") and row["id"] != lead["id"]]
    rename(world, lead, "Mine")
    rename(world, others[0], "Another's")
    world.cycle()

    call = calls(lead).calls[-1]

    assert (call.outcome, call.status, call.among, len(call.writes)) == (Outcome.OK, 200, 2, 1)
    assert [item["Designation"] for item in call.exchange.request.items] == ["Mine"]
    assert [item["details"]["id"] for item in call.exchange.answer.items] == [lead["id"]]


def test_a_write_without_an_answer_is_kept_as_uncertain_beside_the_one_that_followed(world, lead, calls, eventually):
    world.zoho.post("faults", kind="reset", route="PUT /crm/v8/Leads*", nth=1, times=1)
    rename(world, lead, "Late")

    world.cycle()
    eventually(lambda: world.look_up() or world.settle() or world.status().outbox.total == 0)

    kept = [call for call in calls(lead).calls if call.endpoint == "PUT /{module}"]
    assert [(call.outcome, call.status) for call in kept][-2:] == [(Outcome.UNCERTAIN, None), (Outcome.OK, 200)]
    assert kept[-2].exchange.request.items[0]["Designation"] == "Late"
    assert kept[-2].exchange.answer is None


def test_a_read_of_a_run_that_failed_is_among_its_errors(world, ask):
    world.zoho.post("faults", kind="status", route="POST /crm/v8/coql", status=503, nth=1, times=1)
    world.zoho.post(
        "people/create",
        module="Leads",
        values={"Last_Name": "Zoholike", "Company": "Like", "Email": "zoholike@example.com"},
    )

    world.cycle()

    failed = world.engine.runs.listed(RunFilter(only_failed=True))
    report = world.engine.runs.shown(failed[0].id)
    assert [(error.endpoint, error.outcome, error.status) for error in report.errors] == [
        ("POST /coql", Outcome.UNREACHABLE, 503)
    ]


def test_work_goes_on_where_calls_cannot_be_noted(world, lead, calls, ask):
    ask("ALTER TABLE calls RENAME TO calls_away")
    rename(world, lead, "Unnoted")

    world.cycle()

    ask("ALTER TABLE calls_away RENAME TO calls")
    assert world.zoho.get(f"records/Leads/{lead['id']}")["Designation"] == "Unnoted"
    assert [write.why for write in calls(lead).unkept] == [call_story.NOT_NOTED]


def test_calls_past_their_keep_time_are_deleted_and_that_is_said(world, lead, calls, ask):
    rename(world, lead, "Long ago")
    world.cycle()
    ask("UPDATE calls SET at = at - interval '31 days'")
    ask("UPDATE outbox SET settled_at = settled_at - interval '31 days'")

    world.engine.calls.forget(now=world.engine.now())

    assert ask("SELECT count(*) FROM calls") == [(0,)]
    assert calls(lead).calls == ()
    assert {write.why for write in calls(lead).unkept} == {call_story.TOO_OLD}


def test_the_sweep_deletes_them_by_itself(world, ask):
    ask("UPDATE calls SET at = at - interval '31 days'")
    EngineTask.engine_for = staticmethod(lambda _connection: world.engine)

    upkeep.forget_calls.apply(args=("demo",), kwargs={"every": 60}, throw=True)

    assert ask("SELECT count(*) FROM calls") == [(0,)]
    assert ask("SELECT count(*) > 0 FROM call_counts") == [(True,)]


def test_a_database_that_is_away_is_not_asked_again_for_every_call(world, caplog):
    away = replace(world.engine.calls, desk=Desk(connect("postgresql://127.0.0.1:1/nowhere", size=1), "demo"))
    call = Call(
        crm=Crm.ZOHO, endpoint="GET /x", status=200, outcome=Outcome.OK, at=world.engine.now(), took=timedelta(0)
    )

    for _ in range(3):
        away.observe(call)
    world.engine.calls.observe(replace(call, at=call.at + REST))

    said = [record.getMessage() for record in caplog.records if record.name == "baton.calls"]
    assert said == [
        "calls are not noted for 10 s: OperationalError",
        "3 calls were made and not noted while the database was away",
    ]


def test_younger_calls_outlive_the_sweep(world, ask):
    before = ask("SELECT count(*) FROM calls")

    world.engine.calls.forget(now=world.engine.now() + timedelta(days=29))

    assert ask("SELECT count(*) FROM calls") == before


def test_another_key_opens_nothing_and_that_is_said(world, lead, ask):
    rename(world, lead, "Sealed")
    world.cycle()
    person = ask("SELECT person_id FROM mirror WHERE ref = :ref", ref=f"zoho:Leads:{lead['id']}")[0][0]
    stranger = replace(world.engine.calls, seal=Fernet(Fernet.generate_key()))

    story = stranger.of_person(person, now=world.engine.now())

    assert {(call.exchange, call.withheld) for call in story.calls} == {(None, call_story.OTHER_KEY)}


def test_half_an_answer_to_a_batch_is_shown_to_nobody(world, lead, calls):
    others = [row for row in world.zoho.records("Leads") if row.get("ActiveCampaign_ID") and row["id"] != lead["id"]]
    world.zoho.post("faults", kind="login_page", route="PUT /crm/v8/Leads*", nth=1, times=1)
    rename(world, lead, "Mine")
    rename(world, others[0], "Another's")
    world.cycle()

    uncertain = next(call for call in calls(lead).calls if call.outcome is Outcome.UNCERTAIN)

    assert uncertain.exchange.answer.rest == INSEPARABLE

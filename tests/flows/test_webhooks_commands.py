"""`baton webhooks` and what doctor says of them, as a person at the terminal sees it."""

import json

import pytest
from click.testing import CliRunner

from baton.domain.records import Crm
from baton.flows.doctor.hooks import check_webhooks
from console.cli.webhooks import webhooks
from tasks import webhooks as webhook_tasks
from tasks.base import EngineTask
from workers import wiring

DOOR = "http://127.0.0.1:9"


@pytest.fixture
def world(make_world, monkeypatch):
    made = make_world(people=0)
    monkeypatch.setattr(wiring, "engine_for", lambda _: made.engine)
    EngineTask.engine_for = staticmethod(lambda _: made.engine)
    return made


@pytest.fixture
def baton(world, monkeypatch, tmp_path):
    monkeypatch.setenv("BATON_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("BATON_DATABASE_URL", "postgresql://unused")
    monkeypatch.setenv("BATON_REDIS_URL", "redis://unused")
    monkeypatch.setenv("BATON_PRACTICE_ACTIVECAMPAIGN_URL", world.activecampaign.url)
    monkeypatch.setenv("BATON_PRACTICE_ZOHO_URL", world.zoho.url)
    return lambda *arguments: CliRunner().invoke(webhooks, arguments)


def refuse_channels(world):
    world.zoho.post(
        "faults", kind="status", route="* *actions/watch", status=401, body={"code": "OAUTH_SCOPE_MISMATCH"}, every=1
    )


def test_what_was_set_up_is_told_and_run_again_changes_nothing(baton):
    first, again = baton("install", "--url", DOOR), baton("install", "--url", DOOR)

    assert (first.exit_code, first.output) == (0, "ActiveCampaign: 1 set up\nZoho: 2 set up\n")
    assert again.output == (
        "ActiveCampaign: as it should be, nothing was changed\nZoho: as it should be, nothing was changed\n"
    )


def test_secrets_are_printed_only_when_asked_for(world, baton):
    secret = world.engine.doors.secrets[Crm.ACTIVECAMPAIGN]

    quiet = [baton("install", "--url", DOOR), baton("list"), baton("list", "--json")]
    asked = baton("install", "--url", DOOR, "--show-url")

    assert not [told for told in quiet if secret in told.output]
    assert f"{DOOR}/hooks/demo/activecampaign/{secret}" in asked.output


def test_without_an_address_nothing_is_set_up(baton):
    result = baton("install")

    assert result.exit_code == 2
    assert "BATON_WEB__PUBLIC_URL" in result.output


def test_a_missing_scope_is_named_with_what_to_do(world, baton):
    refuse_channels(world)

    result = baton("install", "--url", DOOR)

    assert result.exit_code == 1
    assert "ZohoCRM.notifications.ALL" in result.output


def test_nothing_set_up_is_nothing_wrong(baton):
    result = baton("list", "--json")

    assert result.exit_code == 0
    assert [(each["crm"], each["installed"], each["well"]) for each in json.loads(result.output)] == [
        ("activecampaign", False, True),
        ("zoho", False, True),
    ]


def test_what_is_missing_is_an_exit_code(world, baton):
    baton("install", "--url", DOOR)
    account = world.engine.gateways[Crm.ZOHO].subscriptions
    account.drop(account.held()[0])

    result = baton("list")

    assert result.exit_code == 1
    assert "1 of ours are missing" in result.output


def test_one_side_may_be_removed_alone(world, baton):
    baton("install", "--url", DOOR)

    result = baton("remove", "--crm", "zoho")

    assert (result.exit_code, result.output) == (0, "Zoho: 2 removed\n")
    assert set(world.engine.doors.installations.read()) == {Crm.ACTIVECAMPAIGN}


def test_workers_put_again_what_is_missing(world, baton):
    baton("install", "--url", DOOR)
    account = world.engine.gateways[Crm.ZOHO].subscriptions
    account.drop(account.held()[0])

    webhook_tasks.keep_webhooks.apply(args=("demo",), kwargs={"every": 86_400}, throw=True)

    assert baton("list").exit_code == 0


def test_doctor_takes_missing_webhooks_for_no_fault(world):
    found = list(check_webhooks(world.engine))

    assert [finding.ok for finding in found] == [None, None]
    assert all("baton webhooks install" in finding.advice for finding in found)


def test_doctor_names_the_scope_that_is_missing(world):
    refuse_channels(world)

    found = {finding.check: finding for finding in check_webhooks(world.engine)}

    assert "ZohoCRM.notifications.ALL" in found["Zoho: changes are told by webhooks"].advice


def test_doctor_is_content_with_what_is_set_up_and_well(world, baton):
    baton("install", "--url", DOOR)

    assert [finding.ok for finding in check_webhooks(world.engine)] == [True, True]

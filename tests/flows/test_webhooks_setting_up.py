"""Setting webhooks up at the practice CRMs, keeping them, showing them, and taking only ours away."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from baton.domain.records import Crm
from baton.flows.webhooks import install, keep, look, remove

DOOR = "http://127.0.0.1:9"


@pytest.fixture
def world(make_world):
    return make_world(people=0)


def held(world, crm):
    return world.engine.gateways[crm].subscriptions.held()


def test_setting_up_again_changes_nothing(world):
    install(world.engine, DOOR, tuple(Crm))

    again = install(world.engine, DOOR, tuple(Crm))

    assert [(each.put, each.dropped, each.failure) for each in again] == [(0, 0, None), (0, 0, None)]
    assert [len(held(world, crm)) for crm in Crm] == [1, 2]


def test_another_address_takes_the_place_of_the_first(world):
    install(world.engine, "http://127.0.0.1:10", tuple(Crm))

    install(world.engine, DOOR, tuple(Crm))

    assert [len(held(world, crm)) for crm in Crm] == [1, 2]
    assert all(one.url.startswith(DOOR) for crm in Crm for one in held(world, crm))


def test_only_our_own_are_removed(world):
    client, url = world.activecampaign.client, f"{world.activecampaign.url}/api/3/webhooks"
    foreign = {"name": "Newsletter tool", "url": "https://other.example/in", "events": ["update"], "sources": ["api"]}
    client.post(url, json={"webhook": foreign}, headers={"Api-Token": "practice-activecampaign-token"})
    install(world.engine, DOOR, tuple(Crm))

    remove(world.engine, tuple(Crm))

    assert [one.name for one in held(world, Crm.ACTIVECAMPAIGN)] == ["Newsletter tool"]
    assert held(world, Crm.ZOHO) == ()
    assert keep(world.engine) == ()


def test_a_channel_that_somebody_took_away_is_put_again(world):
    install(world.engine, DOOR, (Crm.ZOHO,))
    account = world.engine.gateways[Crm.ZOHO].subscriptions
    account.drop(account.held()[0])

    kept = keep(world.engine)

    assert [each.put for each in kept] == [1]
    assert len(account.held()) == 2


def test_channels_are_put_again_before_they_end(world):
    four_days_ago = replace(world.engine, now=lambda: datetime.now(UTC) - timedelta(days=4))
    install(four_days_ago, DOOR, (Crm.ZOHO,))
    first = {one.id: one.expires for one in held(world, Crm.ZOHO)}

    kept = keep(world.engine)

    assert [(each.put, each.failure) for each in kept] == [(2, None)]
    assert all(one.expires > first[one.id] for one in held(world, Crm.ZOHO))


def test_missing_permission_is_told_and_stops_nothing(world):
    world.zoho.post(
        "faults", kind="status", route="* *actions/watch", status=401, every=1, body={"code": "OAUTH_SCOPE_MISMATCH"}
    )

    (done,) = install(world.engine, DOOR, (Crm.ZOHO,))

    assert done.failure.code == "OAUTH_SCOPE_MISMATCH"
    assert world.engine.connections.paused(now=world.engine.now()) is None
    assert world.engine.doors.installations.read()[Crm.ZOHO].trouble is not None


def test_what_the_vendors_hold_is_shown_with_what_is_ours(world):
    install(world.engine, DOOR, tuple(Crm))

    standings = look(world.engine)

    assert [(each.crm, each.missing, [shown.is_well for shown in each.shown]) for each in standings] == [
        (Crm.ACTIVECAMPAIGN, 0, [True]),
        (Crm.ZOHO, 0, [True, True]),
    ]

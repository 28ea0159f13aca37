"""The budget of an account: one suite over the imitation in Python and over a real server."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import fakeredis
import pytest
import redis

from baton.adapters.redis.budget import Limits, RedisBudget
from baton.domain.calls import calls_in_lane
from baton.domain.person import Lane
from baton.domain.records import Crm

AC, ZOHO = Crm.ACTIVECAMPAIGN, Crm.ZOHO
HOUR = timedelta(hours=1)


@pytest.fixture(params=["imitation", "server"])
def client(request):
    with _client(request) as opened:
        yield opened


def _client(request):
    if request.param == "imitation":
        return fakeredis.FakeRedis()
    return redis.Redis.from_url(request.getfixturevalue("redis_url"))


@pytest.fixture
def connection():
    return uuid4().hex


@pytest.fixture
def budget(client, connection):
    def make(limits, crm=AC):
        return RedisBudget(client=client, connection=connection, limits={crm: limits})

    return make


def call(budget, crm=AC, **more):
    """Asks, and is done at once when allowed."""
    wait = budget.ask(crm, **more)
    budget.done(crm)
    return wait


def test_an_account_without_limits_is_always_free(budget):
    free = budget(Limits())

    assert [free.ask(AC) for _ in range(20)] == [None] * 20


def test_one_call_too_many_in_the_period_is_told_when_to_come_back(budget):
    limited = budget(Limits(calls=5, period=HOUR))

    waits = [call(limited) for _ in range(6)]

    assert waits[:5] == [None] * 5
    assert timedelta(minutes=59) < waits[5] <= HOUR + timedelta(milliseconds=2)


def test_after_the_wait_the_call_is_allowed(budget, eventually):
    limited = budget(Limits(calls=2, period=timedelta(milliseconds=150)))
    call(limited)
    call(limited)

    eventually(lambda: call(limited) is None)


def test_a_call_counts_until_a_period_after_its_end_for_it_may_arrive_as_late_as_that(budget):
    limited = budget(Limits(calls=1, period=timedelta(milliseconds=300)))
    limited.ask(AC)

    under_way = limited.ask(AC)
    limited.done(AC)
    over = limited.ask(AC)

    assert under_way <= timedelta(milliseconds=200)
    assert timedelta(milliseconds=200) < over <= timedelta(milliseconds=302)


def test_the_call_of_a_dead_worker_does_not_count_for_ever(budget, eventually):
    limits = Limits(calls=1, period=timedelta(milliseconds=100), slot_life=timedelta(milliseconds=200))
    budget(limits).ask(AC)
    alive = budget(limits)

    eventually(lambda: alive.ask(AC) is None)


def test_all_workers_share_one_budget(budget):
    first, second = budget(Limits(calls=2, period=HOUR)), budget(Limits(calls=2, period=HOUR))

    assert [first.ask(AC), second.ask(AC)] == [None, None]
    assert first.ask(AC) is not None
    assert second.ask(AC) is not None


def test_many_threads_get_no_more_than_there_is(budget):
    limited = budget(Limits(calls=7, period=HOUR))

    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: limited.ask(AC), range(30)))

    assert waits.count(None) == 7


def test_connections_and_crms_do_not_spend_each_others_budget(client):
    limits = {AC: Limits(calls=1, period=HOUR), ZOHO: Limits(calls=1, period=HOUR)}
    first = RedisBudget(client=client, connection=uuid4().hex, limits=limits)
    other = RedisBudget(client=client, connection=uuid4().hex, limits=limits)

    assert [first.ask(AC), first.ask(ZOHO), other.ask(AC)] == [None] * 3


def test_a_dear_call_costs_more(budget):
    limited = budget(Limits(calls=10, period=HOUR))

    assert limited.ask(AC, cost=9) is None
    assert limited.ask(AC, cost=2) is not None
    assert limited.ask(AC, cost=1) is None


def test_a_call_dearer_than_the_whole_budget_is_not_refused_for_ever(budget):
    limited = budget(Limits(calls=5, period=HOUR))

    assert limited.ask(AC, cost=50) is None


def test_no_more_calls_run_at_once_than_there_are_slots(budget):
    limited = budget(Limits(slots=2), ZOHO)
    limited.ask(ZOHO)
    limited.ask(ZOHO)

    wait = limited.ask(ZOHO)
    limited.done(ZOHO)

    assert timedelta(0) < wait < timedelta(seconds=1)
    assert limited.ask(ZOHO) is None


def test_complex_calls_have_a_cap_of_their_own(budget):
    limited = budget(Limits(slots=5, complex_slots=1), ZOHO)
    limited.ask(ZOHO, is_complex=True)

    refused = limited.ask(ZOHO, is_complex=True)

    assert refused is not None
    assert limited.ask(ZOHO) is None


def test_a_complex_slot_comes_back_when_the_call_is_done(budget):
    limited = budget(Limits(slots=5, complex_slots=1), ZOHO)
    limited.ask(ZOHO, is_complex=True)
    limited.done(ZOHO)

    assert limited.ask(ZOHO, is_complex=True) is None


def test_a_refused_call_holds_no_slot(budget):
    limited = budget(Limits(slots=1), ZOHO)
    limited.ask(ZOHO)
    limited.ask(ZOHO)
    limited.done(ZOHO)
    limited.done(ZOHO)

    assert limited.ask(ZOHO) is None
    assert limited.ask(ZOHO) is not None


def test_the_slot_of_a_dead_worker_is_free_again_after_a_while(budget, eventually):
    limits = Limits(slots=1, slot_life=timedelta(milliseconds=200))
    budget(limits, ZOHO).ask(ZOHO)
    alive = budget(limits, ZOHO)

    eventually(lambda: alive.ask(ZOHO) is None)


def test_a_thread_gives_back_its_own_slot_only(budget):
    limited = budget(Limits(slots=1), ZOHO)
    limited.ask(ZOHO)

    other = threading.Thread(target=limited.done, args=(ZOHO,))
    other.start()
    other.join()

    assert limited.ask(ZOHO) is not None


def test_a_threads_slot_is_not_forgotten_when_another_thread_calls(budget):
    limited = budget(Limits(slots=1), ZOHO)
    limited.ask(ZOHO)
    other = threading.Thread(target=limited.ask, args=(ZOHO,))
    other.start()
    other.join()

    limited.done(ZOHO)

    assert limited.ask(ZOHO) is None


def test_a_backfill_leaves_the_reserve_to_what_people_do_now(budget):
    limited = budget(Limits(calls=5, period=HOUR, reserve=2))

    with calls_in_lane(Lane.BULK):
        backfilled = [call(limited) is None for _ in range(5)]
    lived = [call(limited) is None for _ in range(3)]

    assert backfilled == [True, True, True, False, False]
    assert lived == [True, True, False]


def test_what_people_do_now_takes_from_a_backfills_share(budget):
    limited = budget(Limits(slots=3, reserve=1), ZOHO)

    busy = [limited.ask(ZOHO) is None for _ in range(3)]
    with calls_in_lane(Lane.BULK):
        waits = limited.ask(ZOHO)

    assert busy == [True, True, True]
    assert waits is not None


def test_an_account_smaller_than_the_reserve_is_backfilled_all_the_same(budget):
    limited = budget(Limits(calls=1, period=HOUR, slots=1, complex_slots=1, reserve=2))

    with calls_in_lane(Lane.BULK):
        wait = call(limited, is_complex=True)

    assert wait is None


def test_a_closed_account_is_closed_for_everybody(budget):
    budget(Limits()).close(AC, timedelta(seconds=30))

    wait = budget(Limits()).ask(AC)

    assert timedelta(seconds=29) < wait <= timedelta(seconds=30)


def test_a_shorter_closing_does_not_open_an_account_early(budget):
    limited = budget(Limits())
    limited.close(AC, timedelta(seconds=60))
    limited.close(AC, timedelta(seconds=1))

    assert limited.ask(AC) > timedelta(seconds=50)


def test_a_longer_closing_is_kept(budget):
    limited = budget(Limits())
    limited.close(AC, timedelta(seconds=1))
    limited.close(AC, timedelta(seconds=60))

    assert limited.ask(AC) > timedelta(seconds=50)


def test_an_account_opens_by_itself(budget, eventually):
    limited = budget(Limits())
    limited.close(AC, timedelta(milliseconds=150))

    eventually(lambda: limited.ask(AC) is None)


def test_what_was_refused_by_a_closed_account_was_not_spent(budget, eventually):
    limited = budget(Limits(calls=1, period=HOUR))
    limited.close(AC, timedelta(milliseconds=150))
    limited.ask(AC)

    eventually(lambda: limited.ask(AC) is None)


def test_while_redis_is_away_nobody_calls_and_nothing_breaks():
    away = redis.Redis(host="127.0.0.1", port=1, socket_connect_timeout=0.2, retry=None)
    lonely = RedisBudget(client=away, connection="c", limits={})

    wait = lonely.ask(AC)
    lonely.close(AC, timedelta(seconds=1))
    lonely.done(AC)

    assert wait > timedelta(0)
    away.close()


def test_nothing_is_left_behind_for_ever(client, connection):
    limits = {AC: Limits(calls=5, period=timedelta(seconds=1), slots=5, complex_slots=5)}
    tidy = RedisBudget(client=client, connection=connection, limits=limits)
    tidy.ask(AC, is_complex=True)
    tidy.close(AC, timedelta(seconds=1))

    keys = list(client.scan_iter(f"baton:budget:{{{connection}:*"))

    assert len(keys) == 4
    assert all(0 < client.pttl(key) <= 92_000 for key in keys)

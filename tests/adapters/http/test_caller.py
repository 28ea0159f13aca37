"""Calls of an account: budget first, counted always, repeated only where that is safe."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from baton.adapters.http.ask import Ask, lost
from baton.adapters.http.deadline import Deadline
from baton.adapters.http.reply import patience
from baton.adapters.redis.budget import Limits, RedisBudget
from baton.domain.failures import Throttled, Uncertain, Unreachable
from baton.domain.records import Crm

AC = Crm.ACTIVECAMPAIGN
READ = Ask(method="GET", url="https://there.example/contacts?email=x", route="/contacts", holds="contacts")
WRITE = Ask(method="POST", url="https://there.example/contacts", route="/contacts", is_write=True, records=3)
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def judge(ask, reply):
    if reply.status == 429:
        return Throttled("too many", wait=timedelta(seconds=20), code="429")
    return None if reply.is_success else lost(ask, str(reply.status))


@pytest.fixture
def deadline():
    return Deadline.after(timedelta(seconds=10))


@pytest.fixture
def caller(wire):
    def make(told, **more):
        how = wire(told, **more)
        return how.caller(AC, how.line(), judge)

    return make


def test_a_read_is_repeated_until_it_is_answered(caller, told, answer, deadline):
    there = told(answer(503), httpx.ReadError("reset"), answer(200, {"contacts": []}))

    reply = caller(there).read(READ, deadline)

    assert (reply.status, len(there.asked)) == (200, 3)


def test_a_read_is_given_up_after_three_tries(caller, told, answer, deadline):
    there = told(answer(503))

    with pytest.raises(Unreachable):
        caller(there).read(READ, deadline)

    assert len(there.asked) == 3


def test_a_read_is_not_repeated_when_the_time_is_short(caller, told, answer):
    there = told(answer(503))

    with pytest.raises(Unreachable):
        caller(there).read(READ, Deadline.after(timedelta(seconds=0.4)))

    assert len(there.asked) == 1


def test_a_write_is_never_repeated(caller, told, answer, deadline):
    there = told(answer(503))

    with pytest.raises(Uncertain):
        caller(there).call(WRITE, deadline)

    assert len(there.asked) == 1


@pytest.mark.parametrize("document", [{}, {"message": "maintenance"}])
def test_an_answer_that_does_not_hold_its_list_is_not_an_empty_list(caller, told, answer, deadline, document):
    with pytest.raises(Unreachable):
        caller(told(answer(200, document))).read(READ, deadline)


def test_an_empty_body_with_200_is_not_an_empty_list(caller, told, answer, deadline):
    with pytest.raises(Unreachable):
        caller(told(answer(200))).read(READ, deadline)


def test_nothing_there_is_an_empty_list(caller, told, answer, deadline):
    assert caller(told(answer(204))).read(READ, deadline).items("contacts") == []


def test_a_refusal_by_the_vendor_closes_the_account_for_all(caller, told, answer, deadline, budget):
    with pytest.raises(Throttled) as raised:
        caller(told(answer(429))).read(READ, deadline)

    assert timedelta(seconds=20) <= raised.value.wait <= timedelta(seconds=25)
    assert timedelta(seconds=19) < budget.ask(AC) <= timedelta(seconds=20)


def test_a_closed_account_is_not_called(caller, told, answer, deadline, budget, calls):
    there = told(answer(200, {"contacts": []}))
    budget.close(AC, timedelta(seconds=30))

    with pytest.raises(Throttled) as raised:
        caller(there).read(READ, deadline)

    assert (raised.value.code, there.asked, calls) == ("budget", [], [])
    assert raised.value.wait > timedelta(seconds=29)


def test_a_short_refusal_of_the_budget_is_waited_out(caller, told, answer, deadline, budget):
    budget.close(AC, timedelta(milliseconds=100))

    reply = caller(told(answer(200, {"contacts": []}))).read(READ, deadline)

    assert reply.status == 200


def test_with_no_patience_the_budget_is_not_waited_for(caller, told, answer, deadline, budget):
    budget.close(AC, timedelta(milliseconds=300))

    with pytest.raises(Throttled):
        caller(told(answer(200)), patience=timedelta(0)).read(READ, deadline)


def test_the_slot_is_given_back_whatever_came_of_the_call(wire, told, answer, deadline, budget):
    tight = RedisBudget(client=budget._client, connection="tight", limits={AC: Limits(slots=1)})
    how = wire(told(answer(500), httpx.ConnectError("no"), answer(200, {"contacts": []})))
    line = how.line()
    caller = type(how)(budget=tight, clock=how.clock, transport=how.transport).caller(AC, line, judge)

    reply = caller.read(READ, deadline)

    assert reply.status == 200
    assert tight.ask(AC) is None


def test_each_call_is_counted_with_what_came_of_it(caller, told, answer, deadline, calls):
    there = told(httpx.ReadTimeout("late"), answer(200, {"contacts": [{}, {}]}, x_request_id="r-1"))

    caller(there).read(READ, deadline)

    assert [(call.outcome, call.status, call.records, call.request_id) for call in calls] == [
        ("unreachable", None, 0, None),
        ("ok", 200, 2, "r-1"),
    ]
    assert {(call.crm, call.endpoint) for call in calls} == {(AC, "GET /contacts")}


def test_a_write_is_counted_by_what_it_sent(caller, told, answer, deadline, calls):
    with pytest.raises(Uncertain):
        caller(told(answer(502))).call(WRITE, deadline)

    assert [(call.outcome, call.status, call.records) for call in calls] == [("uncertain", 502, 3)]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7), ("0", 1), (None, 5), ("soon", 5), ("Wed, 04 Mar 2026 12:01:00 GMT", 60), ("999999", 3600)],
)
def test_a_retry_after_is_honoured_within_reason(header, seconds):
    wait = patience(header, NOW, default=timedelta(seconds=5), longest=timedelta(hours=1))

    assert wait == timedelta(seconds=seconds)

"""Whoever listens hears of every call, and cannot spoil it."""

import httpx
import pytest

from baton.adapters.http.ask import Ask
from baton.adapters.http.deadline import Deadline
from baton.adapters.http.wire import Wire
from baton.domain.calls import Outcome, calls_about, calls_of_one, calls_of_run, calls_of_writes
from baton.domain.failures import Busy, Rejected, Throttled, Uncertain, Unreachable
from baton.domain.records import CONTACT, Crm, RecordRef

READ = Ask(method="GET", url="https://there.example/contacts", route="/contacts", holds="contacts")
WRITE = Ask(method="PUT", url="https://there.example/contacts/7", route="/contacts/{id}", is_write=True, records=1)


@pytest.fixture
def witness(wire, told):
    return wire(told()).witness(Crm.ACTIVECAMPAIGN)


def watched(witness, ask, error=None):
    with witness.watching(ask):
        if error is not None:
            raise error


@pytest.mark.parametrize(
    ("error", "outcome", "code"),
    [
        (Throttled("too many", wait=None, code="429"), Outcome.THROTTLED, "429"),
        (Unreachable("away"), Outcome.UNREACHABLE, "unreachable"),
        (Uncertain("no answer"), Outcome.UNCERTAIN, "uncertain"),
        (Rejected("no", code="INVALID_DATA"), Outcome.REFUSED, "INVALID_DATA"),
        (Busy("locked", wait=None), Outcome.REFUSED, "busy"),
        (KeyError("a bug"), Outcome.BROKEN, None),
    ],
)
def test_each_failure_has_its_outcome(witness, calls, error, outcome, code):
    with pytest.raises(type(error)):
        watched(witness, READ, error)

    assert [(call.outcome, call.code, call.is_kept) for call in calls] == [(outcome, code, True)]


def test_a_read_that_went_well_is_not_kept(witness, calls):
    watched(witness, READ)

    assert [(call.outcome, call.is_kept, call.exchange) for call in calls] == [(Outcome.OK, False, None)]


def test_a_write_is_kept_under_an_endpoint_without_ids(witness, calls):
    watched(witness, WRITE)

    assert [(call.endpoint, call.is_kept) for call in calls] == [("PUT /contacts/{id}", True)]
    assert calls[0].exchange.address == "/contacts/7"


def test_nothing_of_a_call_about_keys_is_kept(witness, calls):
    secret = Ask(method="POST", url="https://there.example/t", route="/t", form={"p": "s"}, is_confidential=True)

    with pytest.raises(Unreachable):
        watched(witness, secret, Unreachable("away"))

    assert [(call.is_kept, call.exchange) for call in calls] == [(True, None)]


def test_a_call_belongs_to_the_run_and_the_writes_it_was_made_for(witness, calls):
    ref = RecordRef(CONTACT, "7")

    with calls_of_run(4):
        watched(witness, READ)
        with calls_of_writes([11, 12]):
            watched(witness, WRITE)
            with calls_of_one(1):
                watched(witness, WRITE)
        with calls_about([ref]):
            watched(witness, READ)
    watched(witness, READ)

    assert [(call.cause.run, call.cause.writes, call.cause.refs) for call in calls] == [
        (4, (), ()),
        (4, (11, 12), ()),
        (4, (12,), ()),
        (4, (), (ref,)),
        (None, (), ()),
    ]


def test_a_listener_in_trouble_does_not_spoil_the_call(budget, clock, told, answer, caplog):
    def broken(_call):
        raise RuntimeError("ada@example.com is not noted")

    transport = httpx.MockTransport(told(answer(200, {"contacts": []})))
    wire = Wire(budget=budget, clock=clock, on_call=broken, transport=transport)

    reply = wire.caller(Crm.ACTIVECAMPAIGN, wire.line(), lambda _ask, _reply: None).read(READ, Deadline(10**9))

    assert reply.status == 200
    assert "GET /contacts was made and not noted: RuntimeError" in caplog.text
    assert "ada@" not in caplog.text

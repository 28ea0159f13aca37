"""Doctor at the bedside of the practice ActiveCampaign: what is tried, and what is said when it fails."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import fakeredis
import httpx
import pytest

from baton.adapters.activecampaign.gateway import ActiveCampaignGateway
from baton.adapters.http.wire import Wire
from baton.adapters.redis.budget import RedisBudget
from baton.domain.contract import Schema
from baton.domain.records import CONTACT, Crm, Module, Stream, StreamKind
from baton.flows.doctor.accounts import Patient, greet
from baton.flows.doctor.calls import read_schemas, try_calls
from baton.flows.doctor.fields import check_fields
from config.policy.reading import read_policy
from config.practice import CREDENTIALS
from config.settings import CHECKOUT
from sandbox.in_process import InProcessTransport
from sandbox.opening import open_crm

STREAMS = (Stream(CONTACT, StreamKind.CHANGES),)


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture
def contract():
    return read_policy(CHECKOUT / "config" / "connections" / "demo").contract


@pytest.fixture
def transport() -> Iterator[InProcessTransport]:
    crm = open_crm("activecampaign", people=5, seed=1, data=None, settings={"limits": False})
    transport = InProcessTransport(crm)
    yield transport
    transport.close()
    crm.close()


@pytest.fixture
def patient(transport):
    """Makes a patient with a given token."""

    def make(token: str = CREDENTIALS["token"], through: httpx.BaseTransport = transport) -> Patient:
        budget = RedisBudget(client=fakeredis.FakeRedis(), connection=uuid4().hex, limits={})
        wire = Wire(budget=budget, clock=SystemClock(), transport=through)
        gateway = ActiveCampaignGateway(base_url="http://practice.example", token=token, wire=wire)
        return Patient(Crm.ACTIVECAMPAIGN, gateway)

    return make


@pytest.fixture
def fault(transport):
    """Lets the practice account fail as told."""

    def told(**fault: object) -> None:
        request = httpx.Request("POST", "http://practice.example/_sandbox/faults", content=json.dumps(fault))
        assert transport.handle_request(request).is_success

    return told


def test_a_good_token_is_told_with_its_owner(patient):
    findings = greet(patient())

    assert [finding.ok for finding in findings] == [True, True]
    assert findings[1].detail.startswith("it is the token of ")


def test_a_bad_token_is_a_no_that_says_where_to_get_a_good_one(patient):
    answers, token = greet(patient("not-the-token"))

    assert (answers.ok, token.ok) == (True, False)
    assert "Settings › Developer" in token.advice
    assert "not-the-token" not in str(token)


def test_an_account_that_does_not_answer_is_a_no_that_names_the_address_as_the_cause(patient):
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    (finding,) = greet(patient(through=httpx.MockTransport(refuse)))

    assert (finding.check, finding.ok) == ("ActiveCampaign: answers", False)
    assert finding.advice.startswith("Check the address in connection.yaml")


def test_every_kind_of_read_is_tried(patient, contract):
    findings = list(try_calls(patient(), contract, STREAMS))

    assert [(finding.check, finding.ok) for finding in findings] == [
        ("ActiveCampaign: changes of contact may be read", True),
        ("ActiveCampaign: contact may be read by id", True),
        ("ActiveCampaign: contact can be asked for what changed", True),
        ("ActiveCampaign: contact may be looked up", True),
    ]


def test_the_practice_account_has_every_field_of_the_demo_contract(patient, contract):
    schemas: dict[Module, Schema]
    schemas, _ = read_schemas(patient(), [CONTACT])

    noes = [finding for finding in check_fields(contract, schemas) if finding.ok is False]

    assert noes == []


def test_a_limit_that_is_used_up_says_nothing_of_the_account(patient, fault):
    fault(kind="too_many", route="GET /api/3/users/me")

    (finding,) = greet(patient())

    assert (finding.check, finding.ok) == ("ActiveCampaign: answers", None)
    assert "ask again in a minute" in finding.advice


def test_a_call_that_is_refused_is_a_no_and_the_others_are_still_tried(patient, contract, fault):
    fault(kind="status", status=403, route="GET /api/3/contacts", times=10)

    findings = list(try_calls(patient(), contract, STREAMS))

    assert [(finding.check, finding.ok) for finding in findings] == [
        ("ActiveCampaign: changes of contact may be read", False),
        ("ActiveCampaign: contact may be looked up", False),
    ]

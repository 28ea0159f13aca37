import re
import sys
from itertools import chain

import httpx
import pytest

from sandbox.in_process import InProcessTransport
from sandbox.opening import open_crm
from sandbox.zoho.crm import OF_ITSELF, OF_THE_ORGANISATION, OF_THE_WORLD
from tests.conformance.zoho.description import MATERIAL, description
from tests.conformance.zoho.report import summary
from tests.conformance.zoho.tour import TOUR
from tests.conformance.zoho.watching import Watched

pytestmark = pytest.mark.skipif(not MATERIAL.is_dir(), reason="the vendor's description is not on this machine")

ORGANISATION = "http://organisation.example"
CREDENTIALS = {
    "grant_type": "refresh_token",
    "client_id": "1000.PRACTICE",
    "client_secret": "practice-zoho-secret",
    "refresh_token": "1000.practice.refresh",
}
NOT_DESCRIBED = {"POST /oauth/v2/token", "POST /oauth/v2/token/revoke"}
"""Signing in is another server's business, and of none of the documents."""

REFUSALS = {
    "ALREADY_MODIFIED",
    "DISCRETE_PAGINATION_LIMIT_EXCEEDED",
    "DUPLICATE_DATA",
    "EXPECTED_FIELD_MISSING",
    "EXPECTED_PARAM_MISSING",
    "ID_ALREADY_CONVERTED",
    "INVALID_DATA",
    "INVALID_MODULE",
    "INVALID_QUERY",
    "INVALID_REQUEST_METHOD",
    "INVALID_TOKEN",
    "INVALID_URL_PATTERN",
    "LIMIT_EXCEEDED",
    "MANDATORY_NOT_FOUND",
    "NOT_SUBSCRIBED",
    "NOT_SUPPORTED",
    "OAUTH_SCOPE_MISMATCH",
    "RECORD_LOCKED",
    "REQUIRED_PARAM_MISSING",
    "SYNTAX_ERROR",
    "TOKEN_BOUND_DATA_MISMATCH",
    "TOO_MANY_REQUESTS",
}


@pytest.fixture(scope="module")
def tell(request):
    """Signs in at a watched organisation; gives the client, what was judged, and the answers."""

    def opened(**settings):
        app = open_crm("zoho", people=100, seed=7, settings={"limits": False, **settings})
        request.addfinalizer(app.close)
        watched, answers = Watched(app), []
        client = httpx.Client(transport=InProcessTransport(watched), base_url=f"{ORGANISATION}/crm/v8/")
        request.addfinalizer(client.close)
        token = client.post(f"{ORGANISATION}/oauth/v2/token", data=CREDENTIALS).json()["access_token"]
        client.headers["authorization"] = f"Zoho-oauthtoken {token}"
        client.event_hooks = {"response": [lambda answer: answer.read(), answers.append]}
        return client, watched, answers

    return opened


@pytest.fixture(scope="module")
def toured(tell):
    client, watched, answers = tell()
    for stop in TOUR:
        stop(client)
    modest, beside, told = tell(scopes=["ZohoCRM.settings.ALL"])
    modest.get("Leads", params={"fields": "Email"})
    return [*watched.answers, *beside.answers], [*answers, *told]


def operations_of(method, path):
    """What is described of a route: related notes are told apart from other lists."""
    found = (
        description().find(
            method, re.sub(r"\{[^}]+\}", "7", path.replace("{module}", "Leads").replace("{related}", name))
        )
        for name in ("Notes", "Tasks")
    )
    return {operation.name for operation in found if operation is not None}


def routes():
    doors = ((next(iter(door.methods - {"HEAD"})), door.path) for door in OF_THE_ORGANISATION)
    return [*doors, *((method, path) for method, path, _ in (OF_ITSELF, *OF_THE_WORLD))]


def codes_in(said):
    if isinstance(said, list):
        return set(chain.from_iterable(codes_in(each) for each in said))
    if not isinstance(said, dict):
        return set()
    return {said.get("code")} | set(chain.from_iterable(codes_in(each) for each in said.values()))


def test_no_answer_is_unlike_the_vendors_description(toured):
    judged, _ = toured
    sys.stdout.write(f"\n{summary(judged)}\n")

    assert [each for each in judged if each.why is not None] == []


def test_each_route_that_is_described_has_answered_well(toured):
    judged, _ = toured
    well = {each.operation for each in judged if each.status in {200, 201, 202, 207}}

    assert [route for route in routes() if operations_of(*route) and not operations_of(*route) & well] == []


def test_only_signing_in_is_not_described():
    assert {f"{method} {path}" for method, path in routes() if not operations_of(method, path)} == NOT_DESCRIBED


def test_each_kind_of_refusal_was_met(toured):
    _, answers = toured
    said = (answer for answer in answers if answer.headers.get("content-type", "").startswith("application/json"))
    told = set(chain.from_iterable(codes_in(answer.json()) for answer in said))

    assert REFUSALS - told == set()

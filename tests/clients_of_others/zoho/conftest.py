"""The vendor's own Python SDK, unmodified, on a practice organisation behind a real loopback port.

The SDK keeps one user for the whole process and files beside it: each test signs in anew, into a folder of its own.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from zohocrmsdk.src.com.zoho.api.authenticator import OAuthToken
from zohocrmsdk.src.com.zoho.api.authenticator.store.file_store import FileStore
from zohocrmsdk.src.com.zoho.crm.api import ParameterMap
from zohocrmsdk.src.com.zoho.crm.api.dc import DataCenter
from zohocrmsdk.src.com.zoho.crm.api.initializer import Initializer
from zohocrmsdk.src.com.zoho.crm.api.param import Param
from zohocrmsdk.src.com.zoho.crm.api.record import BodyWrapper, Record, RecordOperations

from sandbox.hooks.transports import Collected
from sandbox.opening import open_crm
from sandbox.server import PracticeServer
from sandbox.serving import running

CREDENTIALS = {
    "client_id": "1000.PRACTICE",
    "client_secret": "practice-zoho-secret",
    "refresh_token": "1000.practice.refresh",
}


@pytest.fixture
def organisation() -> Iterator[PracticeServer]:
    app = open_crm("zoho", people=60, settings={"limits": False, "email_unique": {"Leads": True}})
    yield app
    app.close()


@pytest.fixture
def address(organisation: PracticeServer) -> Iterator[str]:
    with running(organisation) as address:
        yield address


@pytest.fixture
def sign_in(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Sign the SDK in, with other credentials where the test says so; gives the file it keeps its tokens in."""
    monkeypatch.setattr(Initializer, "initializer", None)

    def sign_in(**said: str) -> Path:
        kept = tmp_path / "tokens.csv"
        Initializer.initialize(
            DataCenter.Environment(address, f"{address}/oauth/v2/token", address),
            OAuthToken(**{**CREDENTIALS, **said}),
            store=FileStore(str(kept)),
            resource_path=str(tmp_path),
        )
        return kept

    return sign_in


@pytest.fixture
def leads(sign_in: Callable[..., Path]) -> RecordOperations:
    sign_in()
    return RecordOperations("Leads")


@pytest.fixture
def control(address: str) -> Iterator[httpx.Client]:
    """What the organisation itself says is in it."""
    with httpx.Client(base_url=f"{address}/_sandbox/") as control:
        yield control


@pytest.fixture
def stored(control: httpx.Client) -> Callable[..., dict[str, Any]]:
    """`stored("Leads", 7)`: the record as it lies there."""
    return lambda module, id_: control.get(f"records/{module}/{id_}").raise_for_status().json()


@pytest.fixture
def told(organisation: PracticeServer) -> Collected:
    """Whatever the organisation would have sent to its channels."""
    organisation.ground.hooks.transport = collected = Collected()
    return collected


@pytest.fixture
def record() -> Callable[..., Record]:
    """`record(Last_Name="Birk")`: one of the SDK's records."""

    def make(**values: Any) -> Record:
        made = Record()
        for name, value in values.items():
            made.add_key_value(name, value)
        return made

    return make


@pytest.fixture
def body(record: Callable[..., Record]) -> Callable[..., BodyWrapper]:
    """`body({…}, {…})`: what the SDK sends, one record for each."""

    def make(*rows: dict[str, Any]) -> BodyWrapper:
        made = BodyWrapper()
        made.set_data([record(**row) for row in rows])
        return made

    return make


@pytest.fixture
def asking() -> Callable[[dict[Param, Any]], ParameterMap]:
    """The SDK's parameters of a call."""

    def make(said: dict[Param, Any]) -> ParameterMap:
        made = ParameterMap()
        for param, value in said.items():
            made.add(param, value)
        return made

    return make


@pytest.fixture
def ada(leads: RecordOperations, body: Callable[..., BodyWrapper]) -> int:
    """The id of a lead made through the SDK."""
    answer = leads.create_records(body({"Last_Name": "Birk", "Company": "Halden", "Email": "ada@halden.example"}))
    return int(answer.get_object().get_data()[0].get_details()["id"])

"""A Zoho account over told answers; its token is there already unless a test asks for another start."""

from datetime import timedelta

import pytest

from baton.adapters.zoho.gateway import ZohoGateway
from baton.adapters.zoho.signing_in import Credentials
from baton.adapters.zoho.tokens import Token
from baton.domain.records import CONTACTS, LEADS

API = "https://www.zohoapis.example"
CREDENTIALS = Credentials(client_id="1000.A", client_secret="hush", refresh_token="1000.refresh")


@pytest.fixture
def credentials():
    return CREDENTIALS


@pytest.fixture
def token(now):
    return Token("good-token", API, now + timedelta(hours=1))


@pytest.fixture
def tokens(memory_tokens, token):
    return memory_tokens(token)


@pytest.fixture
def gateway(wire, tokens):
    def make(told, *, quiet=False, kept=tokens, fields=("Email", "Last_Name"), **more):
        return ZohoGateway(
            accounts_url="https://accounts.zoho.example",
            api_url=API,
            credentials=CREDENTIALS,
            tokens=kept,
            fields={LEADS: fields, CONTACTS: fields},
            quiet=quiet,
            wire=wire(told, **more),
        )

    return make


@pytest.fixture
def metadata(answer):
    def make(*, unique):
        email = {"api_name": "Email", "data_type": "email", "unique": {"casesensitive": "0"} if unique else {}}
        return answer(200, {"fields": [email]})

    return make


@pytest.fixture
def done(answer):
    def make(*ids, status=200):
        stamp = "2026-03-04T13:00:00+01:00"
        items = [{"code": "SUCCESS", "status": "success", "details": {"id": i, "Modified_Time": stamp}} for i in ids]
        return answer(status, {"data": items}, x_request_id="r-1")

    return make


@pytest.fixture
def refusal():
    def make(code, **details):
        return {"code": code, "status": "error", "message": "ada@example.com is wrong", "details": details}

    return make

"""ActiveCampaign's gateway against the practice account, over loopback, with faults."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from baton.adapters.activecampaign.gateway import ActiveCampaignGateway
from baton.adapters.redis.budget import Limits, RedisBudget
from baton.domain.failures import Duplicate, Gone, Throttled, Unauthorised, Uncertain, Unreachable
from baton.domain.records import CONTACT, Crm, RecordRef, Stream, StreamKind
from baton.ports import Change, NewRecord

TOKEN = "practice-activecampaign-token"
CHANGES = Stream(CONTACT, StreamKind.CHANGES)
ADA = NewRecord({"email": "ada@example.com", "firstName": "Ada", "fields.COUNTRY": "Spain"}, "ada@example.com")


@pytest.fixture
def open_gateway():
    opened = []

    def make(practice, wire, token=TOKEN):
        opened.append(ActiveCampaignGateway(base_url=practice.url, token=token, wire=wire))
        return opened[-1]

    yield make
    for gateway in opened:
        gateway.close()


@pytest.fixture
def practice(practise):
    return practise("activecampaign")


@pytest.fixture
def gateway(open_gateway, practice, real_wire):
    return open_gateway(practice, real_wire)


def whole_pass(gateway, since=None):
    position, rows = None, []
    while True:
        page = gateway.read_page(CHANGES, since=since, position=position)
        rows += page.rows
        if (position := page.position) is None:
            return rows


def test_a_full_pass_brings_every_contact_once(open_gateway, practise, real_wire):
    practice = practise("activecampaign", people=230)

    rows = whole_pass(open_gateway(practice, real_wire))

    assert [row.ref.id for row in rows] == sorted((one["id"] for one in practice.records("contact")), key=int)
    assert len(rows) == 230


def test_a_window_brings_what_changed_in_it(gateway, practice):
    before = datetime.now(UTC) - timedelta(seconds=1)
    practice.post(
        "/people/edit", module="contact", id="7", values={"firstName": "Edited", "fields": {"COUNTRY": "Chad"}}
    )

    [row] = whole_pass(gateway, since=before)

    assert (row.ref.id, row.row["firstName"], row.row["fields"]["COUNTRY"]) == ("7", "Edited", "Chad")
    assert row.version >= before.replace(microsecond=0)


def test_lists_and_tags_come_by_list_and_by_name(gateway, practice):
    values = {"email": "eve@example.com", "lists": {"Newsletter": 2}, "tags": ["VIP"]}
    made = practice.post("/people/create", module="contact", values=values)

    [row] = gateway.read([RecordRef(CONTACT, made["id"])]).rows

    assert list(row.row["lists"].values()) == ["2"]
    assert row.row["tags"] == ["VIP"]


def test_what_was_written_is_read_back(gateway):
    [created] = gateway.create(CONTACT, [ADA])
    gateway.update(CONTACT, [Change(created.ref, {"lastName": "King", "fields.COUNTRY": None, "fields.BUDGET": 9})])

    [row] = gateway.read([created.ref]).rows

    assert (row.row["firstName"], row.row["lastName"]) == ("Ada", "King")
    assert (row.row["fields"].get("COUNTRY") or None, row.row["fields"]["BUDGET"]) == (None, "9")


def test_an_email_that_is_taken_is_a_duplicate_and_an_unknown_id_is_gone(gateway):
    gateway.create(CONTACT, [ADA])

    [again] = gateway.create(CONTACT, [ADA])
    [nobody] = gateway.update(CONTACT, [Change(RecordRef(CONTACT, "99999"), {"firstName": "X"})])

    assert isinstance(again.failure, Duplicate)
    assert isinstance(nobody.failure, Gone)


def test_a_contact_is_found_by_its_email_and_by_a_custom_field(gateway):
    [created] = gateway.create(CONTACT, [replace(ADA, values={**ADA.values, "fields.ZOHO_ID": "4876"})])

    by_email = gateway.find(CONTACT, field="email", values=["ADA@example.com", "nobody@example.com"])
    by_field = gateway.find(CONTACT, field="fields.ZOHO_ID", values=["4876"])

    assert [row.ref for row in by_email.rows] == [created.ref]
    assert [row.ref for row in by_field.rows] == [created.ref]


def test_the_filter_is_believed(gateway, practice):
    known = gateway.read([RecordRef(CONTACT, "5")]).rows[0]
    assert gateway.filters_work(known)

    practice.post("/people/delete", module="contact", id="5")

    assert gateway.filters_work(known)


def test_the_account_is_known_by_its_token(open_gateway, gateway, practice, real_wire):
    assert gateway.whoami().user_id

    with pytest.raises(Unauthorised):
        open_gateway(practice, real_wire, token="wrong").whoami()


def test_a_create_that_took_effect_without_an_answer_is_uncertain(open_gateway, practice, hasty_wire):
    practice.fault("timeout_after_effect", "POST /api/3/contacts", hold_seconds=5)
    gateway = open_gateway(practice, hasty_wire)
    plain = replace(ADA, values={"email": "ada@example.com"})

    with pytest.raises(Uncertain):
        gateway.create(CONTACT, [plain])

    assert gateway.find(CONTACT, field="email", values=["ada@example.com"]).rows


@pytest.mark.parametrize("kind", ["reset", "cut_body", "login_page", "status"])
def test_a_read_outlives_a_short_trouble(gateway, practice, kind):
    practice.fault(kind, "GET /api/3/contacts", status=503, times=2)

    assert len(gateway.read_page(CHANGES, since=None, position=None).rows) == 30


@pytest.mark.parametrize("kind", ["reset", "cut_body", "login_page", "status"])
def test_a_read_does_not_outlive_a_long_one(gateway, practice, kind):
    practice.fault(kind, "GET /api/3/contacts", status=503, times=9)

    with pytest.raises(Unreachable):
        gateway.read_page(CHANGES, since=None, position=None)


@pytest.mark.parametrize("kind", ["reset", "cut_body", "login_page", "status"])
def test_a_write_in_trouble_is_uncertain_and_sent_once(gateway, practice, kind, calls):
    practice.fault(kind, "POST /api/3/contacts", status=502)

    with pytest.raises(Uncertain):
        gateway.create(CONTACT, [replace(ADA, values={"email": "ada@example.com"})])

    assert [call.endpoint for call in calls].count("POST /contacts") == 1


def test_too_many_calls_close_the_account(gateway, practice, budget):
    practice.fault("too_many", "GET /api/3/contacts")

    with pytest.raises(Throttled):
        gateway.read_page(CHANGES, since=None, position=None)

    assert budget.ask(CONTACT.crm) > timedelta(0)


def test_a_key_that_is_refused_once_is_not_given_up(gateway, practice):
    practice.fault("unauthorised", "GET /api/3/users/me")

    assert gateway.whoami().user_id


def test_many_threads_together_stay_under_the_accounts_limit(open_gateway, practise, real_wire, budget, calls):
    practice = practise("activecampaign", limits=True)
    limits = {Crm.ACTIVECAMPAIGN: Limits(calls=4)}
    shared = RedisBudget(client=budget._client, connection="paced", limits=limits)
    wire = replace(real_wire, budget=shared, patience=timedelta(seconds=5))
    gateway = open_gateway(practice, wire)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: gateway.whoami(), range(11)))

    assert [call.outcome for call in calls] == ["ok"] * 11

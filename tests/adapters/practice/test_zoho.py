"""Zoho's gateway against the practice organisation, over loopback, with faults."""

from datetime import UTC, datetime, timedelta

import pytest

from baton.adapters.zoho.gateway import ZohoGateway
from baton.adapters.zoho.signing_in import Credentials
from baton.domain.failures import Busy, Duplicate, Gone, Rejected, Throttled, Unauthorised, Uncertain, Unreachable
from baton.domain.records import CONTACTS, LEADS, RecordRef, Stream, StreamKind
from baton.ports import Change, NewRecord

FIELDS = ("Email", "First_Name", "Last_Name", "Company", "ActiveCampaign_ID", "Budget", "Country")
GOOD = Credentials(
    client_id="1000.PRACTICE", client_secret="practice-zoho-secret", refresh_token="1000.practice.refresh"
)
BAD = Credentials(client_id="1000.PRACTICE", client_secret="practice-zoho-secret", refresh_token="1000.nobody")
LEAD_CHANGES = Stream(LEADS, StreamKind.CHANGES)


def lead(key, **values):
    held = {"Last_Name": f"Lovelace {key}", "Company": "Engines", "Email": f"p{key}@example.com", **values}
    return NewRecord(held, str(key))


def contact(key, email):
    return NewRecord({"Last_Name": "Hopper", "Email": email}, str(key))


@pytest.fixture
def open_gateway(memory_tokens):
    opened = []

    def make(practice, wire, credentials=GOOD):
        fields = {LEADS: FIELDS, CONTACTS: tuple(set(FIELDS) - {"Company", "Country"})}
        gateway = ZohoGateway(
            accounts_url=practice.url, credentials=credentials, tokens=memory_tokens(), fields=fields, wire=wire
        )
        opened.append(gateway)
        return gateway

    yield make
    for gateway in opened:
        gateway.close()


@pytest.fixture
def practice(practise):
    return practise("zoho", people=100)


@pytest.fixture
def gateway(open_gateway, practice, real_wire):
    return open_gateway(practice, real_wire)


def whole_pass(gateway, stream, since=None):
    position, rows, gone = None, [], []
    while True:
        page = gateway.read_page(stream, since=since, position=position)
        rows += page.rows
        gone += page.gone
        if (position := page.position) is None:
            return rows, gone


@pytest.mark.parametrize("module", [LEADS, CONTACTS])
def test_a_full_pass_brings_every_record_once_in_order_of_change(gateway, practice, module):
    rows, _ = whole_pass(gateway, Stream(module, StreamKind.CHANGES))

    assert sorted(row.ref.id for row in rows) == sorted(one["id"] for one in practice.records(module.name))
    assert [row.version for row in rows] == sorted(row.version for row in rows)


def test_many_changes_in_one_window_and_in_one_second_are_read_to_the_end(gateway):
    before = datetime.now(UTC) - timedelta(seconds=1)
    made = [gateway.create(LEADS, [lead(n) for n in range(start, start + 100)]) for start in (0, 100, 200)]

    rows, _ = whole_pass(gateway, LEAD_CHANGES, since=before)

    assert sorted(row.ref for row in rows) == sorted(answer.ref for answers in made for answer in answers)


def test_what_was_written_is_read_back_as_the_same_row_by_query_and_by_id(gateway):
    [made] = gateway.create(LEADS, [lead(7, Budget=12.5)])
    [changed] = gateway.update(LEADS, [Change(made.ref, {"First_Name": "Ada", "Company": "Analytical"})])

    by_id = gateway.read([made.ref]).rows
    by_query = gateway.find(LEADS, field="ActiveCampaign_ID", values=["7"]).rows

    assert by_id == by_query
    assert (by_id[0].row["First_Name"], by_id[0].row["Budget"], by_id[0].version) == ("Ada", 12.5, changed.version)


def test_a_write_carries_the_integration_users_hand(gateway):
    me = gateway.whoami()
    [made] = gateway.create(LEADS, [lead(7)])

    assert me.is_active
    assert gateway.read([made.ref]).rows[0].editor == me.user_id


def test_a_create_sent_twice_makes_one_lead(gateway):
    [first] = gateway.create(LEADS, [lead(7)])
    [again] = gateway.create(LEADS, [lead(7)])

    assert first.ref == again.ref


def test_an_email_that_a_lead_has_already_makes_no_lead_overwritten(gateway):
    [first] = gateway.create(LEADS, [lead(7, Email="one@example.com")])
    [second] = gateway.create(LEADS, [lead(8, Email="one@example.com")])

    assert first.ref != second.ref


def test_a_unique_email_that_is_taken_names_who_has_it(gateway):
    [first] = gateway.create(CONTACTS, [contact(7, "grace@example.com")])
    [again] = gateway.create(CONTACTS, [contact(8, "grace@example.com")])

    assert isinstance(again.failure, Duplicate)
    assert again.failure.existing == first.ref


def test_each_record_has_its_own_verdict(gateway):
    made = gateway.create(LEADS, [lead(1), lead(2, Last_Name=None), lead(3, Budget="much")])

    assert made[0].failure is None
    assert [type(one.failure) for one in made[1:]] == [Rejected, Rejected]
    assert [one.failure.field for one in made[1:]] == ["Last_Name", "Budget"]


def test_a_batch_in_which_all_fail_is_still_a_batch_of_verdicts(gateway):
    made = gateway.create(LEADS, [lead(2, Last_Name=None), lead(3, Last_Name=None)])

    assert [type(one.failure) for one in made] == [Rejected, Rejected]


def test_an_unknown_id_is_gone(gateway):
    [nobody] = gateway.update(LEADS, [Change(RecordRef(LEADS, "4876000000009999999"), {"Last_Name": "X"})])

    assert isinstance(nobody.failure, Gone)


def test_a_locked_record_is_busy_and_its_neighbour_is_written(gateway, practice):
    locked, free = gateway.create(LEADS, [lead(1), lead(2)])
    practice.fault("locked", "PUT /crm/v8/Leads", ids=[locked.ref.id])

    answers = gateway.update(LEADS, [Change(one.ref, {"First_Name": "Ada"}) for one in (locked, free)])

    assert [type(answer.failure) for answer in answers] == [Busy, type(None)]


def test_a_value_with_quotes_and_backslashes_is_found_as_it_is(gateway):
    odd = "o'neil\\x@example.com"
    gateway.create(LEADS, [lead(1, Company=odd), lead(2)])

    found = gateway.find(LEADS, field="Company", values=[odd])

    assert [row.row["Company"] for row in found.rows] == [odd]


def test_deletions_are_told(gateway, practice):
    before = datetime.now(UTC) - timedelta(seconds=2)
    [made] = gateway.create(LEADS, [lead(1)])
    practice.post("/people/delete", module="Leads", id=made.ref.id)

    _, gone = whole_pass(gateway, Stream(LEADS, StreamKind.DELETIONS), since=before)

    assert gone == [made.ref]
    assert gateway.read([made.ref]).missing == (made.ref,)


def test_without_deletions_the_list_is_empty(gateway):
    assert whole_pass(gateway, Stream(CONTACTS, StreamKind.DELETIONS), since=datetime.now(UTC)) == ([], [])


def test_the_schema_tells_what_is_unique_mandatory_and_allowed(gateway):
    leads, contacts = gateway.schema(LEADS), gateway.schema(CONTACTS)

    assert (leads["Email"].is_unique, contacts["Email"].is_unique) == (False, True)
    assert leads["ActiveCampaign_ID"].is_unique
    assert leads["Last_Name"].is_mandatory
    assert not leads["Modified_Time"].is_writable
    assert "MQL" in leads["Lifecycle_Stage"].choices


def test_the_window_is_believed(gateway):
    [made] = gateway.create(LEADS, [lead(1)])

    assert gateway.filters_work(gateway.read([made.ref]).rows[0])


def test_a_revoked_sign_in_pauses_the_connection(open_gateway, practice, real_wire):
    with pytest.raises(Unauthorised):
        open_gateway(practice, real_wire, credentials=BAD).whoami()


def test_a_token_that_is_no_longer_good_is_renewed_in_passing(gateway, practice):
    gateway.whoami()
    practice.fault("unauthorised", "PUT /crm/v8/Leads")
    [made] = gateway.create(LEADS, [lead(1)])

    [answer] = gateway.update(LEADS, [Change(made.ref, {"First_Name": "Ada"})])

    assert answer.failure is None


def test_a_create_that_took_effect_without_an_answer_is_uncertain(open_gateway, practice, hasty_wire):
    gateway = open_gateway(practice, hasty_wire)
    practice.fault("timeout_after_effect", "POST /crm/v8/Leads/upsert", hold_seconds=5)

    with pytest.raises(Uncertain):
        gateway.create(LEADS, [lead(7)])

    assert len(gateway.find(LEADS, field="ActiveCampaign_ID", values=["7"]).rows) == 1


@pytest.mark.parametrize("kind", ["reset", "cut_body", "login_page", "status"])
def test_a_read_outlives_a_short_trouble(gateway, practice, kind):
    practice.fault(kind, "POST /crm/v8/coql", status=503, times=2)

    assert gateway.read_page(LEAD_CHANGES, since=None, position=None).rows


@pytest.mark.parametrize("kind", ["reset", "cut_body", "login_page", "status"])
def test_a_read_does_not_outlive_a_long_one(gateway, practice, kind):
    practice.fault(kind, "POST /crm/v8/coql", status=503, times=9)

    with pytest.raises(Unreachable):
        gateway.read_page(LEAD_CHANGES, since=None, position=None)


@pytest.mark.parametrize("kind", ["reset", "cut_body", "login_page", "status"])
def test_a_write_in_trouble_is_uncertain_and_sent_once(gateway, practice, kind, calls):
    practice.fault(kind, "POST /crm/v8/Leads/upsert", status=502)

    with pytest.raises(Uncertain):
        gateway.create(LEADS, [lead(7)])

    assert [call.endpoint for call in calls].count("POST /{module}/upsert") == 1


def test_too_many_calls_close_the_account(gateway, practice, budget):
    practice.fault("too_many", "POST /crm/v8/coql")

    with pytest.raises(Throttled):
        gateway.read_page(LEAD_CHANGES, since=None, position=None)

    assert budget.ask(LEADS.crm) > timedelta(0)


def test_calls_are_counted_by_endpoint_and_records(gateway, calls):
    gateway.create(LEADS, [lead(n) for n in range(12)])

    assert (calls[-1].endpoint, calls[-1].records, calls[-1].outcome) == ("POST /{module}/upsert", 12, "ok")
    assert calls[-1].request_id

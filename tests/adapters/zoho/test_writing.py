"""Records as they are written: inserts and upserts that find nobody by chance, and verdicts in order."""

from datetime import UTC, datetime

import pytest

from baton.domain.failures import Busy, Uncertain
from baton.domain.records import CONTACTS, LEADS, RecordRef
from baton.ports import Change, NewRecord

KEY = "ActiveCampaign_ID"


def records(*keys):
    return [NewRecord({"Last_Name": f"N{key}"}, key) for key in keys]


def test_where_the_email_is_unique_a_create_is_a_plain_insert(gateway, told, metadata, done):
    there = told(metadata(unique=True), done("5", status=201))

    gateway(there).create(CONTACTS, records("12"))

    assert (there.asked[1].method, there.asked[1].url.path) == ("POST", "/crm/v8/Contacts")
    assert there.bodies() == [{"data": [{"Last_Name": "N12", KEY: "12"}]}]


def test_elsewhere_it_is_an_upsert_by_our_own_key_alone(gateway, told, metadata, done):
    there = told(metadata(unique=False), done("5"))

    gateway(there).create(LEADS, records("12"))

    assert (there.asked[1].method, there.asked[1].url.path) == ("POST", "/crm/v8/Leads/upsert")
    assert there.bodies() == [{"data": [{"Last_Name": "N12", KEY: "12"}], "duplicate_check_fields": [KEY]}]


def test_whether_the_email_is_unique_is_asked_once(gateway, told, metadata, done):
    there = told(metadata(unique=False), done("5"))
    crm = gateway(there)

    crm.create(LEADS, records("12"))
    crm.create(LEADS, records("13"))

    assert len(there.asked) == 3


def test_an_update_names_each_record_by_id_and_null_clears(gateway, told, done):
    there = told(done("5", "6"))
    changes = [
        Change(RecordRef(LEADS, "5"), {"Last_Name": "King"}),
        Change(RecordRef(LEADS, "6"), {"Phone": None, "Budget": 1.5}),
    ]

    answers = gateway(there).update(LEADS, changes)

    assert (there.asked[0].method, there.asked[0].url.path) == ("PUT", "/crm/v8/Leads")
    assert there.bodies() == [{"data": [{"Last_Name": "King", "id": "5"}, {"Phone": None, "Budget": 1.5, "id": "6"}]}]
    assert [answer.ref.id for answer in answers] == ["5", "6"]
    assert (answers[0].version, answers[0].request_id) == (datetime(2026, 3, 4, 12, 0, tzinfo=UTC), "r-1")


@pytest.mark.parametrize("status", [200, 207, 400])
def test_each_record_has_its_own_verdict_in_order(gateway, told, answer, refusal, status):
    done = {"code": "SUCCESS", "status": "success", "details": {"id": "6"}}
    there = told(answer(status, {"data": [refusal("RECORD_LOCKED"), done]}))
    changes = [Change(RecordRef(LEADS, id_), {}) for id_ in ("5", "6")]

    locked, written = gateway(there).update(LEADS, changes)

    assert isinstance(locked.failure, Busy)
    assert (written.failure, written.ref.id) == (None, "6")


def test_a_success_that_names_no_record_is_uncertain(gateway, told, metadata, answer):
    nameless = answer(201, {"data": [{"code": "SUCCESS", "status": "success", "details": {}}]})

    [written] = gateway(told(metadata(unique=True), nameless)).create(CONTACTS, records("12"))

    assert isinstance(written.failure, Uncertain)


def test_a_quiet_gateway_runs_no_workflows(gateway, told, done):
    there = told(done("5"))
    crm = gateway(there)
    change = [Change(RecordRef(LEADS, "5"), {})]

    crm.update(LEADS, change)
    crm.quietly().update(LEADS, change)
    crm.update(LEADS, change)
    gateway(there, quiet=True).update(LEADS, change)

    assert [body.get("trigger") for body in there.bodies()] == [None, [], None, []]


def test_writing_nothing_costs_no_call(gateway, told, done):
    there = told(done())

    assert gateway(there).update(LEADS, []) == ()
    assert there.asked == []


def test_a_batch_that_is_too_large_or_mixed_is_our_own_mistake(gateway, told, done):
    crm = gateway(told(done()))

    with pytest.raises(ValueError, match="100"):
        crm.update(LEADS, [Change(RecordRef(LEADS, str(n)), {}) for n in range(101)])
    with pytest.raises(ValueError, match="another module"):
        crm.update(LEADS, [Change(RecordRef(CONTACTS, "1"), {})])

"""Contacts as they are written: one call each, and what a trouble in the middle leaves known."""

from datetime import UTC, datetime

import httpx
import pytest

from baton.domain.failures import Busy, Duplicate, Rejected, Unauthorised, Uncertain, Unreachable
from baton.domain.records import CONTACT, RecordRef
from baton.ports import Change, NewRecord


def record(name="ada", **values):
    return NewRecord({"email": f"{name}@example.com", **values}, name)


def change(id_, **values):
    return Change(RecordRef(CONTACT, id_), values)


@pytest.fixture
def done(answer):
    def make(id_):
        stamp = "2026-03-04T05:59:58-06:00"
        return answer(200, {"contact": {"id": id_, "udate": stamp}, "fieldValues": []}, x_request_id=f"r-{id_}")

    return make


def test_a_create_sends_fields_by_id_in_the_same_call(gateway, told, fields, done):
    there = told(fields, done("9"))
    values = {"firstName": "Ada", "phone": None, "fields.COUNTRY": "Spain", "fields.STAGE": None}

    [answer] = gateway(there).create(CONTACT, [record(**values)])

    assert answer.ref == RecordRef(CONTACT, "9")
    assert (answer.version, answer.request_id) == (datetime(2026, 3, 4, 11, 59, 58, tzinfo=UTC), "r-9")
    assert there.bodies() == [
        {
            "contact": {
                "email": "ada@example.com",
                "firstName": "Ada",
                "phone": "",
                "fieldValues": [{"field": "1", "value": "Spain"}, {"field": "2", "value": ""}],
            }
        }
    ]


def test_an_update_names_the_contact_by_id_and_sends_only_what_changes(gateway, told, done):
    there = told(done("7"))

    gateway(there).update(CONTACT, [change("7", lastName="King")])

    assert (there.asked[0].method, there.asked[0].url.path) == ("PUT", "/api/3/contacts/7")
    assert there.bodies() == [{"contact": {"lastName": "King"}}]


@pytest.mark.parametrize("place", ["orgname", "fields.NOWHERE", "consent", "tags"])
def test_a_field_that_cannot_be_written_refuses_its_record_alone(gateway, told, fields, done, place):
    there = told(done("7"), fields, done("8"))
    bad = Change(RecordRef(CONTACT, "1"), {place: "x"})

    answers = gateway(there).update(CONTACT, [change("7", lastName="A"), bad])

    assert answers[0].failure is None
    assert isinstance(answers[1].failure, Rejected)
    assert answers[1].failure.field == place


def test_one_bad_contact_does_not_sink_its_neighbours(gateway, told, answer, done):
    duplicate = answer(422, {"errors": [{"code": "duplicate", "source": {"pointer": "/data/attributes/email"}}]})
    there = told(done("1"), duplicate, done("3"))

    answers = gateway(there).create(CONTACT, [record("a"), record("b"), record("c")])

    assert [one.ref and one.ref.id for one in answers] == ["1", None, "3"]
    assert isinstance(answers[1].failure, Duplicate)


def test_a_single_create_whose_outcome_is_unknown_is_raised(gateway, told):
    with pytest.raises(Uncertain):
        gateway(told(httpx.ReadTimeout("late"))).create(CONTACT, [record()])


def test_what_was_answered_before_an_unknown_outcome_is_kept_and_the_rest_is_not_sent(gateway, told, done):
    there = told(done("1"), httpx.ReadTimeout("late"))

    answers = gateway(there).create(CONTACT, [record("a"), record("b"), record("c"), record("d")])

    assert [type(one.failure) for one in answers] == [type(None), Uncertain, Busy, Busy]
    assert len(there.asked) == 2


def test_a_trouble_of_the_connection_at_the_start_is_raised(gateway, told):
    with pytest.raises(Unreachable):
        gateway(told(httpx.ConnectError("no"))).create(CONTACT, [record("a"), record("b")])


def test_a_trouble_of_the_connection_later_costs_the_rest_no_try(gateway, told, answer, done):
    there = told(done("1"), answer(403))

    answers = gateway(there).create(CONTACT, [record("a"), record("b"), record("c")])

    assert [type(one.failure) for one in answers] == [type(None), Busy, Busy]


def test_a_refused_token_is_raised_for_a_single_contact(gateway, told, answer):
    with pytest.raises(Unauthorised):
        gateway(told(answer(403))).create(CONTACT, [record()])


def test_an_answer_that_names_no_contact_leaves_the_create_uncertain(gateway, told, answer):
    with pytest.raises(Uncertain):
        gateway(told(answer(201, {"contact": {}}))).create(CONTACT, [record()])

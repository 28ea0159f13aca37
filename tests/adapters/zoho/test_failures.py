"""What Zoho's refusals mean, of whole calls and of single records."""

from datetime import timedelta

import httpx
import pytest

from baton.domain.failures import (
    Blocked,
    Busy,
    Duplicate,
    Gone,
    Rejected,
    Throttled,
    Unauthorised,
    Uncertain,
    Unreachable,
)
from baton.domain.records import CONTACTS, LEADS, RecordRef, Stream, StreamKind
from baton.ports import Change

ADA = "ada@example.com"
CHANGES = Stream(LEADS, StreamKind.CHANGES)


def update(gateway):
    return gateway.update(LEADS, [Change(RecordRef(LEADS, "71"), {"Email": ADA})])


def pull(gateway):
    return gateway.read_page(CHANGES, since=None, position=None)


@pytest.mark.parametrize("status", [200, 202, 207, 400])
@pytest.mark.parametrize(
    ("said", "means"),
    [
        (("RECORD_LOCKED", {"api_name": "id", "action": "record_locking"}), (Busy, None)),
        (("NOT_APPROVED", {"resource_path_index": 0}), (Blocked, None)),
        (("NOT_REVIEWED", {}), (Blocked, None)),
        (("RECORD_IN_BLUEPRINT", {}), (Blocked, None)),
        (("CONVERTED_RECORD", {}), (Gone, None)),
        (("INVALID_DATA", {"id": "71"}), (Gone, None)),
        (("INVALID_DATA", {"api_name": "id", "json_path": "$.data[0].id"}), (Gone, None)),
        (("INVALID_DATA", {"api_name": "Email", "expected_data_type": "email"}), (Rejected, "Email")),
        (("INVALID_DATA", {"api_name": "City", "maximum_length": 100}), (Rejected, "City")),
        (("MANDATORY_NOT_FOUND", {"api_name": "Last_Name"}), (Rejected, "Last_Name")),
        (("DEPENDENT_FIELD_MISSING", {}), (Rejected, None)),
        (("NO_PERMISSION", {}), (Rejected, None)),
        (("ALREADY_MODIFIED", {}), (Busy, None)),
        (("SOMETHING_NEW", {"api_name": "ada@example.com"}), (Rejected, None)),
    ],
)
def test_a_verdict_on_a_record_means_the_same_under_every_status(gateway, told, answer, refusal, status, said, means):
    code, details = said
    there = told(answer(status, {"data": [refusal(code, **details)]}))

    [verdict] = update(gateway(there))

    assert (type(verdict.failure), verdict.failure.field) == means
    assert verdict.failure.code == code
    assert ADA not in verdict.failure.reason


@pytest.mark.parametrize(
    ("details", "existing"),
    [
        ({"api_name": "Email", "id": "5"}, RecordRef(LEADS, "5")),
        (
            {"api_name": "Email", "duplicate_record": {"id": "6", "module": {"api_name": "Contacts", "id": "1"}}},
            RecordRef(CONTACTS, "6"),
        ),
        ({"api_name": "Email"}, None),
    ],
)
def test_a_duplicate_names_the_record_that_is_there_already(gateway, told, answer, refusal, details, existing):
    there = told(answer(400, {"data": [refusal("DUPLICATE_DATA", **details)]}))

    [verdict] = update(gateway(there))

    assert isinstance(verdict.failure, Duplicate)
    assert (verdict.failure.existing, verdict.failure.field) == (existing, "Email")


@pytest.mark.parametrize(
    ("parts", "failure"),
    [
        ([("DUPLICATE_DATA", {"id": "5"}), ("DUPLICATE_DATA", {"id": "5"})], Duplicate),
        ([("DUPLICATE_DATA", {"id": "5"}), ("DUPLICATE_DATA", {"id": "6"})], Rejected),
        ([("DUPLICATE_DATA", {"id": "5"}), ("INVALID_DATA", {"api_name": "Phone"})], Rejected),
        ([("RECORD_LOCKED", {})], Busy),
        ([], Rejected),
    ],
)
def test_several_refusals_of_one_record_are_weighed(gateway, told, answer, refusal, parts, failure):
    errors = [refusal(code, **details) for code, details in parts]
    there = told(answer(207, {"data": [refusal("MULTIPLE_OR_MULTI_ERRORS", errors=errors)]}))

    [verdict] = update(gateway(there))

    assert type(verdict.failure) is failure


@pytest.mark.parametrize(
    ("status", "said", "means"),
    [
        (401, ("OAUTH_SCOPE_MISMATCH", {}), (Unauthorised, None)),
        (403, ("NO_PERMISSION", {"permissions": ["x"]}), (Unauthorised, None)),
        (400, ("AUTHORIZATION_FAILED", {}), (Unauthorised, None)),
        (400, ("LIMIT_EXCEEDED", {"maximum_length": 100, "api_name": "data"}), (Rejected, "data")),
        (400, ("INVALID_MODULE", {}), (Rejected, None)),
        (404, ("INVALID_URL_PATTERN", {}), (Rejected, None)),
        (429, ("TOO_MANY_REQUESTS", {}), (Throttled, None)),
        (412, ("ALREADY_MODIFIED", {"Modified_Time": "x"}), (Busy, None)),
        (500, ("INTERNAL_ERROR", {}), (Uncertain, None)),
    ],
)
def test_a_refusal_of_the_whole_write_is_raised(gateway, told, answer, refusal, status, said, means):
    code, details = said

    with pytest.raises(means[0]) as raised:
        update(gateway(told(answer(status, refusal(code, **details)))))

    assert (type(raised.value), raised.value.field) == means


@pytest.mark.parametrize("status", [302, 404, 408, 500, 502, 503, 504])
def test_a_write_that_was_answered_without_a_word_is_uncertain(gateway, told, answer, status):
    with pytest.raises(Uncertain):
        update(gateway(told(answer(status))))


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        ((500, {"code": "INTERNAL_ERROR", "details": {}}), Unreachable),
        ((503, None), Unreachable),
        ((200, None), Unreachable),
        ((400, {"code": "INVALID_QUERY", "details": {"column_name": "Nope"}}), Rejected),
        ((400, {"code": "SYNTAX_ERROR", "details": {"near": "ada@example.com"}}), Rejected),
        ((429, None), Throttled),
    ],
)
def test_a_refused_read_did_nothing(gateway, told, answer, reply, failure):
    with pytest.raises(failure) as raised:
        pull(gateway(told(answer(*reply))))

    assert ADA not in raised.value.reason


def test_a_login_page_in_place_of_an_answer_leaves_a_write_uncertain_and_a_read_undone(gateway, told, answer):
    page = answer(200, text="<html>Sign in</html>", content_type="text/html")

    with pytest.raises(Uncertain):
        update(gateway(told(page)))
    with pytest.raises(Unreachable):
        pull(gateway(told(page)))


def test_a_late_answer_leaves_a_write_uncertain_and_it_is_not_repeated(gateway, told):
    there = told(httpx.ReadTimeout("late"))

    with pytest.raises(Uncertain):
        update(gateway(there))

    assert len(there.asked) == 1


@pytest.mark.parametrize("items", [0, 1, 3])
def test_verdicts_that_do_not_fit_the_records_leave_the_write_uncertain(gateway, told, done, items):
    changes = [Change(RecordRef(LEADS, id_), {}) for id_ in ("1", "2")]

    with pytest.raises(Uncertain):
        gateway(told(done(*"123"[:items]))).update(LEADS, changes)


def test_used_up_credits_close_the_account_for_longer(gateway, told, answer, refusal):
    body = refusal("TOO_MANY_REQUESTS")

    with pytest.raises(Throttled) as short:
        pull(gateway(told(answer(429, body))))

    assert short.value.wait < timedelta(seconds=10)


def test_when_no_credits_remain_the_wait_is_a_quarter_of_an_hour(gateway, told, answer, refusal):
    with pytest.raises(Throttled) as raised:
        pull(gateway(told(answer(429, refusal("TOO_MANY_REQUESTS"), x_api_credits_remaining="0"))))

    assert raised.value.wait >= timedelta(minutes=15)

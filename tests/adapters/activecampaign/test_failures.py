"""What ActiveCampaign's refusals mean, row by row."""

from datetime import timedelta

import pytest

from baton.domain.failures import Duplicate, Gone, Rejected, Throttled, Unauthorised, Uncertain, Unreachable
from baton.domain.records import CONTACT, RecordRef
from baton.ports import Change, NewRecord

ADA = "ada@example.com"
NOT_FOUND = {"message": "No Result found for Subscriber with id 7"}
DUPLICATE = {
    "errors": [
        {
            "title": f"Email address {ADA} already exists",
            "detail": "",
            "code": "duplicate",
            "source": {"pointer": "/data/attributes/email"},
        }
    ]
}
INVALID = {"errors": [{"title": "bad", "code": "field_invalid", "source": {"pointer": "/data/attributes/phone"}}]}
VALUE = {"errors": [{"detail": f"The custom field value `{ADA}` could not be saved"}]}


def create(gateway):
    return gateway.create(CONTACT, [NewRecord({"email": ADA}, ADA)])


def update(gateway):
    return gateway.update(CONTACT, [Change(RecordRef(CONTACT, "7"), {"email": ADA})])


@pytest.mark.parametrize(
    ("status", "document", "failure", "code", "field"),
    [
        (422, DUPLICATE, Duplicate, "duplicate", "email"),
        (422, INVALID, Rejected, "field_invalid", "phone"),
        (422, VALUE, Rejected, "rejected", None),
        (422, {"errors": "options are wrong"}, Rejected, "rejected", None),
        (400, {}, Rejected, "rejected", None),
        (404, NOT_FOUND, Gone, "gone", None),
        (404, {"message": "No result found for contact with id 7"}, Gone, "gone", None),
        (404, {"errors": [{"status": 404, "title": "Not Found", "detail": "Contact not found"}]}, Gone, "gone", None),
        (403, NOT_FOUND, Gone, "gone", None),
    ],
)
def test_a_refusal_of_the_record_is_its_own_answer(gateway, told, answer, status, document, failure, code, field):
    [verdict] = update(gateway(told(answer(status, document))))

    assert type(verdict.failure) is failure
    assert (verdict.failure.code, verdict.failure.field) == (code, field)
    assert "ada" not in verdict.failure.reason


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        ((403, None), Unauthorised),
        ((403, {"message": "Forbidden"}), Unauthorised),
        ((403, {"errors": [{"status": 403, "title": "Forbidden", "detail": "You may not"}]}), Unauthorised),
        ((401, {}), Unauthorised),
        ((404, {"message": "no route"}), Unreachable),
        ((429, None), Throttled),
        ((500, {"message": "boom"}), Uncertain),
        ((503, None), Uncertain),
        ((302, None), Uncertain),
        ((200, {"message": "odd"}), Uncertain),
        ((201, None), Uncertain),
    ],
)
def test_a_refusal_of_the_call_is_raised(gateway, told, answer, reply, failure):
    with pytest.raises(failure) as raised:
        create(gateway(told(answer(*reply))))

    assert type(raised.value) is failure


def test_a_login_page_in_place_of_an_answer_leaves_a_write_uncertain_and_a_read_undone(gateway, told, answer):
    page = answer(200, text="<html>Sign in</html>", content_type="text/html")

    with pytest.raises(Uncertain):
        create(gateway(told(page)))
    with pytest.raises(Unreachable):
        gateway(told(page)).whoami()


@pytest.mark.parametrize("status", [400, 422])
def test_a_refusal_that_was_cut_on_its_way_leaves_a_write_uncertain_for_nobody_knows_what_it_says(
    gateway, told, answer, status
):
    with pytest.raises(Uncertain):
        create(gateway(told(answer(status, text='{"errors": [{"code": "dup', content_type="application/json"))))


def test_a_good_token_that_is_refused_once_is_tried_again(gateway, told, answer):
    there = told(answer(403), answer(200, {"user": {"id": "1", "username": "admin"}}))

    assert gateway(there).whoami().user_id == "1"


def test_a_token_that_is_refused_twice_is_not_good(gateway, told, answer):
    there = told(answer(403))

    with pytest.raises(Unauthorised):
        gateway(there).whoami()

    assert len(there.asked) == 2


def test_json_under_another_content_type_is_read(gateway, told, answer):
    there = told(answer(403, {"message": "Forbidden"}, content_type="text/plain"))

    with pytest.raises(Unauthorised):
        gateway(there).whoami()


def test_the_vendors_wait_is_kept(gateway, told, answer):
    with pytest.raises(Throttled) as raised:
        create(gateway(told(answer(429, retry_after="30"))))

    assert timedelta(seconds=30) <= raised.value.wait < timedelta(seconds=40)


def test_the_token_goes_with_every_call_and_into_no_text(gateway, told, answer):
    there = told(answer(500))

    with pytest.raises(Uncertain) as raised:
        create(gateway(there))

    assert there.asked[0].headers["api-token"] == "secret-token"
    assert "secret-token" not in f"{raised.value!r}"

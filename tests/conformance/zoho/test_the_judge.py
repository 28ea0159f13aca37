import json
from copy import deepcopy

import pytest

from tests.conformance.zoho.asking import judge_request
from tests.conformance.zoho.corrections import CORRECTIONS
from tests.conformance.zoho.description import MATERIAL, description
from tests.conformance.zoho.judge import judge

pytestmark = pytest.mark.skipif(not MATERIAL.is_dir(), reason="the vendor's description is not on this machine")

LEADS = "/crm/v8/Leads"
HAND = {"name": "Gerda Graf", "id": "487600000000022002"}
STAMP = "2026-03-02T16:00:00+01:00"
MADE = {
    "code": "SUCCESS",
    "details": {
        "Modified_Time": STAMP,
        "Modified_By": HAND,
        "Created_Time": STAMP,
        "id": "487600000000310001",
        "Created_By": HAND,
    },
    "message": "record added",
    "status": "success",
}
REFUSED = {"code": "INVALID_DATA", "details": {"api_name": "Email"}, "message": "invalid data", "status": "error"}
FLAT = {"code": "INVALID_MODULE", "details": {}, "message": "the module name given is invalid", "status": "error"}


def verdict(status, answer, method="POST", path=LEADS, kind="application/json;charset=UTF-8"):
    return judge(description(), method, path, status, json.dumps(answer).encode(), kind)


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (201, {"data": [MADE]}),
        (207, {"data": [MADE, REFUSED]}),
        (400, {"data": [REFUSED]}),
        (400, FLAT),
    ],
)
def test_what_the_vendor_answers_is_as_described(status, answer):
    assert verdict(status, answer).why is None


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (201, {"data": [MADE], "total": 1}),
        (201, {"data": [{**MADE, "details": {**MADE["details"], "id": 487600000000310001}}]}),
        (201, {"data": [{name: value for name, value in MADE.items() if name != "code"}]}),
        (201, {"records": [MADE]}),
        (400, {"error": "no such module"}),
        (400, {**FLAT, "status": "failure"}),
        (207, {"data": [{**MADE, "state": "fine"}, REFUSED]}),
    ],
)
def test_what_the_vendor_would_not_answer_is_unlike(status, answer):
    assert verdict(status, answer).why is not None


def test_a_page_in_the_place_of_json_is_unlike():
    judged = judge(description(), "GET", LEADS, 200, b"<html>sign in</html>", "text/html")

    assert judged.why is not None


def test_the_address_with_the_fewest_blanks_is_meant():
    names = [description().find("GET", f"{LEADS}/{part}").name for part in ("deleted", "487600000000310001")]

    assert names == ["GET /{module}/deleted", "GET /{module}/{recordID}"]


@pytest.mark.parametrize(
    ("query", "body"),
    [("", b'{"data": "Birk"}'), ("colour=red", b'{"data": [{"Last_Name": "Birk"}]}')],
)
def test_a_request_that_the_vendor_does_not_know_is_unlike(query, body):
    assert judge_request(description(), "POST", LEADS, query, body).why is not None


@pytest.mark.parametrize("correction", CORRECTIONS, ids=lambda each: each.__name__.strip("_"))
def test_each_correction_corrects_something(correction):
    documents = {path.name: json.loads(path.read_text("utf-8")) for path in MATERIAL.glob("*.json")}
    before = deepcopy(documents)

    for name, document in documents.items():
        correction(name, document)

    assert documents != before

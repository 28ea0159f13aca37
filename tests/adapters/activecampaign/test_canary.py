"""The canary notices a filter that is ignored, and is not frightened by deletions or odd stamps."""

from datetime import UTC, datetime

import pytest

from baton.domain.records import CONTACT, RecordRef, Seen

KNOWN = Seen(RecordRef(CONTACT, "5"), {}, datetime(2026, 3, 4, 11, 0, tzinfo=UTC))
FIVE = {"id": "5", "udate": "2026-03-04T05:00:00-06:00"}
NONE = {"contacts": []}


def contacts(*found):
    return {"contacts": list(found)}


@pytest.mark.parametrize(
    ("windows", "works"),
    [
        ([NONE, contacts(FIVE), NONE], True),
        ([NONE, contacts(FIVE), contacts({"id": "6"})], True),
        ([contacts({"id": "1"})], False),
        ([NONE, contacts(FIVE), contacts(FIVE)], False),
        ([NONE, contacts({"id": "6"}), {"contact": FIVE}], False),
    ],
    ids=["filters", "another one follows", "future is not empty", "found an hour later", "not found at its stamp"],
)
def test_a_filter_is_believed_only_when_it_filters(gateway, told, answer, windows, works):
    there = told(*(answer(200, window) for window in windows))

    assert gateway(there).filters_work(KNOWN) is works


def test_a_contact_that_was_deleted_meanwhile_says_nothing_of_the_filter(gateway, told, answer):
    there = told(answer(200, NONE), answer(200, NONE), answer(404, {"message": "No Result found for Subscriber"}))

    assert gateway(there).filters_work(KNOWN)


def test_a_contact_that_was_touched_later_is_expected_in_later_windows(gateway, told, answer):
    touched = {**FIVE, "updated_timestamp": "2026-03-04 05:30:00"}
    there = told(answer(200, NONE), answer(200, contacts(touched)), answer(200, NONE))

    assert gateway(there).filters_work(KNOWN)
    assert there.queries()[2]["filters[updated_after]"] == "2026-03-04T13:29:59+00:00"

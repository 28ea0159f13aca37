"""What an audit calls wrong, what it names apart, and what the contract itself keeps different."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from baton.adapters.spelling import spelling
from baton.domain.audit import Audited, Kind, Live, Member, judge
from baton.domain.contract import Contract, Direction, FieldRule, FieldSchema, FieldType, WriteMode
from baton.domain.drift import Drift
from baton.domain.drift import Kind as Change
from baton.domain.records import CONTACT, LEADS, RecordRef, Seen
from baton.domain.rulebook import Rulebook

READ = datetime(2026, 3, 4, 12, tzinfo=UTC)
OURS, THEIRS = RecordRef(CONTACT, "7"), RecordRef(LEADS, "4876")
EMAIL = FieldRule("email", FieldType.EMAIL, {CONTACT: "email", LEADS: "Email"}, direction=Direction.BOTH)
TITLE = FieldRule("title", FieldType.TEXT, {CONTACT: "fields.TITLE", LEADS: "Title"}, direction=Direction.BOTH)
CONSENT = FieldRule("consent", FieldType.CONSENT, {CONTACT: "consent", LEADS: "Consent"})


def book_of(title=TITLE, **more):
    fields = {place: FieldSchema(place, "text") for place in ("Email", "Title", "Consent")}
    return Rulebook(Contract((EMAIL, title, CONSENT)), {LEADS: fields}, spelling(), **more)


def person(*, base="Head", role="primary", standing="in step", **more):
    members = tuple(Member(ref, role, standing, READ, {"title": base}) for ref in (OURS, THEIRS))
    return Audited(1, "anna@berg.example", members, **more)


def live(title="Head", theirs="Head", *, at=READ, lists=None, **zoho):
    ours = {"email": "anna@berg.example", "fields": {"TITLE": title}, "lists": lists or {}}
    lead = {"Email": "anna@berg.example", "Title": theirs, "ActiveCampaign_ID": "7", "Consent": "Unknown", **zoho}
    return Live({OURS: Seen(OURS, ours, at), THEIRS: Seen(THEIRS, lead, at)})


def kinds(who, shown, book=None):
    return [(finding.kind, finding.field) for finding in judge(who, shown, book or book_of())]


def test_what_agrees_is_not_told():
    assert kinds(person(), live()) == []


@pytest.mark.parametrize(
    ("rule", "base", "told"),
    [
        (TITLE, "Head", [(Kind.FIELD, "title")]),
        (replace(TITLE, direction=Direction.TO_ZOHO), "other", [(Kind.FIELD, "title")]),
        (replace(TITLE, mode=WriteMode.CREATE_ONLY), "other", [(Kind.FIELD, "title")]),
    ],
)
def test_two_values_that_nobody_decided_are_wrong(rule, base, told):
    assert kinds(person(base=base), live("Head", "Chief"), book_of(rule)) == told


@pytest.mark.parametrize(
    "rule",
    [
        replace(TITLE, direction=Direction.TO_ZOHO),
        replace(TITLE, mode=WriteMode.CREATE_ONLY),
        replace(TITLE, mode=WriteMode.FILL_BLANK),
    ],
)
def test_a_difference_that_the_contract_keeps_and_that_was_heard_is_none(rule):
    members = (
        Member(OURS, "primary", "in step", READ, {"title": "Head"}),
        Member(THEIRS, "primary", "in step", READ, {"title": "Chief"}),
    )

    assert kinds(Audited(1, None, members), live("Head", "Chief"), book_of(rule)) == []


def test_what_a_person_or_a_pause_holds_is_named_as_that():
    gone = Drift(Change.TYPE, LEADS, "Title", "text", "date", ("title",))

    assert kinds(person(conflicts=frozenset({"title"})), live("Head", "Chief")) == [(Kind.WAITS, "title")]
    assert kinds(person(), live("Head", "Chief"), book_of(drifts=(gone,))) == [(Kind.PAUSED, "title")]


def test_work_under_way_makes_one_finding_that_is_not_wrong():
    (finding,) = judge(person(is_busy=True), live("Head", "Chief", ActiveCampaign_ID="8"), book_of())

    assert (finding.kind, finding.is_wrong) == (Kind.ON_ITS_WAY, False)
    assert judge(person(is_busy=True), live(), book_of()) == ()


def test_an_edit_that_is_younger_than_the_mirror_is_not_judged():
    later = live("Head", "Chief", at=READ + timedelta(seconds=1))

    assert kinds(person(), later) == [(Kind.NOT_READ, None), (Kind.NOT_READ, None)]


@pytest.mark.parametrize(
    ("stored", "told"), [("7", []), ("8", [(Kind.WRONG_ID, None)]), (None, [(Kind.WRONG_ID, None)])]
)
def test_the_id_that_zoho_stores_is_that_of_the_contact(stored, told):
    assert kinds(person(), live(ActiveCampaign_ID=stored)) == told


@pytest.mark.parametrize(
    ("lists", "shown", "told"),
    [
        ({"1": "2"}, "Unsubscribed", []),
        ({"1": "2"}, "Subscribed", [(Kind.CONSENT, None)]),
        ({"1": "1"}, "Unsubscribed", []),
        ({"1": "3"}, "Subscribed", [(Kind.CONSENT, None)]),
        ({"1": "1"}, "Unknown", [(Kind.CONSENT, None)]),
        ({"1": "1"}, "a word nobody knows", [(Kind.CONSENT, None)]),
    ],
)
def test_a_copy_may_show_more_restriction_and_never_less(lists, shown, told):
    assert kinds(person(), live(lists=lists, Consent=shown)) == told


def test_a_record_without_counterpart_and_without_a_reason_is_wrong():
    alone = Audited(1, None, (Member(OURS, "primary", "in step", READ),))
    refused = Audited(1, None, (Member(OURS, "", "refused", READ),))

    assert kinds(alone, live()) == [(Kind.MISSING, None)]
    assert kinds(refused, live()) == []


def test_a_second_holder_of_the_address_is_a_duplicate_when_it_stands_for_somebody_else():
    twin = RecordRef(LEADS, "9")
    known = replace(live(), holders={"anna@berg.example": (THEIRS, twin)}, elsewhere={twin: 5})

    assert kinds(person(), known) == [(Kind.DUPLICATE, None)]
    assert kinds(person(), replace(known, elsewhere={})) == [(Kind.NOT_READ, None)]
    assert kinds(person(standing="review"), known) == [(Kind.WAITS, None)]


def test_a_dead_letter_is_told_as_that_and_nothing_else():
    assert kinds(person(standing="dead"), live("Head", "Chief")) == [(Kind.DEAD, None)]

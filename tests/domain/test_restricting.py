"""What each record is told of consent: an opt-out reaches every one of them, and nobody is ever subscribed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.adapters.spelling import spelling
from baton.domain.consent import Evidence, Joint, Restriction, Status
from baton.domain.contract import Consent, Contract, FieldRule, FieldSchema, FieldType
from baton.domain.opting import SAID
from baton.domain.person import Candidate, Membership, Plan, Role, Ruling, Standing, Write
from baton.domain.records import CONTACT, CONTACTS, LEADS, RecordRef, Seen
from baton.domain.restricting import LIFTED, PUT_BACK, REACHES, with_consent
from baton.domain.rulebook import Rulebook

NOW = datetime(2026, 3, 1, tzinfo=UTC)
OURS, LEAD, OTHER = RecordRef(CONTACT, "12"), RecordRef(LEADS, "7"), RecordRef(CONTACTS, "8")
OPT_OUT, WORD = "Email_Opt_Out", "Marketing_Consent"
CONTRACT = Contract(
    rules=(FieldRule("consent", FieldType.CONSENT, {CONTACT: "consent", LEADS: WORD, CONTACTS: WORD}),),
    consent=Consent(opt_out={LEADS: OPT_OUT, CONTACTS: OPT_OUT}),
    consent_lists=frozenset({"1", "2"}),
)
FIELDS = {OPT_OUT: FieldSchema(OPT_OUT, "boolean"), WORD: FieldSchema(WORD, "text")}
BOOK = Rulebook(CONTRACT, {LEADS: FIELDS, CONTACTS: FIELDS}, spelling())
PROOF = Evidence(NOW, "letter")
OUT = Joint(Status.UNSUBSCRIBED, Restriction(NOW, str(OURS)))
LIFTED_NOW = Joint(Status.SUBSCRIBED, Restriction(NOW, str(OURS)), lifted_by=PROOF)
FREE = Joint(Status.SUBSCRIBED)
SAID_OUT = {SAID: "Unsubscribed"}


def member(ref, base=None, **row):
    return Candidate(Seen(ref, row, NOW), Membership(ref, Role.PRIMARY, base or {}))


def plan_of(*members, **more):
    return Plan(memberships=tuple(each.membership for each in members), **more)


def told(consent, *members, book=BOOK, **more):
    return with_consent(plan_of(*members, **more), members, consent, book)


def values_of(plan):
    return {write.ref: dict(write.values) for write in plan.writes}


@pytest.mark.parametrize(
    ("lists", "taken_off"),
    [
        ({"1": "1"}, {"taken_off.1": True}),
        ({"1": "0", "2": "1"}, {"taken_off.1": True, "taken_off.2": True}),
        ({"1": 1}, {"taken_off.1": True}),
        ({"1": "2"}, {}),
        ({"1": "3"}, {}),
        ({"1": "91"}, {}),
        ({"9": "1"}, {}),
        (None, {}),
        ({}, {}),
    ],
)
def test_a_contact_is_taken_off_the_lists_that_count_and_that_still_reach_it(lists, taken_off):
    plan = told(OUT, member(OURS, lists=lists))

    assert values_of(plan) == ({OURS: taken_off} if taken_off else {})


def test_where_the_contract_names_no_lists_all_of_them_count():
    book = Rulebook(Contract((), consent=CONTRACT.consent), BOOK.schemas, BOOK.spelling)

    assert values_of(told(OUT, member(OURS, lists={"9": "1"}), book=book)) == {OURS: {"taken_off.9": True}}


def test_a_contact_that_came_back_by_itself_is_left_to_a_person():
    assert values_of(told(OUT, member(OURS, SAID_OUT, lists={"1": "1"}))) == {}


@pytest.mark.parametrize("consent", [FREE, LIFTED_NOW])
def test_nobody_is_taken_off_a_list_whose_consent_is_not_restricted(consent):
    assert values_of(told(consent, member(OURS, lists={"1": "1"}))) == {}


@pytest.mark.parametrize(
    ("consent", "ticked", "written"),
    [
        (OUT, False, {OPT_OUT: True}),
        (OUT, None, {OPT_OUT: True}),
        (OUT, True, {}),
        (FREE, False, {}),
        (FREE, True, {}),
        (LIFTED_NOW, True, {OPT_OUT: False}),
        (LIFTED_NOW, False, {}),
        (LIFTED_NOW, None, {}),
    ],
)
def test_the_box_in_zoho_is_ticked_by_an_opt_out_and_cleared_by_proof_alone(consent, ticked, written):
    plan = told(consent, member(LEAD, **{OPT_OUT: ticked}))

    assert values_of(plan) == ({LEAD: written} if written else {})


@pytest.mark.parametrize(
    "fields",
    [{}, {OPT_OUT: FieldSchema(OPT_OUT, "boolean", is_writable=False)}],
    ids=["unknown", "read-only"],
)
def test_a_box_that_cannot_be_written_is_left_alone(fields):
    book = Rulebook(CONTRACT, {LEADS: fields}, BOOK.spelling)
    create = Write(LEADS, None, {"Last_Name": "Berg"}, {None: {}})

    assert values_of(told(OUT, member(LEAD), book=book, writes=(create,))) == {None: {"Last_Name": "Berg"}}


def test_a_module_without_a_box_is_told_nothing():
    book = Rulebook(Contract((), consent=Consent(opt_out={CONTACTS: OPT_OUT})), BOOK.schemas, BOOK.spelling)

    assert values_of(told(OUT, member(LEAD), member(OTHER), book=book)) == {OTHER: {OPT_OUT: True}}


@pytest.mark.parametrize(
    ("consent", "more"), [(OUT, {OPT_OUT: True}), (FREE, {}), (LIFTED_NOW, {})], ids=["out", "free", "lifted"]
)
def test_a_record_is_born_with_the_opt_out_and_never_with_its_opposite(consent, more):
    create = Write(LEADS, None, {"Last_Name": "Berg"}, {OURS: {"name": "Berg"}, None: {"name": "Berg"}})
    plan = told(consent, member(OURS, SAID_OUT), writes=(create,))

    (write,) = plan.writes
    said = {SAID: "Unsubscribed"} if more else {}
    assert write.values == {"Last_Name": "Berg", **more}
    assert write.agreed == {OURS: {"name": "Berg"}, None: {"name": "Berg", **said}}


def test_what_consent_says_joins_the_write_that_goes_to_the_record_anyway():
    update = Write(LEADS, LEAD, {"Company": "Halden"}, {LEAD: {"company": "Halden"}, OURS: {"company": "Halden"}})
    plan = told(OUT, member(LEAD), writes=(update,))

    (write,) = plan.writes
    assert write.values == {"Company": "Halden", OPT_OUT: True}
    assert write.agreed == {LEAD: {"company": "Halden", **SAID_OUT}, OURS: {"company": "Halden"}}


def test_a_write_to_another_record_is_not_touched():
    update = Write(LEADS, LEAD, {"Company": "Halden"}, {LEAD: {}})
    plan = told(OUT, member(LEAD, **{OPT_OUT: True}), member(OTHER), writes=(update,))

    assert plan.writes[0] is update
    assert plan.writes[1:] == (Write(CONTACTS, OTHER, {OPT_OUT: True}, {OTHER: SAID_OUT}),)


def test_once_lifted_the_record_is_remembered_as_having_said_nothing():
    plan = told(LIFTED_NOW, member(LEAD, SAID_OUT, **{OPT_OUT: True}))

    assert plan.writes == (Write(LEADS, LEAD, {OPT_OUT: False}, {LEAD: {SAID: "Unknown"}}),)


@pytest.mark.parametrize(
    ("shown", "written"),
    [("Subscribed", {OPT_OUT: True, WORD: "Unsubscribed"}), ("Unsubscribed", {OPT_OUT: True})],
)
def test_an_alias_is_told_the_word_too_for_nothing_else_writes_to_it(shown, written):
    standings = {LEAD: (Standing.ALIAS, "")}

    assert values_of(told(OUT, member(LEAD, **{WORD: shown}), standings=standings)) == {LEAD: written}


def test_an_alias_shows_the_word_of_the_person_though_nobody_opted_out():
    plan = told(FREE, member(LEAD, **{WORD: "Unknown"}), standings={LEAD: (Standing.ALIAS, "")})

    assert values_of(plan) == {LEAD: {WORD: "Subscribed"}}


@pytest.mark.parametrize("standings", [{LEAD: (Standing.IN_STEP, "")}, {}], ids=["primary", "not decided"])
def test_the_primary_gets_its_word_by_the_merge_and_not_here(standings):
    plan = told(OUT, member(LEAD, **{WORD: "Subscribed"}), standings=standings)

    assert values_of(plan) == {LEAD: {OPT_OUT: True}}


def test_an_alias_that_is_written_anyway_gets_its_word_by_that_write():
    update = Write(LEADS, LEAD, {WORD: "Unsubscribed"}, {LEAD: {}})
    plan = told(OUT, member(LEAD), writes=(update,), standings={LEAD: (Standing.ALIAS, "")})

    assert values_of(plan) == {LEAD: {WORD: "Unsubscribed", OPT_OUT: True}}


@pytest.mark.parametrize(
    ("rules", "fields"),
    [
        ((), FIELDS),
        (CONTRACT.rules, {OPT_OUT: FIELDS[OPT_OUT]}),
        (CONTRACT.rules, {**FIELDS, WORD: FieldSchema(WORD, "text", is_writable=False)}),
    ],
    ids=["no rule", "no such field", "read-only"],
)
def test_an_alias_without_a_place_for_the_word_gets_none(rules, fields):
    book = Rulebook(Contract(rules, consent=CONTRACT.consent), {LEADS: fields}, BOOK.spelling)
    plan = told(OUT, member(LEAD), book=book, standings={LEAD: (Standing.ALIAS, "")})

    assert values_of(plan) == {LEAD: {OPT_OUT: True}}


@pytest.mark.parametrize(
    ("consent", "base", "row", "remembered"),
    [
        (OUT, {}, {OPT_OUT: True}, "Unsubscribed"),
        (OUT, SAID_OUT, {OPT_OUT: True}, None),
        (FREE, {}, {OPT_OUT: False}, None),
        (FREE, SAID_OUT, {OPT_OUT: False}, None),
        (LIFTED_NOW, SAID_OUT, {OPT_OUT: False}, "Unknown"),
        (LIFTED_NOW, {}, {OPT_OUT: False}, None),
    ],
)
def test_the_base_remembers_an_opt_out_and_forgets_it_only_when_it_was_lifted(consent, base, row, remembered):
    plan = told(consent, member(LEAD, base, **row), bases={LEAD: {"name": "Berg"}, OURS: {"name": "B"}})

    more = {} if remembered is None else {SAID: remembered}
    assert plan.bases == {LEAD: {"name": "Berg", **more}, OURS: {"name": "B"}}


def test_what_a_record_said_itself_is_remembered_where_nothing_else_was_agreed_on():
    assert told(OUT, member(LEAD, **{OPT_OUT: True})).bases == {LEAD: SAID_OUT}


def test_a_record_that_is_written_to_remembers_once_the_write_is_confirmed():
    assert told(OUT, member(LEAD)).bases == {}


def test_who_stands_alone_has_no_base_and_is_told_all_the_same():
    alone = member(OURS, lists={"1": "1"})
    plan = with_consent(Plan(standings={OURS: (Standing.ALONE, "deleted there")}), [alone], OUT, BOOK)

    assert (plan.bases, values_of(plan)) == ({}, {OURS: {"taken_off.1": True}})
    assert plan.standings == {OURS: (Standing.ALONE, "deleted there")}


@pytest.mark.parametrize(
    ("row", "standing"), [({}, (Standing.WRITING, "so")), ({OPT_OUT: True}, (Standing.IN_STEP, "so"))]
)
def test_a_record_in_step_that_is_written_to_is_no_longer_called_so(row, standing):
    plan = told(OUT, member(LEAD, **row), standings={LEAD: (Standing.IN_STEP, "so"), OTHER: (Standing.REVIEW, "two")})

    assert plan.standings == {LEAD: standing, OTHER: (Standing.REVIEW, "two")}


@pytest.mark.parametrize(
    ("consent", "base", "row", "why", "after"),
    [
        (OUT, {}, {OPT_OUT: False}, REACHES, OPT_OUT),
        (OUT, SAID_OUT, {OPT_OUT: False}, PUT_BACK, OPT_OUT),
        (LIFTED_NOW, SAID_OUT, {OPT_OUT: True}, LIFTED, OPT_OUT),
    ],
)
def test_each_record_that_is_told_has_a_ruling_that_says_why(consent, base, row, why, after):
    before = Ruling("company", "the owner decides", LEADS)
    plan = told(consent, member(LEAD, base, **row), member(OTHER, **{OPT_OUT: consent is OUT}), rulings=(before,))

    assert plan.rulings == (before, Ruling("opt_out", why, LEADS, None, after))


def test_a_ruling_names_all_places_that_are_written():
    plan = told(OUT, member(OURS, lists={"2": "1", "1": "0"}))

    assert [(ruling.target, ruling.after) for ruling in plan.rulings] == [(CONTACT, "taken_off.1, taken_off.2")]


def test_what_holds_for_the_person_goes_on_with_the_plan():
    assert told(OUT).consent is OUT


@given(
    st.sampled_from([OUT, FREE, LIFTED_NOW, Joint(Status.BOUNCED), Joint(Status.UNKNOWN)]),
    st.dictionaries(st.sampled_from("129"), st.sampled_from(["0", "1", "2", "3", "91"])),
    st.sampled_from([True, False, None]),
    st.sampled_from([{}, SAID_OUT]),
)
def test_whatever_is_known_nobody_is_subscribed_and_no_box_is_cleared_without_proof(consent, lists, ticked, base):
    plan = told(consent, member(OURS, base, lists=lists), member(LEAD, base, **{OPT_OUT: ticked}))

    written = values_of(plan)
    assert all(value is True for value in written.get(OURS, {}).values())
    assert all(place.startswith("taken_off.") for place in written.get(OURS, {}))
    assert written.get(LEAD, {}).get(OPT_OUT) is not False or consent.lifted_by is not None

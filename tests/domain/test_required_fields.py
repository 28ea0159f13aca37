"""A required field: nobody is created without it, and no blank of it ever travels, in every cell of the table."""

from dataclasses import replace
from itertools import product

import pytest

from baton.adapters.spelling import spelling
from baton.domain.contract import Contract, Direction, FieldRule, FieldSchema, FieldType, Policy, WriteMode
from baton.domain.deciding import decide
from baton.domain.merge import FILLED_AGAIN, NOT_CLEARED, Side, merge
from baton.domain.person import Candidate, Person, Standing
from baton.domain.records import CONTACT, LEADS, Crm, RecordRef, Seen
from baton.domain.rulebook import Rulebook
from baton.domain.values.fitting import Fitted
from tests.domain.conftest import BOOK, EMAIL
from tests.domain.test_merge_whole_table import ABSENT, NOON

AC, ZOHO = Crm.ACTIVECAMPAIGN, Crm.ZOHO
RULE = FieldRule("field", FieldType.TEXT, {CONTACT: "x", LEADS: "X"}, required=True)
VALUES = (ABSENT, None, "a", "b")


def merged(rule, forms, halves):
    sides = {
        crm: Side(*({} if each == ABSENT else {"field": each} for each in (forms[crm], halves[crm])), NOON)
        for crm in Crm
    }
    outcomes = merge([rule], sides, lambda _rule, value, _target: Fitted(value))
    return next(iter(outcomes), None)


def cells():
    for halves, forms in product(product(VALUES, VALUES), product(VALUES[1:], VALUES[1:])):
        yield dict(zip(Crm, forms, strict=True)), dict(zip(Crm, halves, strict=True))


def was_cleared(forms, halves):
    """The side that showed a value when both last agreed and shows none now, while the other still shows one."""
    if ABSENT in halves.values():
        return None
    blank = [crm for crm in Crm if forms[crm] is None and forms[crm.other] is not None and halves[crm] is not None]
    return blank[0] if blank else None


def rules():
    for direction, policy, owner, mode in product(Direction, Policy, Crm, WriteMode):
        yield replace(RULE, direction=direction, policy=policy, owner=owner, mode=mode)


def test_where_nothing_was_cleared_a_required_field_is_merged_like_any_other():
    for rule in rules():
        for forms, halves in cells():
            usual = merged(replace(rule, required=False), forms, halves)

            assert was_cleared(forms, halves) or merged(rule, forms, halves) == usual, (rule, forms, halves)


@pytest.mark.parametrize("blank", Crm)
def test_what_was_cleared_is_filled_again_or_stays_blank_where_the_direction_forbids_it(blank):
    cleared = [(forms, halves) for forms, halves in cells() if was_cleared(forms, halves) is blank]
    for rule, (forms, halves) in product(rules(), cleared):
        outcome = merged(rule, forms, halves)
        is_filled = rule.direction.allows(blank) and rule.mode is not WriteMode.CREATE_ONLY

        assert outcome.write is (blank if is_filled else None), (rule, forms, halves)
        assert not is_filled or (outcome.value, outcome.rule) == (forms[blank.other], FILLED_AGAIN)
        assert rule.direction.allows(blank) or outcome.rule == NOT_CLEARED


def test_no_blank_of_a_required_field_is_ever_written_and_the_second_run_is_silent():
    told = [(rule, merged(rule, *cell), *cell) for rule in rules() for cell in cells()]
    for rule, outcome, forms, halves in [each for each in told if each[1] and not each[1].is_conflict]:
        after = {**forms, **({outcome.write: outcome.value} if outcome.write else {})}
        again = merged(rule, after, {**halves, **outcome.agreed})

        assert outcome.write is None or outcome.value is not None, (rule, forms, halves)
        assert again is None or again.write is None, (rule, forms, halves)


def test_a_value_beside_a_cleared_one_wins_whoever_owns_the_field():
    rule = replace(RULE, direction=Direction.BOTH, owner=AC, policy=Policy.REVIEW)

    outcome = merged(rule, {AC: None, ZOHO: "b"}, {AC: "a", ZOHO: "a"})

    assert (outcome.write, outcome.value, outcome.rule) == (AC, "b", FILLED_AGAIN)
    assert outcome.agreed == {AC: "b", ZOHO: "b"}


def test_a_cleared_value_that_may_not_be_filled_again_is_remembered_as_heard():
    outcome = merged(RULE, {AC: None, ZOHO: "a"}, {AC: "a", ZOHO: "a"})

    assert (outcome.agreed, outcome.before, outcome.value) == ({AC: None, ZOHO: "a"}, "a", "a")


def requiring(**more):
    rules = tuple(replace(rule, **more) if rule.name == "title" else rule for rule in BOOK.contract.rules)
    return replace(BOOK, contract=replace(BOOK.contract, rules=rules, direction=Direction.BOTH))


def alone(module, **row):
    ref = RecordRef(module, "12")
    return Person(1, 0, EMAIL, (ref,), (Candidate(Seen(ref, {"id": "12", **row}, NOON), None, EMAIL),))


CONTACT_ALONE = {"email": EMAIL, "lastName": "Berg", "orgname": "Halden"}


@pytest.mark.parametrize("title", ["", "   ", None])
def test_nobody_is_created_in_zoho_without_a_required_field_and_the_reason_names_it(title):
    plan = decide(alone(CONTACT, **CONTACT_ALONE, fields={"TITLE": title}), requiring(required=True))

    assert plan.writes == ()
    assert plan.standings == {
        RecordRef(CONTACT, "12"): (Standing.REFUSED, "the contract requires title (activecampaign has none)")
    }


def test_with_the_required_field_the_record_is_created():
    plan = decide(alone(CONTACT, **CONTACT_ALONE, fields={"TITLE": "Head"}), requiring(required=True))

    (write,) = plan.writes
    assert (write.module, write.values["Designation"]) == (LEADS, "Head")


def test_a_required_value_that_cannot_be_written_is_as_good_as_none_and_the_reason_says_why():
    book = requiring(required=True)
    schema = {**book.schemas[LEADS], "Designation": FieldSchema("Designation", "text", length=3)}
    plan = decide(
        alone(CONTACT, **CONTACT_ALONE, fields={"TITLE": "Head of it"}), replace(book, schemas={LEADS: schema})
    )

    ((_, reason),) = plan.standings.values()
    assert reason == (
        "the contract requires title (the value is too long: Designation of zoho:Leads holds 3 characters)"
    )


def test_nobody_is_created_in_activecampaign_without_a_required_field_either():
    lead = alone(LEADS, Email=EMAIL, Last_Name="Berg", Company="Halden")

    plan = decide(lead, requiring(required=True, direction=Direction.BOTH))

    ((standing, reason),) = plan.standings.values()
    assert (plan.writes, standing, reason) == ((), Standing.REFUSED, "the contract requires title (zoho has none)")


def test_a_required_field_that_does_not_travel_there_is_not_asked_for_there():
    lead = alone(LEADS, Email=EMAIL, Last_Name="Berg", Company="Halden")

    (write,) = decide(lead, requiring(required=True, direction=Direction.TO_ZOHO)).writes

    assert write.module == CONTACT


def test_what_the_vendor_insists_on_is_told_before_what_the_contract_requires():
    rules = (
        FieldRule("email", FieldType.EMAIL, {CONTACT: "email", LEADS: "Email"}),
        FieldRule("company", FieldType.TEXT, {CONTACT: "orgname", LEADS: "Company"}, required=True),
        replace(RULE, name="title", places={CONTACT: "fields.TITLE", LEADS: "Designation"}),
    )
    schema = {"Company": FieldSchema("Company", "text", is_mandatory=True)}
    book = Rulebook(Contract(rules), {LEADS: {**BOOK.schemas[LEADS], **schema}}, spelling())

    ((_, reason),) = decide(alone(CONTACT, email=EMAIL), book).standings.values()

    assert reason == "Leads takes no record without Company"

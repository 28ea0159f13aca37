"""The whole table of merge, against an oracle that knows the rules as prose and shares no code with it.

Both halves of the base, both forms, every direction, owner, policy, first match, mode, and what the times tell.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from baton.domain.contract import Direction, FieldRule, FieldType, Policy, WriteMode
from baton.domain.merge import Side, merge
from baton.domain.records import CONTACT, LEADS, Crm
from baton.domain.values.fitting import Fitted

AC, ZOHO = Crm.ACTIVECAMPAIGN, Crm.ZOHO
ABSENT = "absent"
HALVES = (ABSENT, None, "a", "b")
FORMS = (ABSENT, None, "a", "b")
# "a" is free, "b" is restricted.
ORDER = ("a", "b")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(seconds=1)
TIMES = {
    "untold": {AC: None, ZOHO: NOON},
    "same": {AC: NOON, ZOHO: NOON},
    "marketing later": {AC: LATER, ZOHO: NOON},
    "sales later": {AC: NOON, ZOHO: LATER},
}
FIRST_MATCHES = (None, *Policy, AC, ZOHO)


@dataclass(frozen=True)
class Asked:
    """One cell of the table."""

    direction: Direction
    owner: Crm
    policy: Policy
    first_match: object
    mode: WriteMode
    put_back: bool
    edited: dict

    def rule(self):
        return FieldRule(
            "field",
            FieldType.PICKLIST,
            {CONTACT: "x", LEADS: "X"},
            self.direction,
            self.owner,
            self.policy,
            self.first_match,
            self.mode,
            order=ORDER,
            put_back=self.put_back,
        )


def who_wins(asked, shown, met_now):
    """Of two who both said something: the side that wins, or None where a person has to say."""
    judge = asked.policy
    if met_now and asked.first_match is not None:
        judge = asked.first_match
    if judge in (AC, ZOHO):
        return judge
    if judge is Policy.REVIEW and asked.direction is Direction.BOTH:
        return None
    if judge is Policy.NEWEST and None not in asked.edited.values() and asked.edited[AC] != asked.edited[ZOHO]:
        return AC if asked.edited[AC] > asked.edited[ZOHO] else ZOHO
    if judge is Policy.MOST_RESTRICTIVE and shown[AC] != shown[ZOHO]:
        return next(side for word in ("b", "a") for side in (AC, ZOHO) if shown[side] == word)
    return asked.owner


def oracle(asked, shown, halves):
    """`conflict`, or (where, what) is written, or None: nothing."""
    met_now = ABSENT in halves.values()
    talking = [side for side in (AC, ZOHO) if (shown[side] if met_now else shown[side] != halves[side])]
    if not talking:
        return None
    source = talking[0]
    if len(talking) == 2:
        source = who_wins(asked, shown, met_now)
        if source is None:
            return None if shown[AC] == shown[ZOHO] else "conflict"
    one_way = {Direction.TO_ZOHO: AC, Direction.TO_ACTIVECAMPAIGN: ZOHO}.get(asked.direction)
    if one_way not in (None, source):
        is_named_to_keep = len(talking) == 2 and met_now and asked.first_match is source
        is_left_alone = len(talking) == 1 and (met_now or not asked.put_back)
        if is_named_to_keep or is_left_alone:
            return None
        source = one_way
    target = source.other
    if shown[source] == shown[target] or asked.mode is WriteMode.CREATE_ONLY:
        return None
    if asked.mode is WriteMode.FILL_BLANK and shown[target] is not None:
        return None
    return target, shown[source]


def as_it_is(_rule, value, _target):
    return Fitted(value)


def side_of(form, half, edited):
    return Side({} if form == ABSENT else {"field": form}, {} if half == ABSENT else {"field": half}, edited)


def merged(asked, forms, halves):
    sides = {side: side_of(forms[side], halves[side], asked.edited[side]) for side in Crm}
    return next(iter(merge([asked.rule()], sides, as_it_is)), None)


def said(outcome):
    if outcome is None:
        return None
    if outcome.is_conflict:
        return "conflict"
    return None if outcome.write is None else (outcome.write, outcome.value)


def cells():
    for halves, forms in product(product(HALVES, HALVES), product(FORMS, FORMS)):
        yield dict(zip(Crm, halves, strict=True)), dict(zip(Crm, forms, strict=True))


def asked_of(direction, policy):
    """Every rule once: times matter where the newer value may win, putting back where a field goes one way."""
    for owner, first_match, mode in product(Crm, FIRST_MATCHES, WriteMode):
        times = TIMES if Policy.NEWEST in (policy, first_match) else ("same",)
        for edited, put_back in product(times, {False, direction is not Direction.BOTH}):
            yield Asked(direction, owner, policy, first_match, mode, put_back, TIMES[edited])


@pytest.mark.parametrize("policy", Policy)
@pytest.mark.parametrize("direction", Direction)
def test_merge_says_what_the_oracle_says_in_every_cell(direction, policy):
    for asked in asked_of(direction, policy):
        for halves, forms in cells():
            shown = {side: None if form == ABSENT else form for side, form in forms.items()}

            assert said(merged(asked, forms, halves)) == oracle(asked, shown, halves), (asked, halves, forms)


def carried_out(outcome, shown, halves):
    """What both sides show, and both halves, once an outcome was written and confirmed."""
    if outcome is None or outcome.is_conflict:
        return shown, halves
    after = shown if outcome.write is None else {**shown, outcome.write: outcome.value}
    return after, {**halves, **outcome.agreed}


@pytest.mark.parametrize("policy", [Policy.OWNER, Policy.NEWEST, Policy.MOST_RESTRICTIVE])
@pytest.mark.parametrize("times", TIMES)
def test_after_one_write_both_sides_agree_and_the_second_run_is_silent_in_every_cell(policy, times):
    for owner, first_match in product(Crm, (None, Policy.NEWEST, AC, ZOHO)):
        asked = Asked(Direction.BOTH, owner, policy, first_match, WriteMode.ALWAYS, put_back=False, edited=TIMES[times])
        for halves, forms in cells():
            shown = {side: None if form == ABSENT else form for side, form in forms.items()}
            after, agreed = carried_out(merged(asked, forms, halves), shown, halves)

            has_agreed = ABSENT not in halves.values() and shown == halves
            assert after[AC] == after[ZOHO] or has_agreed, (asked, halves, forms)
            assert said(merged(asked, after, agreed)) is None, (asked, halves, forms)


def test_of_two_edits_the_later_record_wins_and_the_reason_says_that_it_is_the_records_time():
    asked = Asked(
        Direction.BOTH, AC, Policy.NEWEST, None, WriteMode.ALWAYS, put_back=False, edited=TIMES["sales later"]
    )

    outcome = merged(asked, {AC: "a", ZOHO: "b"}, {AC: None, ZOHO: None})

    assert (outcome.write, outcome.value) == (AC, "b")
    assert outcome.rule == "both sides spoke; the record in zoho was edited last"


@pytest.mark.parametrize("times", ["untold", "same"])
@pytest.mark.parametrize("owner", Crm)
def test_where_the_times_do_not_tell_the_owner_decides_and_the_reason_says_so(owner, times):
    asked = Asked(Direction.BOTH, owner, Policy.NEWEST, None, WriteMode.ALWAYS, put_back=False, edited=TIMES[times])

    outcome = merged(asked, {AC: "a", ZOHO: "b"}, {AC: None, ZOHO: None})

    assert outcome.write is owner.other
    assert outcome.rule == (
        f"both sides spoke; the records' times do not tell which is newer, and {owner} owns the field"
    )


@pytest.mark.parametrize(
    ("marketing", "sales", "kept"),
    [("May call", "No call", "No call"), ("No call", "May call", "No call"), ("Yes", "No call", "No call")],
)
def test_of_two_words_the_more_restrictive_one_holds_in_each_sides_own_words(marketing, sales, kept):
    rule = FieldRule(
        "calls",
        FieldType.PICKLIST,
        {CONTACT: "x", LEADS: "X"},
        Direction.BOTH,
        policy=Policy.MOST_RESTRICTIVE,
        vocabulary={"Yes": "May call"},
        order=("May call", "No call"),
    )
    sides = {AC: Side({"calls": marketing}, {"calls": None}), ZOHO: Side({"calls": sales}, {"calls": None})}

    (outcome,) = merge([rule], sides, as_it_is)

    assert outcome.value == kept
    assert outcome.rule.startswith("both sides spoke; the word in")


@pytest.mark.parametrize("owner", Crm)
def test_a_word_that_the_order_does_not_know_leaves_it_to_the_owner(owner):
    asked = Asked(
        Direction.BOTH, owner, Policy.MOST_RESTRICTIVE, None, WriteMode.ALWAYS, put_back=False, edited=TIMES["same"]
    )

    outcome = merged(asked, {AC: "a", ZOHO: "perhaps"}, {AC: None, ZOHO: None})

    assert outcome.write is owner.other
    assert "the words do not tell which is more restrictive" in outcome.rule


@pytest.mark.parametrize(("ours", "theirs", "winner"), [(True, False, AC), (False, True, ZOHO), (False, None, AC)])
def test_a_yes_restricts_more_than_a_no_and_a_no_more_than_nothing(ours, theirs, winner):
    rule = FieldRule("stop", FieldType.TEXT, {CONTACT: "x", LEADS: "X"}, Direction.BOTH, ZOHO, Policy.MOST_RESTRICTIVE)
    sides = {AC: Side({"stop": ours}, {"stop": "old"}), ZOHO: Side({"stop": theirs}, {"stop": "old"})}

    (outcome,) = merge([rule], sides, as_it_is)

    assert outcome.write is winner.other


def test_at_the_first_match_the_side_that_is_named_keeps_its_value_even_where_it_may_not_travel():
    asked = Asked(Direction.TO_ZOHO, AC, Policy.OWNER, ZOHO, WriteMode.ALWAYS, put_back=False, edited=TIMES["same"])

    outcome = merged(asked, {AC: "a", ZOHO: "b"}, {AC: ABSENT, ZOHO: ABSENT})

    assert (outcome.write, outcome.agreed) == (None, {AC: "a", ZOHO: "b"})
    assert outcome.rule == "both sides spoke; the contract takes zoho at the first match"

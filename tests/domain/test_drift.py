"""What counts as drift, what it pauses, and what is compared with next time."""

from dataclasses import replace

import pytest

from baton.domain.contract import Contract, Direction, FieldRule, FieldSchema, FieldType
from baton.domain.drift import (
    Drift,
    Kind,
    accepted,
    advice,
    changed_fields,
    missing_users,
    still_agreed,
    value_paused,
    whole_field_paused,
)
from baton.domain.records import CONTACT, CONTACTS, LEADS
from baton.domain.routing import Salesperson
from baton.domain.sla import ClockRule
from baton.domain.values.places import unread_places

SOURCE = FieldRule("source", FieldType.PICKLIST, {CONTACT: "fields.SOURCE", LEADS: "Source", CONTACTS: "Source"})
CONTRACT = Contract((SOURCE,))
BEFORE = FieldSchema("Source", "picklist", length=100, choices=("Web", "Fair"), id="7")
OTHER = FieldSchema("Shoe_Size", "text", id="8")
ELSE = FieldSchema("Shoe_Size", "integer", id="8")


def found(now, *, before=BEFORE, contract=CONTRACT):
    return changed_fields(contract, {LEADS: {before.name: before}}, {LEADS: {field.name: field for field in now}})


@pytest.mark.parametrize(
    ("now", "kinds"),
    [
        ([BEFORE], []),
        ([BEFORE, OTHER], []),
        ([], [(Kind.GONE, True)]),
        ([OTHER], [(Kind.GONE, True)]),
        ([replace(BEFORE, name="Origin")], [(Kind.RENAMED, True)]),
        ([replace(BEFORE, id="9")], [(Kind.REPLACED, True)]),
        ([replace(BEFORE, type="text")], [(Kind.TYPE, True)]),
        ([replace(BEFORE, is_writable=False)], [(Kind.READ_ONLY, True)]),
        ([replace(BEFORE, length=50)], [(Kind.SHORTER, True)]),
        ([replace(BEFORE, length=200)], []),
        ([replace(BEFORE, length=None)], []),
        ([replace(BEFORE, choices=("Web",))], [(Kind.WORD_GONE, True)]),
        ([replace(BEFORE, choices=("Web", "Fair", "Call"))], [(Kind.WORD_NEW, False)]),
        ([replace(BEFORE, choices=("Web", "Call"))], [(Kind.WORD_GONE, True), (Kind.WORD_NEW, False)]),
        ([replace(BEFORE, choices=None)], []),
    ],
)
def test_each_change_has_its_name_and_what_it_pauses(now, kinds):
    assert [(drift.kind, drift.pauses) for drift in found(now)] == kinds


def test_what_nobody_writes_is_paused_by_no_target_change():
    read = Contract((replace(SOURCE, direction=Direction.TO_ACTIVECAMPAIGN),))

    narrower = found([replace(BEFORE, is_writable=False, length=5)], contract=read)
    (gone,) = found([replace(BEFORE, choices=("Web",))], contract=read)

    assert narrower == ()
    assert gone.pauses is False


def test_a_field_that_was_never_seen_or_that_the_contract_does_not_name_does_not_drift():
    assert changed_fields(CONTRACT, {}, {LEADS: {}}) == ()
    assert found([ELSE], before=OTHER) == ()


def test_next_time_is_compared_with_what_drifts_as_it_was_and_the_rest_as_it_is():
    longer = replace(BEFORE, length=200)

    kept = still_agreed(CONTRACT, {LEADS: {"Source": BEFORE}}, {LEADS: {"Source": longer, "Shoe_Size": OTHER}})
    drifting = still_agreed(CONTRACT, {LEADS: {"Source": BEFORE}}, {LEADS: {}})

    assert kept == {LEADS: {"Source": longer}}
    assert drifting == {LEADS: {"Source": BEFORE}}


@pytest.mark.parametrize("kind", [Kind.WORD_GONE, Kind.WORD_NEW, Kind.READ_ONLY, Kind.SHORTER, Kind.TYPE])
def test_an_accepted_change_drifts_no_more_and_the_others_of_its_field_still_do(kind):
    now = replace(BEFORE, choices=("Web", "Call"), is_writable=False, length=50)
    of_type = replace(BEFORE, type="text")
    wanted = {Kind.TYPE: of_type}.get(kind, now)
    before = found([wanted])
    (drift,) = [each for each in before if each.kind is kind]

    after = found([wanted], before=accepted(drift, BEFORE, wanted))

    assert {each.kind for each in after} == {each.kind for each in before} - {kind}


def test_only_the_module_and_the_word_that_are_concerned_wait():
    (gone,) = found([])
    (word,) = found([replace(BEFORE, choices=("Web",))])

    assert whole_field_paused(
        [gone], SOURCE, [CONTACT, LEADS]
    ) == "put off: Source of zoho:Leads: gone (was Source, " + ("now nothing)")
    assert whole_field_paused([gone], SOURCE, [CONTACT, CONTACTS]) is None
    assert whole_field_paused([word], SOURCE, [CONTACT, LEADS]) is None
    assert value_paused([word], SOURCE, LEADS, "Fair", is_withheld=False) is not None
    assert value_paused([word], SOURCE, LEADS, "Web", is_withheld=False) is None
    assert value_paused([word], SOURCE, CONTACTS, "Fair", is_withheld=False) is None


def test_a_shorter_field_holds_back_what_no_longer_fits_and_nothing_else():
    (shorter,) = found([replace(BEFORE, length=3)])

    assert value_paused([shorter], SOURCE, LEADS, "Fair", is_withheld=True) is not None
    assert value_paused([shorter], SOURCE, LEADS, "Web", is_withheld=False) is None


def test_a_user_whom_a_clock_names_and_zoho_has_deactivated_is_told_and_pauses_nothing():
    clock = ClockRule("speed", frozenset({"demo"}), escalate_to="Agnes@sales.example")
    agnes = Salesperson("1", "Agnes", "agnes@sales.example", is_active=False)

    assert missing_users((), (clock,), (replace(agnes, is_active=True),)) == ()
    assert missing_users((), (clock,), (agnes,)) == (
        Drift(Kind.USER, None, "user Agnes@sales.example", "active", "inactive", ("clock speed",), pauses=False),
    )


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_says_what_to_do(kind):
    assert advice(Drift(kind, LEADS, "Source", "a", "b", ("source",))).endswith(".")


@pytest.mark.parametrize(
    ("row", "places"),
    [
        ({"Title": None}, []),
        ({"unread": ["Title"]}, ["Title"]),
        ({"unread": ["Title"], "deal": {"unread": ["Stage"]}}, ["Title", "deal.Stage"]),
        ({"deal": {"Stage": None}}, []),
        ({"deal": None}, []),
    ],
)
def test_what_a_vendor_left_out_is_unknown_and_not_blank(row, places):
    assert list(unread_places(row)) == places

"""What a scope says, kept as JSON and read again; and what a census believes."""

import json
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from baton.domain.backfill import Kind, Scope, Way, is_complete, is_credible
from baton.domain.records import CONTACT, CONTACTS, LEADS, RecordRef

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MODULES = (CONTACT, LEADS, CONTACTS)

moments = st.none() | st.datetimes(timezones=st.just(UTC))
refs = st.builds(RecordRef, st.sampled_from(MODULES), st.integers(1, 10**19).map(str))
scopes = st.builds(
    Scope,
    modules=st.lists(st.sampled_from(MODULES), unique=True).map(tuple),
    since=moments,
    until=moments,
    refs=st.lists(refs, max_size=3).map(tuple),
    narrowed=st.none() | st.tuples(st.sampled_from(["listid", "segmentid", "tagid"]), st.integers(1, 99).map(str)),
    is_believed=st.booleans(),
)


@given(scope=scopes)
def test_a_scope_survives_being_kept(scope):
    assert Scope.of(json.loads(json.dumps(scope.plain()))) == scope


def test_a_scope_of_an_earlier_release_is_read_with_what_it_lacked():
    assert Scope.of({"modules": ["zoho:Leads"]}) == Scope((LEADS,))


def test_named_records_are_read_module_by_module_whatever_modules_there_are():
    scope = Scope(MODULES, refs=(RecordRef(LEADS, "1"), RecordRef(CONTACT, "2"), RecordRef(LEADS, "3")))

    assert [(leg.way, leg.module) for leg in scope.legs(Kind.RESYNC)] == [(Way.NAMED, LEADS), (Way.NAMED, CONTACT)]


def test_a_list_a_segment_and_a_tag_are_about_contacts_alone():
    assert [leg.module for leg in Scope(MODULES, narrowed=("listid", "3")).legs(Kind.BACKFILL)] == [CONTACT]


def test_a_census_looks_a_second_time_only_after_all_first_looks():
    ways = [leg.way for leg in Scope(MODULES).legs(Kind.CENSUS)]

    assert ways == [Way.SURVEY, Way.UNSEEN] * 3 + [Way.SIGHTINGS] * 3


def test_a_window_ends_before_its_end():
    scope = Scope(MODULES, until=NOON)

    assert (scope.holds(NOON - timedelta(seconds=1)), scope.holds(NOON)) == (True, False)


def test_a_handful_and_a_fifth_may_be_missing_but_no_more():
    told = {(5, 5): True, (6, 20): False, (20, 100): True, (21, 100): False, (0, 0): True}

    assert {case: is_credible(*case) for case in told} == told


def test_a_survey_may_show_a_few_less_than_were_counted_as_it_began():
    told = {(0, None): True, (95, 100): True, (94, 100): False, (9_900, 10_000): True, (9_899, 10_000): False}

    assert {case: is_complete(*case) for case in told} == told

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.contract import FieldRule, FieldType
from baton.domain.records import CONTACT, LEADS
from baton.domain.values.sameness import same

types = st.sampled_from(FieldType)
values = st.one_of(st.none(), st.text(max_size=12), st.integers(), st.floats(allow_nan=False), st.dates().map(str))


def rule(type_):
    return FieldRule("thing", type_, {CONTACT: "fields.THING", LEADS: "Thing"})


@pytest.mark.parametrize(
    ("type_", "left", "right"),
    [
        (FieldType.TEXT, None, ""),
        (FieldType.TEXT, "Acme", " Acme "),
        (FieldType.NUMBER, None, ""),
        (FieldType.DATE, None, "0000-00-00"),
        (FieldType.EMAIL, "Jane@Example.com", "jane@example.com "),
        (FieldType.DATE, "2026-03-01", "2026-03-01 00:00:00"),
        (FieldType.NUMBER, 50000, 50000.0),
        (FieldType.NUMBER, 50000, "50,000.00"),
        (FieldType.PHONE, "+12125550123", "+1 (212) 555-0123"),
        (FieldType.PHONE, "call me", "call me "),
        (FieldType.CONSENT, "Bounced", "Bounced"),
    ],
)
def test_two_ways_of_writing_are_one_value(type_, left, right):
    assert same(rule(type_), left, right)


@pytest.mark.parametrize(
    ("type_", "left", "right"),
    [
        (FieldType.TEXT, "Acme", "ACME"),
        (FieldType.TEXT, "Acme", None),
        (FieldType.PICKLIST, "Web", "web"),
        (FieldType.LAST_NAME, "Silva", "silva"),
        (FieldType.EMAIL, "jane@example.com", "jane@example.org"),
        (FieldType.DATE, "2026-03-01", "2026-01-03"),
        (FieldType.NUMBER, 0, None),
        (FieldType.NUMBER, 50, 50.5),
        (FieldType.PHONE, "+12125550123", "2125550123"),
        (FieldType.PHONE, "+12125550123", "+12125550124"),
        (FieldType.CONSENT, "Unknown", None),
    ],
)
def test_two_values_are_two(type_, left, right):
    assert not same(rule(type_), left, right)


@given(types, values)
def test_a_value_is_the_same_as_itself(type_, value):
    assert same(rule(type_), value, value)


@given(types, values, values)
def test_it_does_not_matter_which_side_is_asked_first(type_, left, right):
    assert same(rule(type_), left, right) == same(rule(type_), right, left)

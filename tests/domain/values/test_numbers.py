import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.values.numbers import number


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("50000", 50000),
        ("50,000.00", 50000),
        ("50,000", 50000),
        ("50.000,00", 50000),
        ("1.234.567", 1234567),
        ("18.000", 18),
        ("50,5", 50.5),
        ("50.5", 50.5),
        (" 50 000 ", 50000),
        ("50'000", 50000),
        ("$50,000", 50000),
        ("50.000,50 €", 50000.5),
        ("-3", -3),
        ("+3", 3),
        ("-0.0", 0),
        ("007", 7),
        (50000.0, 50000),
        (50000, 50000),
        (0.1, 0.1),
        ("123456789012345678", 123456789012345678),
    ],
)
def test_a_number_is_read_from_every_way_people_write_it(raw, value):
    form = number(raw)

    assert form == value
    assert type(form) is type(value)


@pytest.mark.parametrize("raw", [None, "", "  ", math.inf, math.nan])
def test_a_blank_is_no_number(raw):
    assert number(raw) is None


@pytest.mark.parametrize("raw", ["50k", "10-20", "n/a", "1,23,456.7", "1e5", "nan", "١٢", "9" * 5000, "9" * 400 + ".5"])
def test_what_may_be_another_number_is_not_guessed(raw):
    assert number(raw) == raw


def test_yes_is_not_one():
    assert number(True) == "true"


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_a_form_is_read_as_itself(value):
    form = number(value)

    assert number(form) == form == value


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_thousands_marks_do_not_change_the_number(value):
    assert number(f"{value:,}") == value
    assert number(f"{value:,}.00") == value


@given(st.text())
def test_any_text_is_read_as_its_own_form(text):
    assert number(number(text)) == number(text)

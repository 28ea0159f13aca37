import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.values.dates import day, is_day


@pytest.mark.parametrize(
    "raw",
    [
        "2026-03-01",
        " 2026-03-01 ",
        "2026-03-01 00:00:00",
        "2026-03-01T23:30:00-06:00",
        "2026-03-01T00:30:00.000Z",
    ],
)
def test_a_day_is_read_from_every_way_the_crms_write_it(raw):
    assert day(raw) == "2026-03-01"


@pytest.mark.parametrize("raw", [None, "", " ", "0000-00-00", "0000-00-00 00:00:00"])
def test_a_zero_date_is_no_date(raw):
    assert day(raw) is None


@pytest.mark.parametrize("raw", ["03/01/2026", "2026-02-30", "soon", "20260301", "2026-W10-1", "2026-03-011"])
def test_what_may_be_another_day_is_not_guessed(raw):
    assert day(raw) == raw
    assert not is_day(raw)


@given(st.dates())
def test_a_day_keeps_its_form(date):
    assert day(date.isoformat()) == date.isoformat()


@given(st.datetimes(timezones=st.timezones()))
def test_a_moment_is_the_day_that_is_written(moment):
    assert day(moment.isoformat()) == moment.date().isoformat()


@given(st.text())
def test_a_form_is_read_as_itself(text):
    assert day(day(text)) == day(text)

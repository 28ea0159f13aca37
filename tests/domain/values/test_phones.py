import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baton.adapters.spelling.phones import e164

regions = st.sampled_from([None, "DE", "US", "GB", "FR", "IT", "BR", "JP", "RU", "AR", "AQ"])
numbers = st.one_of(
    st.text(alphabet="0123456789+ ()-./", max_size=22),
    st.from_regex(r"\+[1-9][0-9]{5,16}", fullmatch=True),
    st.text(max_size=20),
)


@pytest.mark.parametrize(
    ("written", "region", "form"),
    [
        ("020 7946 0018", "GB", "+442079460018"),
        ("+44 20 7946 0018", None, "+442079460018"),
        ("+44 (0)20 7946 0018", "US", "+442079460018"),
        ("0044 20 7946 0018", None, "+442079460018"),
        ("0044 20 7946 0018", "US", "+442079460018"),
        ("00 44 20 7946 0018", "GB", "+442079460018"),
        ("011 44 20 7946 0018", "US", "+442079460018"),
        ("442079460018", "GB", "+442079460018"),
        ("(212) 555-0123", "US", "+12125550123"),
        ("212.555.0123", "US", "+12125550123"),
        ("\u202a+1 212 555 0123\u202c", None, "+12125550123"),
        ("+1 212 555 0123", "DE", "+12125550123"),
        ("030 23125 123", "DE", "+493023125123"),
        ("01 99 00 12 34", "FR", "+33199001234"),
        ("+39 06 69812345", None, "+390669812345"),
        ("+12125550123", None, "+12125550123"),
    ],
)
def test_a_number_is_spelled_by_its_country(written, region, form):
    assert e164(written, region) == form


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("", None),
        ("n/a", "US"),
        ("call after five", "US"),
        ("020 7946 0018", None),
        ("12345", "DE"),
        ("+999 123", None),
        ("(212) 555-0123", "AQ"),
        ("1" * 300, "US"),
    ],
)
def test_what_is_no_possible_number_has_no_form(written, region):
    assert e164(written, region) is None


def test_an_extension_is_not_dropped_in_silence():
    assert e164("(212) 555-0123 ext. 45", "US") is None


def test_a_local_number_that_its_guessed_country_does_not_know_is_left_alone():
    assert e164("099 000 0000", "US") is None


@settings(deadline=None)
@given(numbers, regions, regions)
def test_a_form_is_spelled_as_itself_whatever_the_country(written, region, another):
    form = e164(written, region)

    assert form is None or e164(form, another) == form

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import SUPPORTED_REGIONS

from baton.adapters.spelling.regions import region_code

# Ascension and Tristan da Cunha have numbering plans of their own and no ISO 3166 code that people write.
WITHOUT_A_COUNTRY = {"AC", "TA"}


@pytest.mark.parametrize(
    ("country", "code"),
    [
        ("Germany", "DE"),
        ("Deutschland", "DE"),
        ("de", "DE"),
        ("DEU", "DE"),
        (" GERMANY. ", "DE"),
        ("UK", "GB"),
        ("U.K.", "GB"),
        ("United Kingdom (UK)", "GB"),
        ("england", "GB"),
        ("us", "US"),
        ("U.S.A.", "US"),
        ("United States of America", "US"),
        ("The Netherlands", "NL"),
        ("Nederland", "NL"),
        ("Holland", "NL"),
        ("España", "ES"),
        ("espana", "ES"),
        ("Österreich", "AT"),
        ("Schweiz", "CH"),
        ("Suisse", "CH"),
        ("Türkiye", "TR"),
        ("Brasil", "BR"),
        ("México", "MX"),
        ("Polska", "PL"),
        ("Česká republika", "CZ"),
        ("Ελλάδα", "GR"),
        ("Россия", "RU"),
        ("Україна", "UA"),
        ("日本", "JP"),
        ("中国", "CN"),
        ("대한민국", "KR"),
        ("ประเทศไทย", "TH"),
        ("भारत", "IN"),
        ("ישראל", "IL"),
        ("مصر", "EG"),
        ("Viet Nam", "VN"),
        ("Trinidad & Tobago", "TT"),
        ("Cote d’Ivoire", "CI"),
        ("Slovakia (Slovak Republic)", "SK"),
    ],
)
def test_a_country_is_known_by_the_names_people_write(country, code):
    assert region_code(country) == code


@pytest.mark.parametrize("country", ["", "-", "Congo", "Bavaria", "somewhere", "XX", "ZZ"])
def test_what_names_no_country_or_two_has_no_region(country):
    assert region_code(country) is None


@pytest.mark.parametrize("code", sorted(SUPPORTED_REGIONS - WITHOUT_A_COUNTRY))
def test_every_region_with_a_numbering_plan_is_known_by_its_code(code):
    assert region_code(code) == region_code(code.lower()) == code


@settings(deadline=None)
@given(st.text())
def test_a_region_is_two_capital_letters_or_none(country):
    code = region_code(country)

    assert code is None or (len(code) == 2 and code.isupper())

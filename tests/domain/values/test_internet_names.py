import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baton.adapters.spelling.internet_names import ascii_domain


@pytest.mark.parametrize(
    ("name", "ascii_form"),
    [
        ("example.com", "example.com"),
        ("EXAMPLE.Com.", "example.com"),
        ("münchen.example", "xn--mnchen-3ya.example"),
        ("mu\u0308nchen.example", "xn--mnchen-3ya.example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("日本。example", "xn--wgv71a.example"),
        ("r3---sn.example", "r3---sn.example"),
    ],
)
def test_a_name_has_one_ascii_form(name, ascii_form):
    assert ascii_domain(name) == ascii_form


@pytest.mark.parametrize(
    "name",
    ["", ".", "a b.example", "foo_bar.example", "-a.example", "a-.example", "a..b", f"{'a' * 64}.example", "ü" * 300],
)
def test_what_is_no_internet_name_has_none(name):
    assert ascii_domain(name) is None


@settings(deadline=None)
@given(st.text(max_size=30))
def test_the_ascii_form_of_an_ascii_form_is_itself(name):
    form = ascii_domain(name)

    assert form is None or ascii_domain(form) == form

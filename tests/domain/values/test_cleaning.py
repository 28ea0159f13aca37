import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.values.cleaning import cleaned, folded


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (None, None),
        ("", None),
        (" \t\n", None),
        ("\x00\x07", None),
        ("\u200b", None),
        ("  Acme Ltd ", "Acme Ltd"),
        ("\u00a0Acme\u00a0", "Acme"),
        ("Ac\x00me", "Acme"),
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("Zoe\u0308", "Zoë"),
        ("\ud83d", None),
        ("日本", "日本"),
        (True, "true"),
        (False, "false"),
        (7, "7"),
        (7.0, "7"),
        (7.5, "7.5"),
        ({"id": "42", "name": "Acme"}, "42"),
        ({}, None),
        (["a", "b"], "a;b"),
    ],
)
def test_text_is_trimmed_and_rid_of_what_nobody_sees(raw, text):
    assert cleaned(raw) == text


def test_folded_text_stands_on_one_line_with_single_blanks():
    assert folded(" Head \n of\t\tSales ") == "Head of Sales"


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=[])))
def test_clean_text_stays_as_it_is(text):
    assert cleaned(cleaned(text)) == cleaned(text)
    assert folded(folded(text)) == folded(text)


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=[])))
def test_clean_text_can_be_sent_and_stored(text):
    form = cleaned(text) or ""

    assert "\x00" not in form
    assert form.encode("utf-8").decode("utf-8") == form

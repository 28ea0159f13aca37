import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.values.names import name, pair

words = st.sampled_from(
    ["Ana", "Silva", "van", "der", "Van", "de", "la", "Jr.", "III", "y", "e", "-", "Unknown", "test", "n/a", ",", "Li,"]
)
halves = st.one_of(st.none(), st.text(max_size=15), st.lists(words, max_size=6).map(" ".join))


@pytest.mark.parametrize("raw", ["Unknown", " unknown ", "UNKNOWN", "n/a", "N/A", "-", "--", "?", ".", "test", "Test"])
def test_a_word_for_no_name_is_no_name(raw):
    assert name(raw) is None


@pytest.mark.parametrize(
    "raw", ["none", "null", "NA", "na", "%FIRSTNAME%", "{{ first_name }}", "[first name]", "No Name"]
)
def test_what_a_form_leaves_behind_is_no_name(raw):
    assert name(raw) is None


@pytest.mark.parametrize(
    "raw", ["Na", "Nan", "No", "Li", "X", "O'Neil", "Testa", "Nullmann", "山田", "محمد", "Zoë-Marie"]
)
def test_an_unusual_name_is_a_name(raw):
    assert name(raw) == raw


def test_blanks_in_a_name_are_folded():
    assert name("  Ana \t Maria\n") == "Ana Maria"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("Ana", "Silva", ("Ana", "Silva")),
        ("Ana Maria", "Silva", ("Ana Maria", "Silva")),
        (None, "Silva", (None, "Silva")),
        ("", "Ana Silva", (None, "Ana Silva")),
        ("Unknown", "Silva", (None, "Silva")),
        ("Ana", "", (None, "Ana")),
        ("Ana", "-", (None, "Ana")),
        ("山田太郎", "", (None, "山田太郎")),
        ("", "", (None, None)),
        ("n/a", "Unknown", (None, None)),
        ("Ana Silva", None, ("Ana", "Silva")),
        ("Ana Silva", "n/a", ("Ana", "Silva")),
        ("Juan Carlos García", "", ("Juan Carlos", "García")),
        ("Maria van der Berg", "", ("Maria", "van der Berg")),
        ("Maria Van Der Berg", "", ("Maria", "Van Der Berg")),
        ("José de la Cruz", "", ("José", "de la Cruz")),
        ("José Ortega y Gasset", "", ("José", "Ortega y Gasset")),
        ("Ludwig von Mustermann", "", ("Ludwig", "von Mustermann")),
        ("John Smith Jr.", "", ("John", "Smith Jr.")),
        ("John Smith, Jr.", "", ("John", "Smith, Jr.")),
        ("John Smith III", "", ("John", "Smith III")),
        ("John Jr.", "", (None, "John Jr.")),
        ("Van Morrison", "", ("Van", "Morrison")),
        ("de Souza", "", (None, "de Souza")),
        ("van der Berg", "", (None, "van der Berg")),
        ("Silva, Ana Maria", "", ("Ana Maria", "Silva")),
        ("Ana Unknown", "", (None, "Ana")),
        ("Unknown Ana", "", (None, "Ana")),
    ],
)
def test_first_and_last_name_are_read_together(first, last, expected):
    assert pair(first, last) == expected


@given(halves, halves)
def test_a_pair_that_was_read_is_read_as_itself(first, last):
    once = pair(first, last)

    assert pair(*once) == once


@given(halves, halves)
def test_there_is_no_first_name_without_a_last_name(first, last):
    read = pair(first, last)

    assert read[0] is None or read[1] is not None


@given(st.lists(st.text(alphabet="abcdefgh", min_size=4, max_size=8), min_size=1, max_size=5))
def test_no_word_of_a_full_name_is_lost(full):
    first, last = pair(" ".join(full), "")

    assert [*(first or "").split(), *(last or "").split()] == full

"""What the index leaves out was no answer: a search finds the same as looking at every record."""

from hypothesis import given
from hypothesis import strategies as st

from sandbox.store import Shelf
from sandbox.zoho.fields.catalogue import MODULES
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.search.finding import run

WORDS = st.text("aB-_ .@\\", max_size=3)
RECORDS = st.lists(
    st.fixed_dictionaries({"Last_Name": WORDS, "Email": WORDS, "Phone": st.text("12-+", max_size=4)}), max_size=8
)
ASKED = st.one_of(
    st.fixed_dictionaries({"word": WORDS}),
    st.fixed_dictionaries({"email": WORDS}),
    st.fixed_dictionaries({"phone": st.text("12-", max_size=2)}),
    st.builds(
        lambda field, operator, value: {"criteria": f"({field}:{operator}:{value})"},
        st.sampled_from(["Last_Name", "Email", "Lead_Status"]),
        st.sampled_from(["equals", "not_equal", "starts_with", "in"]),
        st.text("aB-_ .@,", max_size=3),
    ),
    st.builds(
        lambda word, one, other: {"criteria": f"((Last_Name:equals:{one}){word}(Email:starts_with:{other}))"},
        st.sampled_from(["and", "or"]),
        st.text("aB-", max_size=2),
        st.text("aB@", max_size=2),
    ),
)


class WithoutIndex(RecordTable):
    """Every record is worth testing."""

    def mentioning(self, text):
        return self.ids()

    def with_digits(self, digits):
        return self.ids()


@given(RECORDS, ASKED)
def test_a_search_finds_what_looking_at_everything_finds(records, asked):
    tables = RecordTable(MODULES["Leads"], Shelf("Leads")), WithoutIndex(MODULES["Leads"], Shelf("Leads"))
    for table in tables:
        for number, record in enumerate(records, start=1):
            table.add({"id": str(number), "Modified_Time": "2026-03-02T16:00:00+01:00", **record})

    narrowed, everything = (run(asked, table) for table in tables)

    assert narrowed == everything


def test_a_record_is_found_by_what_it_says_now(leads, add):
    add("1", Last_Name="Quill")
    before = run({"word": "quill"}, leads)
    leads.change(leads.get("1"), {"Last_Name": "Feather"})

    assert (before, run({"word": "quill"}, leads), run({"word": "feather"}, leads)) == (["1"], [], ["1"])

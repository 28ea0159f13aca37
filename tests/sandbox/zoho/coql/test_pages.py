"""Order and bounds, and that no index changes an answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.store import Shelf
from sandbox.zoho import coql
from sandbox.zoho.fields.catalogue import MODULES
from sandbox.zoho.record_table import RecordTable
from sandbox.zoho.stamps import parsed

SELECT = "select id from Leads where "
WALK = (
    "select id, Modified_Time from Leads where ((Modified_Time > '{0}') or ((Modified_Time = '{0}') "
    "and (id > '{1}'))) order by Modified_Time asc, id asc limit {2}"
)


class Unindexed:
    """The rows of a table without any of its indexes."""

    def __init__(self, table: RecordTable) -> None:
        self.module, self.kinds, self._table = table.module, table.kinds, table

    def get(self, id: str) -> Mapping[str, Any] | None:  # noqa: A002 - the name every vendor record gives it
        return self._table.get(id)

    def ids(self) -> Sequence[str]:
        return self._table.ids()

    def modified_from(self, moment: datetime) -> Sequence[tuple[datetime, str]]:
        moments = ((parsed(self._table.get(id_)["Modified_Time"]), id_) for id_ in self.ids())
        return sorted(
            ((when, id_) for when, id_ in moments if when >= moment), key=lambda each: (each[0], int(each[1]))
        )

    def having(self, field: str, value: str) -> None:
        return None


def stamp(second):
    return f"2026-03-02T16:00:{second:02}+01:00"


def table_of(rows):
    table = RecordTable(MODULES["Leads"], Shelf("Leads"))
    for id_, (second, number) in rows.items():
        table.add({"id": str(id_), "Last_Name": "Birk", "Modified_Time": stamp(second), "ActiveCampaign_ID": number})
    return table


def ids_of(query, table):
    found = coql.run(query, {"Leads": table})
    assert isinstance(found, coql.Rows), found
    return [row["id"] for row in found.data]


@pytest.fixture
def crowd(leads, add):
    for number in range(1, 251):
        add(str(number), Last_Name=f"Birk {number % 3}", Modified_Time=stamp(number % 5))
    return leads


def test_a_query_without_a_limit_ends_at_two_hundred_by_id(crowd):
    found = coql.run("select Last_Name from Leads where id is not null", {"Leads": crowd})

    assert [row["id"] for row in found.data] == [str(number) for number in range(1, 201)]
    assert found.more_records


def test_the_last_page_says_so(crowd):
    found = coql.run("select Last_Name from Leads where id is not null limit 50 offset 200", {"Leads": crowd})

    assert [row["id"] for row in found.data] == [str(number) for number in range(201, 251)]
    assert not found.more_records


def test_a_pair_of_bounds_is_offset_and_limit(crowd):
    assert ids_of("select id from Leads where id > 0 limit 10, 2", crowd) == ["11", "12"]


def test_a_row_holds_what_was_selected_and_its_id(crowd):
    found = coql.run("SELECT Last_Name, Email FROM Leads WHERE id = 4", {"Leads": crowd})

    assert found.data == [{"Last_Name": "Birk 1", "Email": None, "id": "4"}]


def test_rows_are_ordered_by_several_columns(crowd):
    query = "select id from Leads where id < 8 order by Last_Name desc, Modified_Time asc, id desc"

    assert ids_of(query, crowd) == ["5", "2", "1", "7", "4", "6", "3"]


@pytest.mark.parametrize("direction", ["", "asc", "ASC"])
def test_the_order_of_change_puts_smaller_ids_first(crowd, direction):
    query = SELECT + f"id < 12 order by Modified_Time {direction} limit 4"

    assert ids_of(query, crowd) == ["5", "10", "1", "6"]


def test_a_recent_change_is_found_without_an_order(crowd, add):
    add("7000", Modified_Time=stamp(30))
    add("300", Modified_Time=stamp(31))

    assert ids_of(SELECT + f"Modified_Time >= '{stamp(30)}'", crowd) == ["300", "7000"]


NUMBERS = st.none() | st.sampled_from(["1", "2", "3"])
ROWS = st.dictionaries(st.integers(1, 300), st.tuples(st.integers(0, 9), NUMBERS), max_size=30)


@given(rows=ROWS, size=st.integers(1, 7))
def test_a_walk_by_time_and_id_meets_every_record_once(rows, size):
    table, met, moment, id_ = table_of(rows), [], stamp(0), "0"

    while found := coql.run(WALK.format(moment, id_, size), {"Leads": table}).data:
        met += [row["id"] for row in found]
        moment, id_ = found[-1]["Modified_Time"], found[-1]["id"]

    assert met == [str(key) for key in sorted(rows, key=lambda key: (rows[key][0], key))]


CONDITIONS = st.recursive(
    st.one_of(
        st.builds("Modified_Time {} '{}'".format, st.sampled_from([">", ">=", "=", "<"]), st.integers(0, 9).map(stamp)),
        st.builds("id {} '{}'".format, st.sampled_from([">", "=", "<="]), st.integers(0, 300)),
        st.sampled_from(["ActiveCampaign_ID in ('1', '3')", "ActiveCampaign_ID = '2'", "ActiveCampaign_ID is null"]),
    ),
    lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner),
    max_leaves=4,
)
ORDERS = st.sampled_from(["", "order by Modified_Time asc, id asc", "order by id", "order by Modified_Time desc"])


@given(rows=ROWS, where=CONDITIONS, order=ORDERS)
def test_an_index_never_changes_an_answer(rows, where, order):
    table = table_of(rows)
    query = SELECT + f"{where} {order} limit 20"

    assert ids_of(query, table) == ids_of(query, Unindexed(table))

"""Records as they are read: keysets, page sizes, rows, deletions, and answers that cannot be believed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.adapters.zoho import coql
from baton.domain.failures import Rejected, Unreachable
from baton.domain.records import CONTACT, CONTACTS, LEADS, RecordRef, Seen, Stream, StreamKind

LEAD_CHANGES = Stream(LEADS, StreamKind.CHANGES)
DELETIONS = Stream(LEADS, StreamKind.DELETIONS)
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def lead(id_, modified="2026-03-04T13:00:00+01:00", **more):
    return {"id": str(id_), "Modified_Time": modified, **more}


def page(*records, more=False):
    return {"data": list(records), "info": {"count": len(records), "more_records": more}}


def query(there, number=-1):
    return there.bodies()[number]["select_query"]


def test_a_window_begins_with_a_small_page_and_goes_on_with_large_ones(gateway, told, answer, calls):
    there = told(answer(200, page(lead(11), more=True)), answer(200, page(lead(12), more=False)))
    crm = gateway(there)

    first = crm.read_page(LEAD_CHANGES, since=NOON, position=None)
    second = crm.read_page(LEAD_CHANGES, since=NOON, position=first.position)

    assert first.position == "2026-03-04T12:00:00+00:00|11"
    assert second.position is None
    assert query(there, 0).endswith(
        " from Leads where (Modified_Time >= '2026-03-04T12:00:00+00:00') order by Modified_Time asc, id asc limit 200"
    )
    assert query(there, 1).endswith(
        " where ((Modified_Time > '2026-03-04T12:00:00+00:00')"
        " or ((Modified_Time = '2026-03-04T12:00:00+00:00') and (id > '11')))"
        " order by Modified_Time asc, id asc limit 2000"
    )
    assert [call.records for call in calls] == [1, 1]


def test_a_full_pass_reads_large_pages_from_the_beginning(gateway, told, answer):
    there = told(answer(204))

    found = gateway(there).read_page(LEAD_CHANGES, since=None, position=None)

    assert (found.rows, found.position) == ((), None)
    assert "(Modified_Time >= '2000-01-01T00:00:00+00:00')" in query(there)
    assert query(there).endswith("limit 2000")


def test_the_fields_reading_needs_are_read_beside_the_contracts(gateway, told, answer):
    there = told(answer(204))
    crm = gateway(there)
    crm.read_page(LEAD_CHANGES, since=None, position=None)
    crm.read_page(Stream(CONTACTS, StreamKind.CHANGES), since=None, position=None)

    own = ["id", "Modified_Time", "Modified_By", "Created_Time", "Owner"]
    selected = [query(there, n).removeprefix("select ").partition(" from ")[0].split(", ") for n in (0, 1)]
    assert selected[0] == [*own, "Converted__s", "Converted_Contact", "Email", "Last_Name"]
    assert selected[1] == [*own, "Email", "Last_Name"]


def test_more_fields_than_one_read_gives_are_refused_at_the_start(gateway, told, answer):
    with pytest.raises(ValueError, match="at most 50"):
        gateway(told(answer(204)), fields=[f"Field_{n}" for n in range(50)])


def test_a_module_without_known_fields_is_refused(gateway, told, answer):
    with pytest.raises(Rejected):
        gateway(told(answer(204))).read_page(Stream(CONTACT, StreamKind.CHANGES), since=None, position=None)


def test_a_row_has_no_dollar_keys_and_lookups_are_ids(gateway, told, answer):
    document = page(
        lead(
            4876000000000000123,
            Modified_By={"id": "9", "name": "Sam", "email": "sam@example.com"},
            Tag=[{"name": "hot"}],
            **{"$approved": True, "Converted_Contact": None},
        )
    )

    [row] = gateway(told(answer(200, document)), fields=()).read_page(LEAD_CHANGES, since=None, position=None).rows

    assert row == Seen(
        ref=RecordRef(LEADS, "4876000000000000123"),
        row={
            "id": "4876000000000000123",
            "Modified_Time": "2026-03-04T13:00:00+01:00",
            "Modified_By": {"id": "9"},
            "Tag": [{"name": "hot"}],
            "Converted_Contact": None,
        },
        version=NOON,
        editor="9",
    )


@pytest.mark.parametrize("modified", ["2026-03-04T12:00:00Z", "2026-03-04T17:30:00+05:30"])
def test_stamps_are_understood_with_any_offset(gateway, told, answer, modified):
    document = page(lead(1, modified))

    [row] = gateway(told(answer(200, document))).read_page(LEAD_CHANGES, since=None, position=None).rows

    assert row.version == NOON


def test_a_page_that_leads_back_is_not_gone_on_from(gateway, told, answer):
    there = told(answer(200, page(lead(11), more=True)))

    with pytest.raises(Unreachable, match="order"):
        gateway(there).read_page(LEAD_CHANGES, since=None, position="2026-03-04T12:00:00+00:00|11")


def test_deletions_are_read_page_by_page_from_the_windows_start(gateway, told, answer):
    there = told(answer(200, page({"id": "5"}, {"id": "6"}, more=True)), answer(304))
    crm = gateway(there)

    first = crm.read_page(DELETIONS, since=NOON, position=None)
    second = crm.read_page(DELETIONS, since=NOON, position=first.position)

    assert first.gone == (RecordRef(LEADS, "5"), RecordRef(LEADS, "6"))
    assert (first.position, second.gone, second.position) == ("2", (), None)
    assert there.asked[0].url.path == "/crm/v8/Leads/deleted"
    assert there.asked[0].headers["if-modified-since"] == "2026-03-04T12:00:00+00:00"


def test_records_are_read_by_id_converted_leads_too_and_the_missing_are_named(gateway, told, answer):
    there = told(answer(200, page(lead(5))))

    reading = gateway(there).read([RecordRef(LEADS, "5"), RecordRef(LEADS, "6")])

    assert [row.ref.id for row in reading.rows] == ["5"]
    assert reading.missing == (RecordRef(LEADS, "6"),)
    assert there.queries()[0]["ids"] == "5,6"
    assert there.queries()[0]["converted"] == "both"


def test_an_empty_answer_makes_all_missing(gateway, told, answer):
    assert gateway(told(answer(204))).read([RecordRef(CONTACTS, "5")]).missing == (RecordRef(CONTACTS, "5"),)


def test_a_filter_by_id_that_is_ignored_makes_nobody_missing(gateway, told, answer):
    with pytest.raises(Unreachable, match="ignored"):
        gateway(told(answer(200, page(lead(1))))).read([RecordRef(LEADS, "2")])


def test_records_are_found_by_a_field_without_the_search_index(gateway, told, answer):
    there = told(answer(200, page(lead(5, Email="ada@example.com"))))

    reading = gateway(there).find(LEADS, field="Email", values=["ada@example.com", "o'neil@example.com"])

    assert [row.ref.id for row in reading.rows] == ["5"]
    assert "(Email in ('ada@example.com', 'o\\'neil@example.com'))" in query(there)


def test_many_values_are_asked_fifty_at_a_time(gateway, told, answer):
    there = told(answer(204))

    gateway(there).find(LEADS, field="Email", values=[f"p{n}@example.com" for n in range(101)])

    assert len(there.asked) == 3


def test_finding_nobody_costs_no_call(gateway, told, answer):
    there = told(answer(500))

    assert gateway(there).find(LEADS, field="Email", values=[]).rows == ()
    assert there.asked == []


def test_what_is_no_field_name_gets_into_no_query(gateway, told, answer):
    with pytest.raises(Rejected):
        gateway(told(answer(204))).find(LEADS, field="Email) or (id", values=["x"])


@given(st.text())
def test_a_quoted_value_ends_only_at_its_end(value):
    quoted = coql.quoted(value)
    inside = quoted[1:-1].replace("\\\\", "").replace("\\'", "")

    assert quoted[0] == quoted[-1] == "'"
    assert "'" not in inside
    assert "\\" not in inside


@given(st.datetimes(timezones=st.just(UTC)).map(lambda m: m.replace(microsecond=0)), st.from_regex(r"[1-9]\d{17,18}"))
def test_a_position_is_read_as_it_was_written(moment, id_):
    position = coql.Position(moment, id_.strip())

    assert coql.Position.parse(str(position)) == position


def test_the_schema_says_what_zoho_would_refuse(gateway, told, answer):
    stage = {
        "api_name": "Stage",
        "data_type": "picklist",
        "length": 120,
        "system_mandatory": True,
        "pick_list_values": [{"actual_value": "MQL"}, {"actual_value": "Old", "type": "unused"}],
    }
    shut = {"api_name": "Full_Name", "data_type": "text", "read_only": True, "operation_type": {"api_update": True}}
    system = {"api_name": "Created_Time", "data_type": "datetime", "operation_type": {"api_update": False}}
    key = {"api_name": "ActiveCampaign_ID", "data_type": "text", "unique": {"casesensitive": "0"}}

    schema = gateway(told(answer(200, {"fields": [stage, shut, system, key]}))).schema(LEADS)

    assert (schema["Stage"].choices, schema["Stage"].length, schema["Stage"].is_mandatory) == (("MQL",), 120, True)
    assert [schema[name].is_writable for name in ("Stage", "Full_Name", "Created_Time")] == [True, False, False]
    assert [schema[name].is_unique for name in ("Stage", "ActiveCampaign_ID")] == [False, True]


@pytest.mark.parametrize(
    ("windows", "works"),
    [
        (((204, None), (200, page(lead(5))), (204, None)), True),
        (((200, page(lead(1))),), False),
        (((204, None), (200, page(lead(5))), (200, page(lead(5)))), False),
        (((204, None), (204, None), (200, page(lead(5)))), False),
        (((204, None), (204, None), (204, None)), True),
    ],
    ids=["filters", "future is not empty", "found an hour later", "not found at its stamp", "deleted meanwhile"],
)
def test_a_window_is_believed_only_when_it_filters(gateway, told, answer, windows, works):
    known = Seen(RecordRef(LEADS, "5"), {}, NOON)

    assert gateway(told(*(answer(*window) for window in windows))).filters_work(known) is works

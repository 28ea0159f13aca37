"""Contacts as they are read: windows, rows, versions, and answers that cannot be believed."""

from datetime import UTC, datetime, timedelta

import pytest

from baton.domain.failures import Rejected, Unreachable
from baton.domain.records import CONTACT, LEADS, RecordRef, Stream, StreamKind

CHANGES = Stream(CONTACT, StreamKind.CHANGES)
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def contact(id_, **more):
    return {"id": str(id_), "email": f"p{id_}@example.com", "udate": "2026-03-04T05:00:00-06:00", **more}


def page(*contacts, **side_loads):
    return {"contacts": list(contacts), "meta": {"total": "9"}, **side_loads}


def test_a_window_is_asked_with_an_offset_a_second_early_and_in_order(gateway, told, answer, fields):
    there = told(answer(200, page()), fields)

    gateway(there).read_page(CHANGES, since=NOON, position="41")

    assert there.queries()[0] == {
        "orders[id]": "ASC",
        "limit": "100",
        "filters[updated_after]": "2026-03-04T11:59:59+00:00",
        "id_greater": "41",
        "include": "fieldValues,contactLists,contactTags,contactTags.tag",
    }
    assert "%2B00%3A00" in str(there.asked[0].url)


def test_a_full_pass_has_no_window(gateway, told, answer, fields):
    there = told(answer(200, page()), fields)

    gateway(there).read_page(CHANGES, since=None, position=None)

    assert "filters[updated_after]" not in there.queries()[0]


def test_a_full_page_is_not_the_last_and_a_short_one_is(gateway, told, answer, fields):
    full = page(*(contact(id_) for id_ in range(1, 101)))
    there = told(answer(200, full), fields, answer(200, page(contact(101))))
    crm = gateway(there)

    first = crm.read_page(CHANGES, since=None, position=None)
    second = crm.read_page(CHANGES, since=None, position=first.position)

    assert (first.position, second.position, len(second.rows)) == ("100", None, 1)


def test_a_contact_and_its_side_loads_become_one_row(gateway, told, answer, fields):
    document = page(
        contact(5, firstName="Ada", fieldValues=["11"], contactLists=["3"], links={"x": "y"}, scoreValues=[]),
        contact(6),
        fieldValues=[{"id": "11", "contact": "5", "field": "1", "value": "Spain"}],
        contactLists=[
            {"contact": "5", "list": "2", "status": "1", "form": "3", "sdate": "2026-03-01T06:00:00-06:00"},
            {"contact": "5", "list": "4", "status": "2", "form": "3", "sdate": "2026-03-01T06:00:00-06:00"},
            {"contact": "5", "list": "5", "status": "1", "form": None, "sdate": "2026-03-01T06:00:00-06:00"},
        ],
        contactTags=[{"contact": "5", "tag": "8"}, {"contact": "5", "tag": "7"}],
        tags=[{"id": "7", "tag": "VIP"}, {"id": "8", "tag": "Partner"}],
    )

    first, second = gateway(told(answer(200, document), fields)).read_page(CHANGES, since=None, position=None).rows

    assert first.row == {
        "id": "5",
        "email": "p5@example.com",
        "udate": "2026-03-04T05:00:00-06:00",
        "firstName": "Ada",
        "fields": {"COUNTRY": "Spain"},
        "lists": {"2": "1", "4": "2", "5": "1"},
        "opt_ins": {"2": {"at": "2026-03-01T12:00:00+00:00", "form": "3"}},
        "tags": ["Partner", "VIP"],
    }
    assert (second.row["fields"], second.row["lists"], second.row["tags"]) == ({}, {}, [])


def test_field_names_are_read_once_and_again_when_an_unknown_one_appears(gateway, told, answer, fields):
    new = {"fields": [{"id": "9", "perstag": "CITY"}]}
    later = page(contact(6), fieldValues=[{"contact": "6", "field": "9", "value": "Oslo"}])
    there = told(answer(200, page(contact(5))), fields, answer(200, page()), answer(200, later), answer(200, new))
    crm = gateway(there)
    for _ in range(2):
        crm.read_page(CHANGES, since=None, position=None)

    [row] = crm.read_page(CHANGES, since=None, position=None).rows

    assert row.row["fields"] == {"CITY": "Oslo"}
    assert [request.url.path for request in there.asked].count("/api/3/fields") == 2


def test_values_of_a_deleted_field_do_not_have_the_fields_read_for_each_page(gateway, told, answer, fields):
    document = page(contact(5), fieldValues=[{"contact": "5", "field": "99", "value": "x"}])
    there = told(answer(200, document), fields, answer(200, document))
    crm = gateway(there)

    for _ in range(2):
        [row] = crm.read_page(CHANGES, since=None, position=None).rows

    assert row.row["fields"] == {}
    assert len(there.asked) == 3


@pytest.mark.parametrize(
    ("stamps", "version"),
    [
        ({"udate": "2026-03-04T05:00:00-06:00"}, datetime(2026, 3, 4, 11, 0, tzinfo=UTC)),
        ({"udate": None, "cdate": "2026-03-04T04:00:00-06:00"}, datetime(2026, 3, 4, 10, 0, tzinfo=UTC)),
        ({"udate": "0000-00-00", "cdate": "2026-03-04T04:00:00-06:00"}, datetime(2026, 3, 4, 10, 0, tzinfo=UTC)),
        ({"udate": "2026-03-04T11:00:00-05:00"}, NOON + timedelta(seconds=1)),
    ],
)
def test_the_version_is_the_vendors_stamp_and_never_in_the_future(gateway, told, answer, fields, stamps, version):
    document = page(contact(5, **stamps))

    [row] = gateway(told(answer(200, document), fields)).read_page(CHANGES, since=None, position=None).rows

    assert row.version == version


@pytest.mark.parametrize(("editor", "known"), [("3", "3"), ("0", None), (None, None)])
def test_nobody_is_no_editor(gateway, told, answer, fields, editor, known):
    document = page(contact(5, updated_by=editor))

    [row] = gateway(told(answer(200, document), fields)).read_page(CHANGES, since=None, position=None).rows

    assert row.editor == known


@pytest.mark.parametrize("ids", [(7, 6), (3, 9), (9, 9)])
def test_a_page_that_is_not_in_order_is_not_used(gateway, told, answer, fields, ids):
    document = page(*(contact(id_) for id_ in ids))

    with pytest.raises(Unreachable, match="order"):
        gateway(told(answer(200, document), fields)).read_page(CHANGES, since=None, position="5")


def test_contacts_are_read_by_id_and_the_missing_are_named(gateway, told, answer, fields):
    there = told(answer(200, page(contact(5))), fields)

    reading = gateway(there).read([RecordRef(CONTACT, "5"), RecordRef(CONTACT, "6")])

    assert [row.ref.id for row in reading.rows] == ["5"]
    assert reading.missing == (RecordRef(CONTACT, "6"),)
    assert there.asked[0].url.params.get_list("ids[]") == ["5", "6"]


def test_a_filter_by_id_that_is_ignored_makes_nobody_missing(gateway, told, answer, fields):
    with pytest.raises(Unreachable, match="ignored"):
        gateway(told(answer(200, page(contact(1), contact(2))), fields)).read([RecordRef(CONTACT, "77")])


def test_reading_nobody_costs_no_call(gateway, told, answer):
    there = told(answer(500))

    assert gateway(there).read([]).rows == ()
    assert there.asked == []


def test_an_email_is_found_in_any_spelling_and_a_stranger_is_not(gateway, told, answer, fields):
    document = page(contact(1, email=" Ada@Example.COM"), contact(2))

    reading = gateway(told(answer(200, document), fields)).find(CONTACT, field="email", values=["ada@example.com"])

    assert [row.ref.id for row in reading.rows] == ["1"]


def test_a_custom_field_leads_to_its_contacts(gateway, told, answer, fields):
    held = [
        {"contact": "5", "field": "1", "value": "Z-9"},
        {"contact": "6", "field": "1", "value": "Z-10"},
        {"contact": "7", "field": "2", "value": "Z-9"},
    ]
    there = told(fields, answer(200, {"fieldValues": held}), answer(200, page(contact(5))))

    reading = gateway(there).find(CONTACT, field="fields.COUNTRY", values=["Z-9"])

    assert [row.ref.id for row in reading.rows] == ["5"]


@pytest.mark.parametrize("field", ["fields.NOWHERE", "lastName"])
def test_a_field_one_cannot_search_by_is_refused(gateway, told, fields, field):
    with pytest.raises(Rejected):
        gateway(told(fields)).find(CONTACT, field=field, values=["x"])


def test_there_is_no_list_of_deletions_and_no_other_module(gateway, told, fields):
    crm = gateway(told(fields))

    with pytest.raises(Rejected):
        crm.read_page(Stream(CONTACT, StreamKind.DELETIONS), since=None, position=None)
    with pytest.raises(Rejected):
        crm.read([RecordRef(LEADS, "1")])


def test_the_schema_names_places_as_the_contract_does(gateway, told, fields):
    schema = gateway(told(fields)).schema(CONTACT)

    assert schema["fields.STAGE"].choices == ("Lead", "MQL")
    assert (schema["email"].is_unique, schema["orgname"].is_writable) == (True, False)


def test_all_pages_of_fields_are_read(gateway, told, answer):
    many = [{"id": str(n), "perstag": f"F{n}"} for n in range(100)]
    there = told(answer(200, {"fields": many}), answer(200, {"fields": [{"id": "100", "perstag": "LAST"}]}))

    schema = gateway(there).schema(CONTACT)

    assert "fields.LAST" in schema
    assert there.queries()[1]["offset"] == "100"

"""Which records a delivery hints at, in either vendor's words."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.hooks import Hint, HintKind, NotTaken, Refusal, activecampaign_hints, zoho_hints
from baton.domain.records import CONTACT, CONTACTS, LEADS, RecordRef
from console.web.bodies import form_in

KNOWN = (CONTACTS, LEADS)
FORM = "application/x-www-form-urlencoded; charset=utf-8"


def form(**values):
    return {"contact[id]": "12", **values}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"type": "subscribe", "list": "0"}, HintKind.CREATED),
        ({"type": "subscribe", "list": "3"}, HintKind.CHANGED),
        ({"type": "update", "list": "0"}, HintKind.CHANGED),
        ({"type": "contact_tag_added", "tag": "Hot"}, HintKind.CHANGED),
        ({"type": "something_of_a_later_year"}, HintKind.CHANGED),
        ({}, HintKind.CHANGED),
    ],
)
def test_an_event_of_activecampaign_is_a_hint_at_its_contact(said, kind):
    (hint,) = activecampaign_hints(form(**said))

    assert (hint.ref, hint.kind) == (RecordRef(CONTACT, "12"), kind)


def test_the_time_of_an_event_is_read_with_its_zone():
    (hint,) = activecampaign_hints(form(date_time="2026-03-01T06:30:00-06:00"))

    assert hint.happened_at == datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-03-01 06:30:00", "yesterday", "", "9999-12-31T23:59:59-14:00"])
def test_a_time_that_says_nothing_sure_is_left_out(text):
    (hint,) = activecampaign_hints(form(date_time=text))

    assert hint.happened_at is None


@pytest.mark.parametrize("id_", ["12; drop", "-1", "1.5", "٣", "1" * 31, "12:13"])
def test_an_id_that_is_no_number_is_refused(id_):
    with pytest.raises(NotTaken) as refused:
        activecampaign_hints(form(**{"contact[id]": id_}))

    assert refused.value.why is Refusal.MALFORMED


def test_an_event_without_a_contact_is_refused():
    with pytest.raises(NotTaken) as refused:
        activecampaign_hints({"type": "deal_add", "deal[id]": "4"})

    assert refused.value.why is Refusal.NO_RECORD


@pytest.mark.parametrize(
    ("operation", "kind"),
    [
        ("insert", HintKind.CREATED),
        ("create", HintKind.CREATED),
        ("update", HintKind.CHANGED),
        ("edit", HintKind.CHANGED),
        ("Delete", HintKind.DELETED),
        ("delete", HintKind.DELETED),
        ("all", HintKind.CHANGED),
        ("", HintKind.CHANGED),
    ],
)
def test_both_vocabularies_of_zoho_mean_the_same(operation, kind):
    (hint,) = zoho_hints("Leads", ["48"], operation, None, known=KNOWN)

    assert hint == Hint(RecordRef(LEADS, "48"), kind)


def test_every_id_of_a_notification_is_a_hint_once():
    hints = zoho_hints("Contacts", ["1", "2", "1"], "update", 1_767_225_600_000, known=KNOWN)

    assert [str(hint.ref) for hint in hints] == ["zoho:Contacts:1", "zoho:Contacts:2"]
    assert hints[0].happened_at == datetime(2026, 1, 1, tzinfo=UTC)


def test_a_module_nobody_keeps_in_step_is_refused():
    with pytest.raises(NotTaken) as refused:
        zoho_hints("Invoices", ["1"], "update", None, known=KNOWN)

    assert refused.value.why is Refusal.UNKNOWN_MODULE


def test_a_form_is_read_raw_with_the_numbers_of_its_fields():
    read = form_in(FORM, b"contact[id]=12&contact%5Bfields%5D%5B7%5D=a%26b&contact[fields][9]=&x=1&x=2")

    assert read == {"contact[id]": "12", "contact[fields][7]": "a&b", "contact[fields][9]": "", "x": "1"}


def test_a_form_of_too_many_fields_is_refused():
    with pytest.raises(NotTaken):
        form_in(FORM, b"&".join(b"a=1" for _ in range(6_000)))


@given(st.binary(max_size=200))
def test_no_bytes_bring_the_door_down(body):
    try:
        said = activecampaign_hints(form_in(FORM, body))
    except NotTaken:
        said = ()

    assert all(hint.ref.id.isdigit() for hint in said)

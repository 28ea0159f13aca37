"""What a crowd of writes would be held for, and that an opt-out is held for nothing."""

from datetime import UTC, datetime

import pytest

from baton.domain.contract import Consent, Contract, Direction, FieldRule, FieldType
from baton.domain.guard import with_risks
from baton.domain.person import Candidate, Person, Plan, Write
from baton.domain.records import CONTACT, LEADS, RecordRef, Seen

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LEAD, OURS = RecordRef(LEADS, "7"), RecordRef(CONTACT, "12")
CONTRACT = Contract(
    (
        FieldRule("word", FieldType.CONSENT, {CONTACT: "consent", LEADS: "Word"}),
        FieldRule("owner", FieldType.OWNER, {CONTACT: "fields.OWNER", LEADS: "Owner"}, Direction.TO_ACTIVECAMPAIGN),
    ),
    consent=Consent({LEADS: "Email_Opt_Out"}),
)
ROWS = {LEAD: {"Phone": "1", "Word": "Subscribed"}, OURS: {"phone": "1", "fields": {"OWNER": "Ada"}}}
PEOPLE = Person(1, 0, None, (LEAD,), tuple(Candidate(Seen(ref, row, NOON)) for ref, row in ROWS.items()))


def risk(ref, module=LEADS, **values):
    (write,) = with_risks(Plan(writes=(Write(module, ref, values, {}),)), PEOPLE, CONTRACT).writes
    return write.risk


@pytest.mark.parametrize(
    ("values", "held_for"),
    [
        ({"Phone": "2"}, ""),
        ({"Phone": None}, "clear"),
        ({"Fax": None}, ""),
        ({"ActiveCampaign_ID": None}, ""),
        ({"Email_Opt_Out": False}, "opt_in"),
        ({"Email_Opt_Out": False, "Phone": None}, "opt_in"),
        ({"Email_Opt_Out": True}, ""),
        ({"Email_Opt_Out": True, "Phone": None}, ""),
        ({"Word": "Unsubscribed", "Phone": None}, ""),
        ({"Word": "Subscribed", "Phone": None}, "clear"),
    ],
)
def test_a_write_of_a_record_is_held_for_what_alarms_most_and_never_when_it_carries_an_opt_out(values, held_for):
    assert risk(LEAD, **values) == held_for


def test_a_contact_is_taken_off_a_list_whatever_else_is_cleared_with_it():
    assert risk(OURS, CONTACT, **{"taken_off.3": True, "phone": ""}) == ""
    assert risk(OURS, CONTACT, phone="") == "clear"


def test_an_owner_shown_otherwise_and_a_new_record_are_counted():
    assert risk(OURS, CONTACT, **{"fields.OWNER": "Bea"}) == "owner"
    assert risk(None, Email_Opt_Out=True) == "create"

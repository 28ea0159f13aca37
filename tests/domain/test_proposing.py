"""Who might be whom, and who is there twice."""

from datetime import UTC, datetime

import pytest

from baton.adapters.spelling import spelling
from baton.domain.contract import Contract, FieldRule, FieldType
from baton.domain.duplicates import Winning, duplicates
from baton.domain.proposing import Traits, propose
from baton.domain.records import CONTACT, CONTACTS, LEADS, RecordRef, Seen

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ALIKE = spelling().alike
ONE = Traits(RecordRef(CONTACT, "1"), "anna.berg@x.example", "Anna Berg", "+493012345678", "Umbria Software")


def other(email=None, name=None, phone=None, company=None, id_="7"):
    return Traits(RecordRef(LEADS, id_), email, name, phone, company)


@pytest.mark.parametrize(
    ("it", "reasons"),
    [
        (other(email="anna.berg@x.example", name="A. Berg"), None),
        (other(email="anna.berg@x.example", name="Anna Berg"), ("the same address", "the same name")),
        (other(name="Berg, Anna", phone="+493012345678"), ("the same phone", "the same name")),
        (other(name="Anna Bergh", company="Umbria Software"), ("names 95 % alike", "the same company")),
        (other(email="ana.berg@x.example", name="Anna Berg"), ("addresses 97 % alike", "the same name")),
        (other(name="Anna Berg"), None),
        (other(phone="+493012345678"), None),
        (other(phone="+493012345678", company="umbria software"), ("the same phone", "the same company")),
        (other(name="Bea Holm", company="Umbria Software"), None),
        (other(), None),
    ],
)
def test_two_signs_propose_and_one_alone_does_not(it, reasons):
    proposed = propose(ONE, [it], ALIKE)

    assert (proposed[0].reasons if proposed else None) == reasons


def test_the_likeliest_comes_first_and_nobody_is_proposed_to_themselves():
    weak = other(name="Anna Bergh", company="Umbria Software", id_="8")
    strong = other(email="anna.berg@x.example", name="Anna Berg", phone="+493012345678", id_="9")

    proposed = propose(ONE, [weak, ONE, strong], ALIKE)

    assert [(each.ref.id, each.score) for each in proposed] == [("9", 100), ("8", 50)]


CONTRACT = Contract(
    (
        FieldRule("email", FieldType.EMAIL, {CONTACT: "email", LEADS: "Email", CONTACTS: "Email"}),
        FieldRule("last_name", FieldType.LAST_NAME, {CONTACT: "lastName", LEADS: "Last_Name", CONTACTS: "Last_Name"}),
        FieldRule("phone", FieldType.PHONE, {CONTACT: "phone", LEADS: "Phone", CONTACTS: "Phone"}),
    ),
    default_region="DE",
)


def record(module, id_, **row):
    return Seen(RecordRef(module, id_), {"id": id_, **row}, NOON)


ANNA = {"Email": "anna@x.example", "Last_Name": "Berg"}


@pytest.mark.parametrize(
    ("records", "order", "stays", "why"),
    [
        ([record(LEADS, "1", **ANNA), record(CONTACTS, "2", **ANNA)], [Winning.CONTACTS_FIRST], "2", "it is a Contact"),
        (
            [record(LEADS, "1", **ANNA), record(LEADS, "2", **ANNA, ActiveCampaign_ID="9")],
            [Winning.CONTACTS_FIRST, Winning.LINKED],
            "2",
            "it is linked to an ActiveCampaign contact",
        ),
        (
            [record(LEADS, "1", **ANNA), record(LEADS, "2", **ANNA, Phone="030 123456")],
            [Winning.MOST_COMPLETE],
            "2",
            "it fills more of the contract's fields",
        ),
        (
            [record(LEADS, "1", **ANNA, Created_Time="2025"), record(LEADS, "2", **ANNA, Created_Time="2024")],
            [Winning.OLDEST],
            "2",
            "it was created first",
        ),
        ([record(LEADS, "10", **ANNA), record(LEADS, "9", **ANNA)], [Winning.LINKED], "9", "its id is the smaller one"),
    ],
)
def test_which_of_two_should_stay_is_told_with_its_reason(records, order, stays, why):
    (group,) = duplicates(records, CONTRACT, spelling(), order)

    assert (group.records[0].id, group.why) == (stays, why)


def test_records_of_both_crms_are_no_duplicates_of_each_other():
    found = [record(CONTACT, "1", email="anna@x.example"), record(LEADS, "2", **ANNA)]

    assert duplicates(found, CONTRACT, spelling()) == ()


def test_people_without_an_address_are_found_by_name_and_phone_together():
    twice = {"Last_Name": "Berg", "Phone": "030 1234567"}
    namesake = {"Last_Name": "Berg", "Phone": "040 1234567"}

    (group,) = duplicates(
        [record(LEADS, "1", **twice), record(CONTACTS, "2", **twice), record(LEADS, "3", **namesake)],
        CONTRACT,
        spelling(),
    )

    assert (group.key, [ref.id for ref in group.records], group.is_across) == ("name and phone", ["2", "1"], True)

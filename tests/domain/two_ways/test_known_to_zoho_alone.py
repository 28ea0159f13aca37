"""People whom only Zoho knows: made in ActiveCampaign, or left where they are with a sentence that says why."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from baton.adapters.spelling import spelling
from baton.domain.contract import Contract, Direction, FieldRule, FieldSchema, FieldType
from baton.domain.deciding import LEFT_OUT, STAYS_IN_ACTIVECAMPAIGN, STAYS_IN_ZOHO, decide
from baton.domain.person import Candidate, Membership, Person, Role, Standing
from baton.domain.records import CONTACT, CONTACTS, LEADS, RecordRef, Seen
from baton.domain.rulebook import Rulebook

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ANNA = "anna@x.example"
OURS, OTHER = RecordRef(CONTACT, "12"), RecordRef(CONTACT, "13")
LEAD, SECOND, CUSTOMER = RecordRef(LEADS, "7"), RecordRef(LEADS, "8"), RecordRef(CONTACTS, "9")


def rule(name, type_, activecampaign, zoho, direction=Direction.BOTH, **more):
    return FieldRule(name, type_, {CONTACT: activecampaign, LEADS: zoho, CONTACTS: zoho}, direction, **more)


CONTRACT = Contract(
    rules=(
        rule("email", FieldType.EMAIL, "email", "Email", Direction.TO_ZOHO),
        rule("last_name", FieldType.LAST_NAME, "lastName", "Last_Name", when_blank="email_name"),
        rule("title", FieldType.TEXT, "fields.TITLE", "Title"),
        rule("agent", FieldType.OWNER, "fields.AGENT", "Owner", Direction.TO_ACTIVECAMPAIGN),
        rule("source", FieldType.TEXT, "fields.SOURCE", "Lead_Source", Direction.TO_ZOHO),
        rule("consent", FieldType.CONSENT, "consent", "Consent", Direction.TO_ZOHO, put_back=True),
    ),
    direction=Direction.BOTH,
    zoho_id="fields.ZOHO_ID",
    refused_addresses=frozenset({"noreply@"}),
)
BOOK = Rulebook(CONTRACT, {}, spelling(), "900", {"901": "Ada Lind"})


def zoho(ref=LEAD, email=ANNA, *, member=False, belongs_to=None, is_gone=False, **fields):
    row = {"id": ref.id, "Email": email, "Last_Name": "Berg", "Owner": {"id": "901"}, **fields}
    return _candidate(ref, row, email, member, belongs_to=belongs_to, is_gone=is_gone)


def contact(ref=OURS, email=ANNA, *, member=False, belongs_to=None, is_gone=False, **fields):
    row = {"id": ref.id, "email": email, "lastName": "Berg", "fields": fields}
    return _candidate(ref, row, email, member, belongs_to=belongs_to, is_gone=is_gone)


def _candidate(ref, row, email, member, **more):
    return Candidate(Seen(ref, row, NOW), Membership(ref, Role.PRIMARY) if member else None, email, **more)


def decided(*candidates, book=BOOK):
    asked = tuple(each.seen.ref for each in candidates if each.belongs_to is None)
    return decide(Person(1, 0, ANNA, asked, candidates), book)


def test_a_lead_becomes_a_contact_with_all_that_may_travel_and_the_leads_id():
    plan = decided(zoho(Title="Chief", Lead_Source="Fair", Consent="Subscribed"))

    (write,) = plan.writes
    assert (write.module, write.ref) == (CONTACT, None)
    assert write.values == {
        "email": ANNA,
        "lastName": "Berg",
        "fields.TITLE": "Chief",
        "fields.AGENT": "Ada Lind",
        "fields.ZOHO_ID": "7",
    }
    assert plan.standings == {LEAD: (Standing.WRITING, "to be created in ActiveCampaign")}


def test_both_halves_are_what_the_lead_shows_and_what_the_contact_will_show():
    plan = decided(zoho(Title="Chief"))

    (write,) = plan.writes
    assert write.agreed == {
        LEAD: {"email": ANNA, "last_name": "Berg", "title": "Chief", "agent": "901"},
        None: {"email": ANNA, "last_name": "Berg", "title": "Chief", "agent": "Ada Lind"},
    }
    assert {ruling.field: ruling.rule for ruling in plan.rulings}["title"] == "new in ActiveCampaign"


def test_without_a_field_for_it_the_leads_id_stays_where_it_is():
    plan = decided(zoho(), book=replace(BOOK, contract=replace(CONTRACT, zoho_id=None)))

    assert [value for value in plan.writes[0].values.values() if value == "7"] == []


def test_the_lead_of_nobody_yet_shows_no_owner():
    plan = decided(zoho(Owner={"id": "900"}))

    assert "fields.AGENT" not in plan.writes[0].values


def test_a_value_that_activecampaign_cannot_hold_is_left_out_and_told():
    fields = {name: FieldSchema(name, "text") for name in ("email", "lastName", "fields.AGENT")}

    plan = decided(zoho(Title="Chief"), book=replace(BOOK, schemas={CONTACT: fields}))

    assert "fields.TITLE" not in plan.writes[0].values
    assert {ruling.field: ruling.rule for ruling in plan.rulings}["title"] == (
        "activecampaign:contact has no field fields.TITLE"
    )


@pytest.mark.parametrize(
    ("email", "reason"),
    [
        (None, "the e-mail address is blank"),
        ("", "the e-mail address is blank"),
        ("nonsense", "what stands in the e-mail field is not an e-mail address"),
        ("noreply@x.example", "the contract refuses the e-mail address as a placeholder"),
    ],
)
def test_an_address_that_is_nobodys_is_refused_with_a_reason(email, reason):
    plan = decided(zoho(email=email))

    assert (plan.writes, plan.standings) == ((), {LEAD: (Standing.REFUSED, reason)})


def test_a_contact_that_was_deleted_is_not_made_again():
    plan = decided(zoho(member=True), contact(member=True, is_gone=True))

    assert plan.writes == ()
    assert plan.standings == {
        LEAD: (Standing.ALONE, "activecampaign:contact:12 was deleted in ActiveCampaign and is not made again"),
        OURS: (Standing.GONE, "was deleted"),
    }


def test_a_contact_that_was_never_this_persons_and_is_gone_stands_in_nobodys_way():
    plan = decided(zoho(), contact(is_gone=True))

    assert [write.module for write in plan.writes] == [CONTACT]


def test_a_contact_with_the_address_that_stands_for_somebody_else_is_not_made_twice():
    plan = decided(zoho(), contact(belongs_to=2))

    assert plan.writes == ()
    assert plan.standings[LEAD] == (
        Standing.ALONE,
        "the contact with this address stands for another person: activecampaign:contact:12",
    )


def test_a_contact_of_somebody_else_with_another_address_stands_in_nobodys_way():
    plan = decided(zoho(), contact(OTHER, "berta@x.example", belongs_to=2))

    assert [write.module for write in plan.writes] == [CONTACT]


def test_a_lead_that_carries_the_id_of_a_contact_nobody_knows_waits_for_it():
    plan = decided(zoho(ActiveCampaign_ID="77"))

    assert plan.writes == ()
    assert plan.standings == {
        LEAD: (Standing.ALONE, "carries the id of ActiveCampaign contact 77, which is not known here")
    }


def test_two_leads_with_one_address_are_for_a_person_and_none_is_brought_over():
    plan = decided(zoho(), zoho(SECOND))

    assert plan.writes == ()
    assert plan.standings == dict.fromkeys(
        (LEAD, SECOND), (Standing.REVIEW, "2 Leads share this address: zoho:Leads:7, zoho:Leads:8")
    )


def test_of_a_lead_and_a_contact_in_zoho_the_contact_is_brought_over_and_the_lead_is_its_alias():
    plan = decided(zoho(), zoho(CUSTOMER, Title="Chief"))

    (write,) = plan.writes
    assert (write.values["fields.ZOHO_ID"], write.values["fields.TITLE"]) == ("9", "Chief")
    assert {member.ref: member.role for member in plan.memberships} == {CUSTOMER: Role.PRIMARY, LEAD: Role.ALIAS}
    assert plan.standings[LEAD] == (Standing.ALIAS, "alias; the primary is zoho:Contacts:9")


def test_the_lead_that_is_linked_already_is_brought_over_though_a_second_has_its_address():
    plan = decided(zoho(member=True), zoho(SECOND))

    assert [write.values["fields.ZOHO_ID"] for write in plan.writes] == ["7"]


def test_a_contact_that_is_there_already_is_linked_and_not_made_twice():
    plan = decided(zoho(Title="Chief"), contact())

    assert {write.ref: dict(write.values) for write in plan.writes} == {
        LEAD: {"ActiveCampaign_ID": "12", "Consent": "Unknown"},
        OURS: {"fields.TITLE": "Chief", "fields.AGENT": "Ada Lind", "fields.ZOHO_ID": "7"},
    }


@pytest.mark.parametrize(
    ("lead", "standing"),
    [
        (zoho(is_gone=True), (Standing.GONE, "was deleted")),
        (zoho(Converted__s=True), (Standing.GONE, "converted lead")),
    ],
)
def test_a_lead_that_is_no_more_makes_no_contact(lead, standing):
    plan = decided(lead)

    assert (plan.writes, plan.standings) == ((), {LEAD: standing})


@pytest.mark.parametrize(
    ("direction", "candidate", "reason"),
    [(Direction.TO_ZOHO, zoho(), STAYS_IN_ZOHO), (Direction.TO_ACTIVECAMPAIGN, contact(), STAYS_IN_ACTIVECAMPAIGN)],
)
def test_where_people_travel_one_way_nobody_is_made_the_other_way(direction, candidate, reason):
    book = replace(BOOK, contract=replace(CONTRACT, direction=direction))

    plan = decided(candidate, book=book)

    assert (plan.writes, plan.standings) == ((), {candidate.seen.ref: (Standing.ALONE, reason)})


@pytest.mark.parametrize("direction", [Direction.TO_ACTIVECAMPAIGN, Direction.BOTH])
def test_the_address_goes_with_a_newcomer_whatever_its_own_direction(direction):
    narrow = tuple(
        replace(each, direction=Direction.TO_ACTIVECAMPAIGN if each.name == "email" else each.direction)
        for each in CONTRACT.rules
    )
    book = replace(BOOK, contract=replace(CONTRACT, rules=narrow))

    plan = decided(contact(), book=book)

    assert plan.writes[0].values["Email"] == ANNA


def test_a_stranger_in_zoho_who_shares_no_key_with_the_contact_takes_no_part():
    plan = decided(contact(), zoho(email="berta@x.example", ActiveCampaign_ID="99"))

    assert plan.standings[LEAD] == (Standing.ALONE, LEFT_OUT)

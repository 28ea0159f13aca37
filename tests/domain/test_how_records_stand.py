"""Who is written and how every record stands: first meetings, aliases, reviews, tombstones and strangers."""

from datetime import UTC, datetime

import pytest

from baton.adapters.spelling import spelling
from baton.domain.contract import Contract, FieldRule, FieldSchema, FieldType, WriteMode
from baton.domain.deciding import LEFT_OUT, decide
from baton.domain.person import Candidate, Membership, Person, Role, Standing
from baton.domain.records import CONTACT, CONTACTS, LEADS, RecordRef, Seen
from baton.domain.rulebook import Rulebook

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ANNA = "anna@x.example"
OURS, LEAD, OTHER_LEAD, CUSTOMER = (
    RecordRef(CONTACT, "12"),
    RecordRef(LEADS, "7"),
    RecordRef(LEADS, "8"),
    RecordRef(CONTACTS, "9"),
)


def rule(name, type_, activecampaign, zoho, **more):
    return FieldRule(name, type_, {CONTACT: activecampaign, LEADS: zoho, CONTACTS: zoho}, **more)


CONTRACT = Contract(
    rules=(
        rule("email", FieldType.EMAIL, "email", "Email"),
        rule("last_name", FieldType.LAST_NAME, "lastName", "Last_Name"),
        rule("title", FieldType.TEXT, "fields.TITLE", "Title"),
        rule("source", FieldType.TEXT, "fields.SOURCE", "Lead_Source", mode=WriteMode.CREATE_ONLY),
        rule("city", FieldType.TEXT, "fields.CITY", "City", mode=WriteMode.FILL_BLANK),
    ),
    refused_addresses=frozenset({"noreply@"}),
)
SCHEMA = {name: FieldSchema(name, "text") for name in ("Email", "Title", "Lead_Source", "City")}
SCHEMA["Last_Name"] = FieldSchema("Last_Name", "text", is_mandatory=True)
BOOK = Rulebook(CONTRACT, {LEADS: SCHEMA, CONTACTS: SCHEMA}, spelling())


def contact(email=ANNA, base=None, **fields):
    return _candidate(OURS, {"email": email, "lastName": "Berg", "fields": fields}, email, base)


def zoho(ref, email=ANNA, base=None, *, belongs_to=None, is_gone=False, role=Role.PRIMARY, **fields):
    row = {"Email": email, "Last_Name": "Berg", **fields}
    return _candidate(ref, row, email, base, role=role, belongs_to=belongs_to, is_gone=is_gone)


def _candidate(ref, row, email, base, *, role=Role.PRIMARY, **more):
    membership = None if base is None else Membership(ref, role, base)
    return Candidate(Seen(ref, {"id": ref.id, **row}, NOW), membership, email, **more)


def decided(*candidates, asked=None):
    refs = tuple(each.seen.ref for each in candidates) if asked is None else asked
    return decide(Person(1, 0, ANNA, refs, candidates), BOOK)


def standing_of(plan, ref):
    return plan.standings[ref][0]


def test_a_first_meeting_copies_the_contacts_values_and_leaves_what_only_zoho_knows():
    plan = decided(contact(TITLE="Boss"), zoho(LEAD, Title="Chief", Lead_Source="Fair", City="Bonn"))

    assert [(write.ref, dict(write.values)) for write in plan.writes] == [
        (LEAD, {"Title": "Boss", "ActiveCampaign_ID": "12"})
    ]
    assert plan.bases[LEAD] == {
        "email": ANNA,
        "last_name": "Berg",
        "source": "Fair",
        "city": "Bonn",
    }
    assert plan.bases[OURS] == {"email": ANNA, "last_name": "Berg", "source": None, "city": None}


def test_the_base_of_what_is_written_waits_for_the_confirmation():
    plan = decided(contact(TITLE="Boss"), zoho(LEAD, Title="Chief"))

    assert "title" not in plan.bases[LEAD]
    assert plan.writes[0].agreed == {OURS: {"title": "Boss"}, LEAD: {"title": "Boss"}}


@pytest.mark.parametrize(("there", "written"), [(None, "Bonn"), ("Kiel", None)])
def test_fill_blank_writes_only_where_nothing_is(there, written):
    plan = decided(contact(CITY="Bonn"), zoho(LEAD, City=there, ActiveCampaign_ID="12"))

    assert [write.values.get("City") for write in plan.writes] == [written] * len(plan.writes)
    assert bool(plan.writes) is (written is not None)


def test_create_only_is_written_with_a_newcomer_and_never_again():
    newcomer = decided(contact(SOURCE="Fair"))
    known = decided(contact(SOURCE="Web"), zoho(LEAD, Lead_Source=None, ActiveCampaign_ID="12"))

    assert newcomer.writes[0].values["Lead_Source"] == "Fair"
    assert known.writes == ()


def test_a_newcomers_halves_are_what_the_contact_shows_and_what_zoho_was_told():
    short = {**SCHEMA, "Title": FieldSchema("Title", "text", length=3), "City": FieldSchema("City", "text")}
    book = Rulebook(CONTRACT, {LEADS: short}, spelling())

    plan = decide(Person(1, 0, ANNA, (OURS,), (contact(TITLE="Boss", CITY="Bonn\nNord"),)), book)

    (agreed,) = (write.agreed for write in plan.writes)
    assert (agreed[OURS]["title"], agreed[None]["title"]) == ("Boss", None)
    assert (agreed[OURS]["city"], agreed[None]["city"]) == ("Bonn\nNord", "Bonn Nord")


def test_a_newcomer_without_what_zoho_insists_on_is_refused_and_told_why():
    ours = _candidate(OURS, {"email": ANNA, "lastName": "", "fields": {}}, ANNA, None)

    plan = decided(ours)

    assert plan.writes == ()
    assert plan.standings == {OURS: (Standing.REFUSED, "Leads takes no record without Last_Name")}


def test_a_lead_beside_a_contact_is_an_alias_and_is_not_written():
    plan = decided(contact(TITLE="Boss"), zoho(LEAD), zoho(CUSTOMER))

    assert {member.ref: member.role for member in plan.memberships} == {
        OURS: Role.PRIMARY,
        CUSTOMER: Role.PRIMARY,
        LEAD: Role.ALIAS,
    }
    assert [write.ref for write in plan.writes] == [CUSTOMER]
    assert plan.standings[LEAD] == (Standing.ALIAS, "alias; the primary is zoho:Contacts:9")


def test_two_equal_leads_are_for_a_person_and_nothing_is_written_or_joined():
    plan = decided(contact(), zoho(LEAD), zoho(OTHER_LEAD))

    assert (plan.writes, plan.memberships) == ((), ())
    assert {standing for standing, _ in plan.standings.values()} == {Standing.REVIEW}
    assert set(plan.standings) == {OURS, LEAD, OTHER_LEAD}


def test_a_deleted_lead_is_not_made_again_and_both_records_say_why():
    plan = decided(contact(base={}), zoho(LEAD, base={}, is_gone=True))

    assert plan.writes == ()
    assert plan.standings[OURS] == (Standing.GONE, "zoho:Leads:7 was deleted in Zoho and is not made again")
    assert plan.standings[LEAD] == (Standing.GONE, "was deleted")


def test_a_converted_lead_is_left_alone_and_its_contact_takes_over():
    plan = decided(
        contact(base={}, TITLE="Boss"),
        zoho(LEAD, base={}, ActiveCampaign_ID="12", Converted__s=True),
        zoho(CUSTOMER),
    )

    assert [write.ref for write in plan.writes] == [CUSTOMER]
    assert plan.standings[LEAD] == (Standing.GONE, "converted lead")


def test_a_converted_lead_of_ours_is_not_made_again_while_its_contact_is_not_seen_yet():
    plan = decided(contact(base={}), zoho(LEAD, base={}, ActiveCampaign_ID="12", Converted__s=True))

    assert plan.writes == ()
    assert standing_of(plan, OURS) is Standing.GONE


def test_a_linked_record_whose_stored_id_was_changed_by_hand_gets_ours_back():
    plan = decided(contact(base={}), zoho(LEAD, base={}, ActiveCampaign_ID="99"))

    assert plan.writes[0].values["ActiveCampaign_ID"] == "12"


def test_a_stranger_who_carries_another_contacts_id_says_that_it_takes_no_part():
    plan = decided(contact(), zoho(LEAD), zoho(CUSTOMER, "berta@x.example", ActiveCampaign_ID="99"))

    assert [write.ref for write in plan.writes] == [LEAD]
    assert plan.standings[CUSTOMER] == (Standing.ALONE, LEFT_OUT)


@pytest.mark.parametrize("email", ["", "noreply@x.example", "nonsense"])
def test_a_refused_address_refuses_linked_records_too(email):
    plan = decided(contact(email, base={}, TITLE="Boss"), zoho(LEAD, base={}))

    assert plan.writes == ()
    assert {standing for standing, _ in plan.standings.values()} == {Standing.REFUSED}


def test_a_lead_without_a_contact_stands_alone_and_does_not_travel():
    plan = decided(zoho(LEAD))

    assert plan.writes == ()
    assert standing_of(plan, LEAD) is Standing.ALONE


def test_without_a_contact_another_persons_record_keeps_the_standing_it_has():
    plan = decided(zoho(LEAD), zoho(OTHER_LEAD, belongs_to=2), asked=(LEAD,))

    assert set(plan.standings) == {LEAD}


def test_without_a_contact_deleted_and_converted_records_say_which_they_are():
    plan = decided(zoho(LEAD, is_gone=True), zoho(OTHER_LEAD, Converted__s=True))

    assert plan.standings == {LEAD: (Standing.GONE, "was deleted"), OTHER_LEAD: (Standing.GONE, "converted lead")}


def test_a_review_leaves_another_persons_record_as_it_stands():
    plan = decided(contact(), zoho(LEAD, belongs_to=2), asked=(OURS,))

    assert set(plan.standings) == {OURS}
    assert standing_of(plan, OURS) is Standing.REVIEW


def test_two_people_in_step_are_told_nothing():
    agreed = {"email": ANNA, "last_name": "Berg", "title": "Boss", "source": None, "city": None}

    plan = decided(contact(base=agreed, TITLE="Boss"), zoho(LEAD, base=agreed, Title="Boss", ActiveCampaign_ID="12"))

    assert (plan.writes, plan.rulings, dict(plan.bases)) == ((), (), {})
    assert {standing for standing, _ in plan.standings.values()} == {Standing.IN_STEP}


def test_no_ruling_and_no_reason_quotes_a_value_that_was_withheld():
    long = "B" * 30
    book = Rulebook(CONTRACT, {LEADS: {**SCHEMA, "Title": FieldSchema("Title", "text", length=20)}}, spelling())

    plan = decide(Person(1, 0, ANNA, (OURS,), (contact(TITLE=long),)), book)

    told = [ruling.rule for ruling in plan.rulings] + [reason for _, reason in plan.standings.values()]
    assert [text for text in told if long in text or ANNA in text] == []

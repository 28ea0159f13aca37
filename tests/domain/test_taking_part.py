"""Who takes part, where people are created, and that nothing outside the pilot is ever decided to be written."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.adapters.spelling import spelling
from baton.domain.conditions import Condition
from baton.domain.consent import Restriction
from baton.domain.contract import Contract, Direction, FieldRule, FieldSchema, FieldType, Filter, Pilot, Placing
from baton.domain.contract_print import print_of
from baton.domain.deciding import decide
from baton.domain.person import Candidate, Membership, Person, Role, Standing
from baton.domain.records import CONTACT, CONTACTS, LEADS, Crm, RecordRef, Seen
from baton.domain.rulebook import Rulebook
from baton.domain.taking_part import OUTSIDE, kept_out

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANNA = "anna@x.example"
OURS, LEAD = RecordRef(CONTACT, "12"), RecordRef(LEADS, "7")
EVERYWHERE = {LEADS: "Email", CONTACTS: "Email"}
RULES = (
    FieldRule("email", FieldType.EMAIL, {CONTACT: "email", **EVERYWHERE}, Direction.BOTH),
    FieldRule("last_name", FieldType.LAST_NAME, {CONTACT: "lastName", LEADS: "Last_Name", CONTACTS: "Last_Name"}),
)
CONTRACT = Contract(RULES, direction=Direction.BOTH)
FIELDS = {name: FieldSchema(name, "text") for name in ("Email", "Last_Name", "ActiveCampaign_ID")}


def of_contact(place, *words):
    return Condition({CONTACT: place}, frozenset(words))


def of_lead(place, *words):
    return Condition({LEADS: place}, frozenset(words))


def contact(**row):
    return Candidate(Seen(OURS, {"id": "12", "email": ANNA, "lastName": "Berg", **row}, NOON), None, ANNA)


def lead(**row):
    return Candidate(Seen(LEAD, {"id": "7", "Email": ANNA, "Last_Name": "Berg", **row}, NOON), None, ANNA)


def decided(contract, *candidates, **known):
    book = Rulebook(contract, {LEADS: FIELDS, CONTACTS: FIELDS, CONTACT: {}}, spelling(), "900")
    return decide(Person(1, 0, ANNA, tuple(c.seen.ref for c in candidates), candidates, **known), book)


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        ({}, None),
        ({Crm.ACTIVECAMPAIGN: Filter(only_if=(of_contact("tags", "VIP"),))}, None),
        (
            {Crm.ACTIVECAMPAIGN: Filter(only_if=(of_contact("tags", "Partner"),))},
            "filtered in activecampaign: only if tags is Partner",
        ),
        (
            {Crm.ACTIVECAMPAIGN: Filter(unless=(of_contact("tags", "vip"),))},
            "filtered in activecampaign: unless tags is vip",
        ),
        ({Crm.ACTIVECAMPAIGN: Filter(only_if=(of_contact("lists", "3"),))}, None),
        (
            {Crm.ACTIVECAMPAIGN: Filter(only_if=(of_contact("lists", "4"),))},
            "filtered in activecampaign: only if lists is 4",
        ),
        ({Crm.ACTIVECAMPAIGN: Filter(only_if=(of_contact("fields.KIND", "blank", "Customer"),))}, None),
        ({Crm.ZOHO: Filter(unless=(of_lead("Lead_Status", "Junk"),))}, "filtered in zoho: unless Lead_Status is Junk"),
        ({Crm.ZOHO: Filter(only_if=(of_lead("Lead_Status", "Junk", "Open"),))}, None),
        ({Crm.ZOHO: Filter(only_if=(Condition({CONTACTS: "Level"}, frozenset({"A"})),))}, None),
    ],
)
def test_a_filter_leaves_out_by_what_the_record_shows_and_says_so(filters, reason):
    members = [contact(tags=["VIP", "News"], lists={"3": "1", "4": "2"}, fields={}), lead(Lead_Status="Junk")]

    assert kept_out(members, replace(CONTRACT, filters=filters)) == reason


@pytest.mark.parametrize(
    ("pilot", "is_in"),
    [
        (Pilot(tag="Pilot"), True),
        (Pilot(tag="pilot"), False),
        (Pilot(list_id="3"), True),
        (Pilot(list_id="4"), False),
        (Pilot(people=frozenset({ANNA})), True),
        (Pilot(people=frozenset({"@x.example"})), True),
        (Pilot(people=frozenset({"@y.example", "x.example"})), False),
        (Pilot(people=frozenset({"zoho:Leads:7"})), True),
        (Pilot(tag="Other", people=frozenset({"bea@x.example"})), False),
    ],
)
def test_the_pilot_names_people_by_tag_list_address_or_record(pilot, is_in):
    members = [contact(tags=["Pilot"], lists={"3": "1", "4": "2"}), lead()]

    assert kept_out(members, replace(CONTRACT, pilot=pilot)) == (None if is_in else OUTSIDE)


def test_who_is_left_out_stands_as_filtered_and_keeps_membership_and_base():
    member = replace(contact(), membership=Membership(OURS, Role.PRIMARY, {"last_name": "Old"}))

    plan = decided(replace(CONTRACT, pilot=Pilot(tag="Pilot")), member, lead())

    assert set(plan.standings.values()) == {(Standing.FILTERED, OUTSIDE)}
    assert (plan.memberships, plan.bases, plan.events) == ((), {}, ())


names = st.sampled_from(["Berg", "Holm", None])
rows = st.fixed_dictionaries({}, optional={"lists": st.just({"3": "1"}), "tags": st.just(["News"])})


@given(
    st.lists(st.sampled_from(["contact", "lead"]), min_size=1, max_size=2, unique=True),
    rows,
    names,
    names,
    st.none() | st.just(Restriction(NOON, "zoho:Leads:1")),
)
def test_outside_the_pilot_nothing_is_ever_written_whatever_was_opted_or_edited(there, row, ours, theirs, restriction):
    made = {"contact": contact(lastName=ours, **row), "lead": lead(Last_Name=theirs, Email_Opt_Out=True)}

    plan = decided(
        replace(CONTRACT, pilot=Pilot(tag="Pilot")), *(made[name] for name in there), restriction=restriction
    )

    assert plan.writes == ()


@pytest.mark.parametrize(
    ("tags", "module"), [(["Customer"], CONTACTS), (["News"], LEADS), ([], LEADS), (["Customer", "Test"], LEADS)]
)
def test_people_are_created_where_the_first_rule_that_fits_says(tags, module):
    placings = (
        Placing((of_contact("tags", "Test"),), LEADS),
        Placing((of_contact("tags", "Customer"),), CONTACTS),
    )

    (write,) = decided(replace(CONTRACT, placings=placings), contact(tags=tags)).writes

    assert write.module == module


def test_a_contract_has_one_fingerprint_and_every_change_another():
    contracts = [
        CONTRACT,
        replace(CONTRACT, pilot=Pilot(tag="Pilot")),
        replace(CONTRACT, rules=RULES[:1]),
        replace(CONTRACT, refused_addresses=frozenset({"a@", "b@"})),
        replace(CONTRACT, placement=CONTACTS),
    ]

    assert len({print_of(contract) for contract in contracts}) == len(contracts)
    assert print_of(replace(CONTRACT, refused_addresses=frozenset({"b@", "a@"}))) == print_of(contracts[3])

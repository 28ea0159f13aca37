"""Where nobody knows what a vendor does, both CRMs end in step either way, and a second cycle writes nothing."""

import pytest

from sandbox.switches import switches_of

NOT_OF_A_CYCLE = {
    "activecampaign": {
        "rate_window": "the limits are off here",
        "too_many_body": "the same",
        "deal_fields_move_mdate": "custom fields of deals are not read",
        "account_field_stamps_are_naive": "custom fields of accounts are not read",
        "existing_tag_name": "tags are not made",
        "api_creates_are_told": "nobody listens for webhooks here",
    },
    "zoho": {
        "search_credits": "the limits are off here",
        "deleted_list_credits": "the same",
        "too_many_code": "the same",
        "token_window": "the same",
        "token_refusal_status": "the same",
        "refused_tokens_count": "the same",
        "notifications_speak_of_events": "nobody listens for notifications here",
        "api_writes_are_told": "the same",
        "recycle_bin_days": "nothing is brought back",
        "coql_lag_seconds": "time has to pass: it has a test of its own",
    },
}
OF_A_CYCLE = [
    (crm, switch.name, value)
    for crm, left_out in NOT_OF_A_CYCLE.items()
    for switch in switches_of(crm).values()
    for value in switch.otherwise
    if switch.doubt and switch.name not in left_out
]


@pytest.mark.parametrize(("crm", "name", "value"), OF_A_CYCLE, ids=str)
def test_a_small_cycle_ends_in_step_and_the_next_one_writes_nothing(make_world, crm, name, value):
    world = make_world(people=2, **{f"{crm}_{name}": value})

    lead, contact = made_both_ways(world)
    assert (lead["ActiveCampaign_ID"], contact["fields"]["ZOHO_ID"]) == (contact["id"], lead["id"])

    edited_both_ways(world, lead)
    assert world.lead_now(lead)["First_Name"] == "Vera"
    assert world.contact_of(lead)["phone"].replace(" ", "") == "+14155550101"
    assert world.is_quiet()

    world.zoho.post("people/delete", module="Leads", id=lead["id"])
    assert is_in_step(world)
    assert [row["id"] for row in world.contacts_at("sold@either.example")] == [contact["id"]]


def test_what_a_lagging_query_does_not_show_yet_is_seen_when_it_has_caught_up(make_world):
    world = make_world(people=2, zoho_coql_lag_seconds=30)
    make_lead(world)
    world.cycle()
    assert world.contacts_at("sold@either.example") == []

    world.zoho.post("settings", clock_offset_seconds=35)
    world.cycle()
    world.settle()

    assert len(world.contacts_at("sold@either.example")) == 1
    world.zoho.post("settings", clock_offset_seconds=70)
    assert is_in_step(world)


def make_lead(world):
    sold = {"First_Name": "Nia", "Last_Name": "Newman", "Company": "New Ltd", "Email": "sold@either.example"}
    return world.zoho.post("people/create", module="Leads", values=sold)


def made_both_ways(world):
    make_lead(world)
    met = {"email": "met@either.example", "firstName": "Meta", "lastName": "Met"}
    world.activecampaign.post("people/create", module="contact", values=met)
    world.cycle()
    world.settle()
    leads = {row["Email"]: row for row in world.zoho.records("Leads")}
    assert leads["met@either.example"]["ActiveCampaign_ID"] == world.contacts_at("met@either.example")[0]["id"]
    return leads["sold@either.example"], world.contacts_at("sold@either.example")[0]


def edited_both_ways(world, lead):
    world.edit_lead(lead, Phone="+1 415 555 0101")
    world.edit_contact(lead, firstName="Vera")
    world.cycle()


def is_in_step(world):
    return world.is_quiet() and world.status().what_is_missing() == ()

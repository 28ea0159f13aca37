"""Opt-outs between both practice CRMs, judged by what ActiveCampaign and Zoho were really told."""

from datetime import timedelta

import pytest

from baton.domain.consent import Evidence
from baton.domain.records import CONTACT, LEADS, RecordRef


@pytest.fixture
def world(make_world):
    world = make_world(people=12)
    world.cycle()
    world.settle()
    return world


@pytest.fixture
def lead(world) -> dict:
    """A lead whose contact is subscribed to a list."""
    return next(
        row
        for row in world.zoho.records("Leads")
        if not row.get("Converted__s") and row.get("ActiveCampaign_ID") and "1" in standings(world, row).values()
    )


def standings(world, lead) -> dict[str, str]:
    return world.contact_of(lead)["lists"]


def until(world, is_so) -> None:
    """A read that began in the second of a write is not believed at once."""
    for _ in range(200):
        world.cycle()
        if is_so():
            return
    raise AssertionError("it never came to be so")


def is_out_in_zoho(world, lead) -> bool:
    row = world.lead_now(lead)
    return row["Email_Opt_Out"] is True and row["Marketing_Consent"] == "Unsubscribed"


def is_out_in_activecampaign(world, lead) -> bool:
    return not {"0", "1"} & set(standings(world, lead).values())


def leave(world, lead) -> None:
    """By the link in a mail."""
    world.activecampaign.post("people/unsubscribe", id=lead["ActiveCampaign_ID"])


def told_of_lists(world) -> set[str]:
    """Every status of a list that ActiveCampaign was given over its API."""
    effects = (entry for entry in world.activecampaign.journal("effect") if entry["actor"] == "api")
    return {value for entry in effects for name, value in entry["values"].items() if name.startswith("list:")}


def kept(world, lead):
    return world.engine.consents.of(lead["Email"].lower())


def test_who_leaves_in_activecampaign_is_opted_out_in_zoho(world, lead):
    leave(world, lead)

    until(world, lambda: is_out_in_zoho(world, lead))

    assert kept(world, lead).state == "restricted"
    assert world.is_quiet()


def test_who_opts_out_in_zoho_is_taken_off_the_lists(world, lead):
    world.edit_lead(lead, Email_Opt_Out=True)

    until(world, lambda: is_out_in_activecampaign(world, lead))
    until(world, lambda: is_out_in_zoho(world, lead))

    assert world.is_quiet()


def test_who_leaves_by_zohos_own_link_is_taken_off_the_lists(world, lead):
    world.zoho.post("people/unsubscribe", module="Leads", id=lead["id"], opt_out=False)

    until(world, lambda: is_out_in_activecampaign(world, lead) and is_out_in_zoho(world, lead))


def test_an_opt_out_that_sales_takes_away_is_put_back(world, lead):
    leave(world, lead)
    until(world, lambda: is_out_in_zoho(world, lead))

    world.edit_lead(lead, Email_Opt_Out=False, Marketing_Consent="Subscribed")

    until(world, lambda: is_out_in_zoho(world, lead))


def test_a_subscription_without_proof_stays_restricted_until_somebody_says_which_is_right(world, lead):
    leave(world, lead)
    until(world, lambda: is_out_in_zoho(world, lead))
    world.edit_contact(lead, lists=dict.fromkeys(standings(world, lead), "1"))
    until(world, lambda: kept(world, lead).state == "doubtful")
    left_to_a_person = standings(world, lead)

    world.due += world.engine.consents.restrict(kept(world, lead).person, by="somebody", now=world.engine.now())
    until(world, lambda: is_out_in_activecampaign(world, lead))

    assert "1" in left_to_a_person.values()
    assert is_out_in_zoho(world, lead)
    assert kept(world, lead).state == "restricted"


def test_evidence_of_a_newer_opt_in_lifts_the_opt_out(world, lead):
    leave(world, lead)
    until(world, lambda: is_out_in_zoho(world, lead))
    world.edit_contact(lead, lists=dict.fromkeys(standings(world, lead), "1"))
    until(world, lambda: kept(world, lead).state == "doubtful")

    proof = Evidence(kept(world, lead).since + timedelta(seconds=1), "letter")
    world.due += world.engine.consents.record(kept(world, lead).person, proof, by="somebody", now=world.engine.now())
    until(world, lambda: world.lead_now(lead)["Email_Opt_Out"] is False)

    assert world.lead_now(lead)["Marketing_Consent"] == "Subscribed"
    assert kept(world, lead).state == "lifted"
    assert world.is_quiet()


def test_who_is_made_anew_after_opting_out_comes_back_restricted(world, lead):
    leave(world, lead)
    until(world, lambda: is_out_in_zoho(world, lead))
    contact = world.contact_of(lead)
    world.activecampaign.post("people/delete", module="contact", id=contact["id"])
    world.zoho.post("people/delete", module="Leads", id=lead["id"])
    gone = (RecordRef(CONTACT, contact["id"]), RecordRef(LEADS, lead["id"]))
    world.due += world.engine.intake.store_reading((), gone, began=world.engine.now(), now=world.engine.now())
    world.settle()

    typed = {"email": contact["email"], "lastName": "Anew", "lists": dict.fromkeys(contact["lists"], "1")}
    made = world.activecampaign.post("people/create", module="contact", values=typed)
    until(world, lambda: set(world.activecampaign.get(f"records/contact/{made['id']}")["lists"].values()) == {"2"})

    assert kept(world, lead).state == "restricted"


def test_activecampaign_is_never_told_that_somebody_is_subscribed(world, lead):
    world.edit_lead(lead, Email_Opt_Out=True)
    until(world, lambda: is_out_in_activecampaign(world, lead))
    world.edit_lead(lead, Email_Opt_Out=False)
    until(world, lambda: is_out_in_zoho(world, lead))

    assert told_of_lists(world) == {"2"}

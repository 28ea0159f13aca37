"""The demo connection is what people copy: it must be sound, and editors must agree with us about it."""

import json
from pathlib import Path

import pytest

from baton.domain.contract import Direction, FieldType, Policy
from baton.domain.records import CONTACT, CONTACTS, LEADS, Crm
from config.policy.document import read_document
from config.policy.outline import json_schema
from config.policy.reading import read_policy
from config.policy.written_connection import WrittenConnection
from config.policy.written_contract import WrittenContract
from config.policy.written_handoff import WrittenHandoff
from config.policy.written_sla import WrittenSla
from config.settings import CHECKOUT

CONNECTIONS = CHECKOUT / "config" / "connections"
FORMS = {
    "contract": WrittenContract,
    "connection": WrittenConnection,
    "handoff": WrittenHandoff,
    "sla": WrittenSla,
}


@pytest.fixture(scope="module")
def rules():
    return {rule.name: rule for rule in read_policy(CONNECTIONS / "demo").contract.rules}


def test_a_person_is_known_by_the_email_address_on_both_sides(rules):
    assert rules["email"].type is FieldType.EMAIL
    assert rules["email"].places == {CONTACT: "email", LEADS: "Email", CONTACTS: "Email"}


def test_people_travel_both_ways_and_some_fields_only_from_who_knows_them(rules):
    ways = {direction: {name for name, rule in rules.items() if rule.direction is direction} for direction in Direction}

    assert read_policy(CONNECTIONS / "demo").contract.direction is Direction.BOTH
    assert ways[Direction.TO_ZOHO] == {"company", "source", "industry", "budget", "consent"}
    assert ways[Direction.TO_ACTIVECAMPAIGN] == {"zoho_owner", "deal_stage"}


def test_a_title_that_both_change_is_for_a_person_and_the_rest_has_an_owner(rules):
    assert [name for name, rule in rules.items() if rule.policy is Policy.REVIEW] == ["job_title"]
    assert {name for name, rule in rules.items() if rule.owner is Crm.ZOHO} == {
        "phone",
        "lifecycle_stage",
        "renewal_date",
    }


def test_a_lead_without_a_company_gets_words_that_say_so(rules):
    assert rules["company"].places == {CONTACT: "orgname", LEADS: "Company"}
    assert rules["company"].when_blank == "[not provided]"


def test_the_lifecycle_has_an_order_and_every_word_leads_into_it(rules):
    stage = rules["lifecycle_stage"]

    assert stage.order == ("Subscriber", "MQL", "SQL", "Opportunity", "Customer")
    assert set(stage.vocabulary.values()) <= set(stage.order)


def test_consent_is_put_back_when_somebody_edits_it_in_zoho(rules):
    assert rules["consent"].put_back


def test_the_contract_knows_placeholders_and_countries():
    contract = read_policy(CONNECTIONS / "demo").contract

    assert {"noreply@", "@none.example"} <= contract.refused_addresses
    assert contract.country_places == {CONTACT: "fields.COUNTRY", LEADS: "Country", CONTACTS: "Mailing_Country"}
    assert contract.default_region == "US"


@pytest.mark.parametrize("kind", FORMS)
def test_the_schema_that_editors_read_is_the_one_we_judge_by(kind):
    stored = json.loads((CONNECTIONS / ".schema" / f"{kind}.json").read_text(encoding="utf-8"))

    assert stored == json_schema(FORMS[kind]), "write it again: baton contract schema --help"


@pytest.mark.parametrize("kind", FORMS)
def test_the_demo_names_its_schema_for_editors(kind):
    first, *_ = (CONNECTIONS / "demo" / f"{kind}.yaml").read_text(encoding="utf-8").splitlines()

    named = first.removeprefix("# yaml-language-server: $schema=")
    assert (CONNECTIONS / "demo" / named).resolve() == (CONNECTIONS / ".schema" / f"{kind}.json").resolve()


@pytest.mark.parametrize("kind", FORMS)
def test_the_schema_accepts_the_demo(kind, is_accepted):
    values = read_document(CONNECTIONS / "demo" / f"{kind}.yaml").values

    assert is_accepted(json_schema(FORMS[kind]), values)


@pytest.mark.parametrize("broken", [{"version": 2}, {"typo": 1}, {"people": "Leads"}, {"direction": "left"}])
def test_the_schema_refuses_what_we_refuse(broken, is_accepted):
    values = read_document(Path(CONNECTIONS / "demo" / "contract.yaml")).values

    assert not is_accepted(json_schema(WrittenContract), {**(values or {}), **broken})

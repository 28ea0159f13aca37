"""What doctor says of the demo contract, given what two accounts say of their fields."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from baton.domain.contract import Contract, FieldSchema, Schema
from baton.domain.records import CONTACT, CONTACTS, LEADS, Module
from baton.flows.doctor.fields import check_fields
from baton.flows.doctor.findings import Finding
from baton.flows.doctor.keys import check_keys
from baton.flows.doctor.words import check_words
from config.policy.reading import read_policy
from config.settings import CHECKOUT

STAGES = ("Subscriber", "MQL", "SQL", "Opportunity", "Customer")
STATUSES = ("Subscribed", "Unsubscribed", "Bounced", "Unconfirmed", "Unknown")
SINGLE_LINES = ("COUNTRY", "JOB_TITLE", "ZOHO_ID", "ZOHO_OWNER", "DEAL_STAGE")
IN_BOTH = (
    FieldSchema("Email", "email", length=100, is_unique=True),
    FieldSchema("First_Name", "text", length=40),
    FieldSchema("Last_Name", "text", length=80, is_mandatory=True),
    FieldSchema("Phone", "phone", length=30),
    FieldSchema("Lifecycle_Stage", "picklist", choices=STAGES),
    FieldSchema("Lead_Source", "picklist", choices=("Advertisement", "Web Download", "Internal Seminar", "Trade Show")),
    FieldSchema("Renewal_Date", "date"),
    FieldSchema("Budget", "double", length=16),
    FieldSchema("Marketing_Consent", "picklist", choices=STATUSES),
    FieldSchema("Owner", "ownerlookup", is_writable=False),
    FieldSchema("Email_Opt_Out", "boolean"),
    FieldSchema("Unsubscribed_Mode", "picklist", is_writable=False),
    FieldSchema("ActiveCampaign_ID", "text", length=50, is_unique=True),
)
IN_LEADS = (
    FieldSchema("Company", "text", length=200, is_mandatory=True),
    FieldSchema("Designation", "text", length=100),
    FieldSchema("Industry", "picklist", choices=("Software", "Retail", "Other")),
    FieldSchema("Country", "text", length=100),
)
IN_CONTACTS = (FieldSchema("Title", "text", length=100), FieldSchema("Mailing_Country", "text", length=255))
IN_ACTIVECAMPAIGN = (
    *(FieldSchema(name, "text") for name in ("email", "firstName", "lastName", "phone", "orgname")),
    *(FieldSchema(f"fields.{tag}", "text") for tag in SINGLE_LINES),
    FieldSchema("fields.LIFECYCLE_STAGE", "dropdown", choices=("Lead", *STAGES)),
    FieldSchema("fields.LEAD_SOURCE", "dropdown", choices=("Website", "Webinar", "Referral", "Trade Show", "Podcast")),
    FieldSchema("fields.INDUSTRY", "dropdown", choices=("Software", "Retail", "Space Mining")),
    FieldSchema("fields.RENEWAL_DATE", "date"),
    FieldSchema("fields.BUDGET", "number"),
)


def named(*fields: FieldSchema) -> Schema:
    return {field.name: field for field in fields}


@pytest.fixture
def schemas() -> dict[Module, Schema]:
    """Two accounts that suit the demo contract but for Zoho's missing word for referrals."""
    return {
        CONTACT: named(*IN_ACTIVECAMPAIGN),
        LEADS: named(*IN_BOTH, *IN_LEADS),
        CONTACTS: named(*IN_BOTH, *IN_CONTACTS),
    }


@pytest.fixture
def contract() -> Contract:
    return read_policy(CHECKOUT / "config" / "connections" / "demo").contract


def examined(contract: Contract, schemas: Mapping[Module, Schema]) -> dict[str, Finding]:
    findings = [*check_keys(contract, schemas), *check_fields(contract, schemas), *check_words(contract, schemas)]
    return {finding.check: finding for finding in findings}


def changed(schemas: dict[Module, Schema], module: Module, name: str, **told: object) -> dict[Module, Schema]:
    field = replace(schemas[module][name], **told)
    return {**schemas, module: {**schemas[module], name: field}}


def without(schemas: dict[Module, Schema], module: Module, name: str) -> dict[Module, Schema]:
    return {**schemas, module: {key: field for key, field in schemas[module].items() if key != name}}


def test_accounts_that_suit_the_contract_have_nothing_to_put_right_but_the_one_word(contract, schemas):
    noes = [finding for finding in examined(contract, schemas).values() if finding.ok is False]

    assert [(no.check, no.detail) for no in noes] == [
        ("Zoho: Lead_Source of Contacts knows the words of source", 'it does not know "External Referral"'),
        ("Zoho: Lead_Source of Leads knows the words of source", 'it does not know "External Referral"'),
    ]


def test_every_no_says_what_to_do(contract):
    nothing: dict[Module, Schema] = {CONTACT: {}, LEADS: {}, CONTACTS: {}}

    noes = [finding for finding in examined(contract, nothing).values() if finding.ok is False]

    assert len(noes) > 20
    assert all(no.advice for no in noes)


LACKS = {
    "a field for opt-outs that is not there": (
        lambda s: without(s, LEADS, "Email_Opt_Out"),
        "Zoho: Email_Opt_Out of Leads takes an opt-out",
        (False, "there is no such field"),
    ),
    "a field for opt-outs that is no yes or no": (
        lambda s: changed(s, LEADS, "Email_Opt_Out", type="text"),
        "Zoho: Email_Opt_Out of Leads takes an opt-out",
        (False, "it is no yes/no field that may be written"),
    ),
    "a note of how somebody left that is not there": (
        lambda s: without(s, CONTACTS, "Unsubscribed_Mode"),
        "Zoho: Unsubscribed_Mode of Contacts notes how somebody left",
        (False, "there is no such field"),
    ),
    "a field that is not there": (
        lambda s: without(s, LEADS, "Budget"),
        "Zoho: Budget of Leads suits budget",
        (False, "there is no such field"),
    ),
    "a field that may not be written": (
        lambda s: changed(s, LEADS, "Budget", is_writable=False),
        "Zoho: Budget of Leads suits budget",
        (False, "it may not be written"),
    ),
    "a date for a number": (
        lambda s: changed(s, LEADS, "Budget", type="date"),
        "Zoho: Budget of Leads suits budget",
        (False, "it is a field of kind date, which holds a date"),
    ),
    "whole numbers only": (
        lambda s: changed(s, LEADS, "Budget", type="integer"),
        "Zoho: Budget of Leads suits budget",
        (None, "it holds whole numbers; others are left out, and said so"),
    ),
    "too short for a phone number": (
        lambda s: changed(s, CONTACTS, "Phone", length=12),
        "Zoho: Phone of Contacts suits phone",
        (False, "it holds 12 characters"),
    ),
    "a list for free text": (
        lambda s: changed(s, LEADS, "Company", choices=("Acme",), type="picklist"),
        "Zoho: Company of Leads suits company",
        (None, "it takes the words of a list only"),
    ),
    "a mandatory field that the contract does not fill": (
        lambda s: changed(s, LEADS, "Country", is_mandatory=True),
        "Zoho: Country, which Leads insist on, is always filled",
        (False, "the contract does not fill it"),
    ),
    "a mandatory field that may be blank": (
        lambda s: changed(s, LEADS, "Phone", is_mandatory=True),
        "Zoho: Phone, which Leads insist on, is always filled",
        (None, "a person without it is not brought over, and said so"),
    ),
    "a mandatory field with words for a blank": (
        lambda s: s,
        "Zoho: Company, which Leads insist on, is always filled",
        (True, "with [not provided]"),
    ),
    "a country that is not kept": (
        lambda s: without(s, CONTACTS, "Mailing_Country"),
        "Zoho: Mailing_Country of Contacts holds the country",
        (None, "there is no such field"),
    ),
    "a box in which several may be ticked": (
        lambda s: changed(s, CONTACT, "fields.INDUSTRY", type="listbox"),
        "ActiveCampaign: fields.INDUSTRY of contact suits industry",
        (None, "several words may be ticked in it"),
    ),
    "dates where numbers are meant": (
        lambda s: changed(s, CONTACT, "fields.BUDGET", type="date"),
        "ActiveCampaign: fields.BUDGET of contact suits budget",
        (False, "it holds dates"),
    ),
    "no key": (
        lambda s: without(s, LEADS, "ActiveCampaign_ID"),
        "Zoho: ActiveCampaign_ID of Leads is a unique key",
        (False, "there is no such field"),
    ),
    "a key that is not unique": (
        lambda s: changed(s, CONTACTS, "ActiveCampaign_ID", is_unique=False),
        "Zoho: ActiveCampaign_ID of Contacts is a unique key",
        (False, "it may hold one value twice"),
    ),
    "addresses that may stand twice": (
        lambda s: changed(s, LEADS, "Email", is_unique=False),
        "Zoho: Email of Leads is unique",
        (None, "people may make two records with one address"),
    ),
    "a stage that Zoho does not know": (
        lambda s: changed(s, LEADS, "Lifecycle_Stage", choices=STAGES[1:]),
        "Zoho: Lifecycle_Stage of Leads knows the words of lifecycle_stage",
        (False, 'it does not know "Subscriber"'),
    ),
    "a status that Zoho does not know": (
        lambda s: changed(s, CONTACTS, "Marketing_Consent", choices=STATUSES[1:]),
        "Zoho: Marketing_Consent of Contacts knows the words of consent",
        (False, 'it does not know "Subscribed"'),
    ),
    "a word that falls back": (
        lambda s: s,
        "Zoho: Industry of Leads knows the words of industry",
        (True, '"Space Mining" → "Other"'),
    ),
    "a vocabulary for words that nobody can choose": (
        lambda s: changed(s, CONTACT, "fields.LEAD_SOURCE", choices=("Website", "Referral")),
        "ActiveCampaign: fields.LEAD_SOURCE has the words of the vocabulary",
        (None, 'it has no "Webinar"'),
    ),
}


@pytest.mark.parametrize(("change", "check", "found"), LACKS.values(), ids=LACKS)
def test_what_an_account_lacks_is_found(contract, schemas, change, check, found):
    finding = examined(contract, change(schemas))[check]

    assert (finding.ok, finding.detail) == found


def test_a_misspelt_field_is_told_with_the_nearest(contract, schemas):
    leads = without(schemas, LEADS, "Renewal_Date")[LEADS]
    near = {**leads, "Renewal_Date1": FieldSchema("Renewal_Date1", "date")}

    finding = examined(contract, {**schemas, LEADS: near})["Zoho: Renewal_Date of Leads suits renewal_date"]

    assert finding.advice == "Did you mean Renewal_Date1?"


def test_without_a_fallback_the_words_that_would_be_left_out_are_named(contract, schemas):
    rules = tuple(replace(rule, fallback=None) for rule in contract.rules)

    finding = examined(replace(contract, rules=rules), schemas)["Zoho: Industry of Leads knows the words of industry"]

    assert (finding.ok, finding.detail) == (None, '"Space Mining" would be left out, and said so')

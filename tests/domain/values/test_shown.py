import pytest

from baton.adapters.spelling import spelling
from baton.domain.contract import Contract, FieldRule, FieldType
from baton.domain.records import CONTACT, LEADS
from baton.domain.values.shown import shown

SPELLING = spelling()
FIRST = FieldRule("first name", FieldType.FIRST_NAME, {CONTACT: "firstName", LEADS: "First_Name"})
LAST = FieldRule("last name", FieldType.LAST_NAME, {CONTACT: "lastName", LEADS: "Last_Name"}, when_blank="Unknown")
EMAIL = FieldRule("email", FieldType.EMAIL, {CONTACT: "email", LEADS: "Email"})
PHONE = FieldRule("phone", FieldType.PHONE, {CONTACT: "phone", LEADS: "Phone"})
JOB = FieldRule("job title", FieldType.TEXT, {CONTACT: "fields.JOB_TITLE", LEADS: "Designation"})
SOURCE = FieldRule("source", FieldType.PICKLIST, {CONTACT: "fields.SOURCE", LEADS: "Lead_Source"})
RENEWAL = FieldRule("renewal", FieldType.DATE, {CONTACT: "fields.RENEWAL", LEADS: "Renewal_Date"})
BUDGET = FieldRule("budget", FieldType.NUMBER, {CONTACT: "fields.BUDGET", LEADS: "Budget"})
CONSENT = FieldRule("consent", FieldType.CONSENT, {CONTACT: "consent", LEADS: "Marketing_Consent"})
CONTRACT = Contract(
    rules=(FIRST, LAST, EMAIL, PHONE, JOB, SOURCE, RENEWAL, BUDGET, CONSENT),
    default_region="US",
    country_places={CONTACT: "fields.COUNTRY", LEADS: "Country"},
    consent_lists=frozenset({"1", "2"}),
)


def in_activecampaign(rule, contract=CONTRACT, **row):
    return shown(rule, CONTACT, row, contract, SPELLING)


def in_zoho(rule, **row):
    return shown(rule, LEADS, row, CONTRACT, SPELLING)


def custom(rule, value):
    return in_activecampaign(rule, fields={rule.places[CONTACT].removeprefix("fields."): value})


def test_an_email_is_shown_in_its_normal_form_on_both_sides():
    assert in_activecampaign(EMAIL, email=" Jane@Example.COM ") == "jane@example.com"
    assert in_zoho(EMAIL, Email="JANE@münchen.example") == "jane@xn--mnchen-3ya.example"


def test_an_email_that_cannot_be_read_is_shown_as_it_is_and_not_as_a_blank():
    assert in_activecampaign(EMAIL, email=" Jane  at home ") == "Jane at home"


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_a_blank_is_shown_as_nothing_whatever_the_field(blank):
    assert [in_zoho(rule, **{rule.places[LEADS]: blank}) for rule in CONTRACT.rules] == [None] * len(CONTRACT.rules)


def test_a_field_the_row_does_not_have_is_shown_as_nothing():
    assert [in_zoho(rule) for rule in CONTRACT.rules] == [None] * len(CONTRACT.rules)
    assert in_activecampaign(JOB) is None
    assert in_activecampaign(JOB, fields={}) is None


@pytest.mark.parametrize(
    ("country", "form"),
    [("Great Britain", "+442079460018"), ("gb", "+442079460018"), ("Atlantis", "020 7946 0018"), ("", "020 7946 0018")],
)
def test_a_phone_is_spelled_by_the_country_of_the_record(country, form):
    assert in_activecampaign(PHONE, phone=" 020  7946 0018", fields={"COUNTRY": country}) == form
    assert in_zoho(PHONE, Phone=" 020  7946 0018", Country=country) == form


def test_a_phone_without_a_country_is_spelled_by_the_contracts_region():
    assert in_activecampaign(PHONE, phone="(212) 555-0123") == "+12125550123"
    assert in_activecampaign(PHONE, Contract(rules=(PHONE,)), phone="(212) 555-0123") == "(212) 555-0123"


def test_a_full_name_in_one_field_of_activecampaign_is_parted():
    row = {"firstName": "Maria van der Berg", "lastName": " "}

    assert in_activecampaign(FIRST, **row) == "Maria"
    assert in_activecampaign(LAST, **row) == "van der Berg"


def test_the_pair_is_read_where_the_contract_keeps_it():
    first = FieldRule("first name", FieldType.FIRST_NAME, {CONTACT: "fields.GIVEN", LEADS: "First_Name"})
    contract = Contract(rules=(first, LAST))

    assert in_activecampaign(LAST, contract, firstName="Not Me", fields={"GIVEN": "Ana Silva"}) == "Silva"


def test_the_last_name_finds_its_first_name_even_if_the_contract_does_not_name_it():
    assert in_activecampaign(LAST, Contract(rules=(LAST,)), firstName="Ana", lastName="") == "Ana"


def test_names_of_zoho_are_read_one_by_one():
    assert in_zoho(FIRST, First_Name="Ana Silva", Last_Name=None) == "Ana Silva"
    assert in_zoho(LAST, First_Name="Ana Silva", Last_Name="n/a") is None


def test_the_contracts_own_word_for_a_blank_is_no_cleared_name():
    assert in_zoho(LAST, Last_Name="Unknown") == "Unknown"
    assert in_zoho(FIRST, First_Name="Unknown") is None
    assert in_activecampaign(LAST, lastName="Unknown") is None


@pytest.mark.parametrize(
    ("raw", "form"), [("||Web||", "Web"), ("||Web||Fair||", "Web;Fair"), ("Web ", "Web"), ("", None)]
)
def test_a_choice_is_shown_without_activecampaigns_marks(raw, form):
    assert custom(SOURCE, raw) == form


def test_zohos_word_for_no_choice_is_shown_as_nothing():
    assert in_zoho(SOURCE, Lead_Source="-None-") is None
    assert in_zoho(SOURCE, Lead_Source="Web Download") == "Web Download"


def test_dates_and_numbers_have_the_same_form_on_both_sides():
    assert custom(RENEWAL, "2026-03-01 00:00:00") == in_zoho(RENEWAL, Renewal_Date="2026-03-01") == "2026-03-01"
    assert custom(RENEWAL, "0000-00-00") is None
    assert custom(BUDGET, "50,000.00") == in_zoho(BUDGET, Budget=50000.0) == 50000


@pytest.mark.parametrize(
    ("lists", "status"),
    [
        ({"1": "1", "2": "1"}, "Subscribed"),
        ({"1": "1", "2": "2"}, "Unsubscribed"),
        ({"1": 1, "3": "2"}, "Subscribed"),
        ({"3": "2"}, "Unknown"),
        ({}, "Unknown"),
    ],
)
def test_consent_is_the_most_restrictive_status_of_the_lists_that_count(lists, status):
    assert in_activecampaign(CONSENT, lists=lists) == status


def test_consent_in_zoho_is_the_word_that_stands_there():
    assert in_zoho(CONSENT, Marketing_Consent=" Bounced ") == "Bounced"


def test_a_lookup_is_shown_as_its_id():
    account = FieldRule("account", FieldType.TEXT, {CONTACT: "orgname", LEADS: "Account"})

    assert in_zoho(account, Account={"id": "42", "name": "Acme"}) == in_zoho(account, Account={"id": "42"}) == "42"

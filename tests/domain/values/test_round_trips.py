"""What is written is shown again as it was written; else every read of our own write would look like an edit."""

from hypothesis import given, settings
from hypothesis import strategies as st

from baton.adapters.spelling import spelling
from baton.domain.contract import Contract, FieldRule, FieldSchema, FieldType
from baton.domain.records import CONTACT, LEADS
from baton.domain.values.fitting import fit
from baton.domain.values.sameness import same
from baton.domain.values.shown import shown

SPELLING = spelling()
SOURCES = {"Webinar": "Seminar", "Website": "Web"}
RULES = (
    FieldRule("email", FieldType.EMAIL, {CONTACT: "email", LEADS: "Email"}),
    FieldRule("first", FieldType.FIRST_NAME, {CONTACT: "firstName", LEADS: "First_Name"}),
    FieldRule("last", FieldType.LAST_NAME, {CONTACT: "lastName", LEADS: "Last_Name"}, when_blank="email_name"),
    FieldRule("phone", FieldType.PHONE, {CONTACT: "phone", LEADS: "Phone"}),
    FieldRule("company", FieldType.TEXT, {CONTACT: "orgname", LEADS: "Company"}, when_blank="email_domain"),
    FieldRule("country", FieldType.TEXT, {CONTACT: "fields.COUNTRY", LEADS: "Country"}),
    FieldRule("notes", FieldType.TEXT, {CONTACT: "fields.NOTES", LEADS: "Description"}),
    FieldRule(
        "source",
        FieldType.PICKLIST,
        {CONTACT: "fields.SOURCE", LEADS: "Lead_Source"},
        vocabulary=SOURCES,
        fallback="Other",
    ),
    FieldRule("renewal", FieldType.DATE, {CONTACT: "fields.RENEWAL", LEADS: "Renewal_Date"}),
    FieldRule("budget", FieldType.NUMBER, {CONTACT: "fields.BUDGET", LEADS: "Budget"}),
    FieldRule("consent", FieldType.CONSENT, {CONTACT: "consent", LEADS: "Marketing_Consent"}),
)
CONTRACT = Contract(rules=RULES, country_places={CONTACT: "fields.COUNTRY", LEADS: "Country"}, default_region="DE")
SCHEMA = {
    **{name: FieldSchema(name, "text", length=80) for name in ("First_Name", "Last_Name", "Company", "Country")},
    "Email": FieldSchema("Email", "email", length=100),
    "Phone": FieldSchema("Phone", "phone", length=30),
    "Description": FieldSchema("Description", "textarea", length=32000),
    "Lead_Source": FieldSchema("Lead_Source", "picklist", choices=("Seminar", "Web", "Other")),
    "Renewal_Date": FieldSchema("Renewal_Date", "date"),
    "Budget": FieldSchema("Budget", "double", length=16),
    "Marketing_Consent": FieldSchema("Marketing_Consent", "picklist"),
}

CUSTOMS = {"COUNTRY": "country", "NOTES": "notes", "SOURCE": "source", "RENEWAL": "renewal", "BUDGET": "budget"}


def dirty(*likely):
    return st.one_of(st.none(), st.sampled_from(likely), st.text(max_size=20))


contacts = st.fixed_dictionaries(
    {
        "email": dirty(" Jane.Doe@Example.com", "test@example.com", "x@MÜNCHEN.example", "nobody"),
        "firstName": dirty("Ana", "Ana Silva", "Unknown", "Maria van der Berg", "-", "Ana Test"),
        "lastName": dirty("Silva", "n/a", "", "Smith Jr."),
        "phone": dirty("030 23125 123", "(212) 555-0123", "+44 20 7946 0018", "020 7946 0018", "none", "+7 8 800"),
        "orgname": dirty("Acme\r\nLtd", "Acme", " "),
        "fields": st.fixed_dictionaries(
            {
                "COUNTRY": dirty("Deutschland", "us", "UK", "Atlantis", " "),
                "NOTES": dirty("one\r\ntwo", "\x00", "||A||B||"),
                "SOURCE": dirty("Webinar", "||Website||", "Podcast", "-None-"),
                "RENEWAL": dirty("2026-03-01 00:00:00", "0000-00-00", "soon"),
                "BUDGET": dirty("50,000.00", "18.000", "a lot", "-0.0"),
            }
        ),
        "lists": st.dictionaries(st.sampled_from("123"), st.sampled_from(["0", "1", "2", "3", "91"])),
    }
)


def forms(module, row):
    return {rule.name: shown(rule, module, row, CONTRACT, SPELLING) for rule in RULES}


def written_to_zoho(contact):
    held = forms(CONTACT, contact)
    return {rule.places[LEADS]: fit(rule, held[rule.name], LEADS, SCHEMA, held["email"]).value for rule in RULES}


@settings(deadline=None)
@given(contacts)
def test_what_is_written_is_shown_as_it_was_written(contact):
    lead = written_to_zoho(contact)

    assert forms(LEADS, lead) == {rule.name: lead[rule.places[LEADS]] for rule in RULES}


@settings(deadline=None)
@given(contacts)
def test_what_was_shown_is_written_a_second_time_as_the_first(contact):
    lead = written_to_zoho(contact)
    back = forms(LEADS, lead)

    again = {rule.places[LEADS]: fit(rule, back[rule.name], LEADS, SCHEMA, None).value for rule in RULES}

    assert again == lead


@settings(deadline=None)
@given(contacts)
def test_a_contact_rewritten_in_the_forms_it_shows_shows_the_same(contact):
    first = forms(CONTACT, contact)
    customs = {name: first[rule] for name, rule in CUSTOMS.items()}
    rewritten = {
        "email": first["email"],
        "firstName": first["first"],
        "lastName": first["last"],
        "phone": first["phone"],
        "orgname": first["company"],
        "fields": customs,
        "lists": contact["lists"],
    }

    assert forms(CONTACT, rewritten) == first


@settings(deadline=None)
@given(contacts)
def test_a_form_is_the_same_as_itself(contact):
    held = forms(CONTACT, contact)

    assert all(same(rule, held[rule.name], held[rule.name]) for rule in RULES)

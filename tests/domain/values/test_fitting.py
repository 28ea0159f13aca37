import pytest

from baton.domain.contract import FieldRule, FieldSchema, FieldType
from baton.domain.records import CONTACT, CONTACTS, LEADS
from baton.domain.values.fitting import Fitted, fit

EMAIL = "jane.doe+news@firm.example"
VOCABULARY = {"Webinar": "Seminar", "Podcast": "Seminar", "Website": "Web"}


def rule(type_, **more):
    return FieldRule("thing", type_, {CONTACT: "fields.THING", LEADS: "Thing"}, **more)


def schema(type_="text", **more):
    return {"Thing": FieldSchema("Thing", type_, **more)}


def fitted(rule_, value, schema_, email=EMAIL):
    return fit(rule_, value, LEADS, schema_, email)


@pytest.mark.parametrize(
    ("type_", "value", "kind"),
    [
        (FieldType.TEXT, "Acme", "text"),
        (FieldType.TEXT, "one\ntwo", "textarea"),
        (FieldType.EMAIL, "jane@example.com", "email"),
        (FieldType.PHONE, "+12125550123", "phone"),
        (FieldType.PHONE, "call me", "phone"),
        (FieldType.DATE, "2026-03-01", "date"),
        (FieldType.NUMBER, 50000, "integer"),
        (FieldType.NUMBER, 0.5, "double"),
        (FieldType.PICKLIST, "Web", "picklist"),
        (FieldType.TEXT, "of a kind we never heard of", "hologram"),
    ],
)
def test_a_value_of_the_right_kind_is_written_as_it_is(type_, value, kind):
    assert fitted(rule(type_), value, schema(kind)) == Fitted(value)
    assert fitted(rule(type_), value, {}) == Fitted(value)


@pytest.mark.parametrize(
    ("type_", "value", "kind", "reason"),
    [
        (FieldType.DATE, "03/01/2026", "date", "thing should be a date, and the value is not"),
        (FieldType.NUMBER, "a lot", "double", "thing should be a number, and the value is not"),
        (FieldType.EMAIL, "at home", "email", "thing should be an e-mail address, and the value is not"),
        (FieldType.TEXT, "at home", "email", "Thing of zoho:Leads holds an e-mail address, and the value is not"),
        (FieldType.TEXT, "soon", "date", "Thing of zoho:Leads holds a date, and the value is not"),
        (FieldType.TEXT, "50", "double", "Thing of zoho:Leads holds a number, and the value is not"),
        (FieldType.NUMBER, 0.5, "integer", "Thing of zoho:Leads holds a whole number, and the value is not"),
        (FieldType.NUMBER, 50, "text", "Thing of zoho:Leads holds text, and the value is not"),
        (
            FieldType.DATE,
            "2026-03-01",
            "datetime",
            "Thing of zoho:Leads holds a date with a time, and the value is not",
        ),
        (FieldType.TEXT, "true", "boolean", "Thing of zoho:Leads holds yes or no, and the value is not"),
        (FieldType.TEXT, "42", "lookup", "Thing of zoho:Leads holds another record, and the value is not"),
        (FieldType.PICKLIST, "Web", "multiselectpicklist", "Thing of zoho:Leads holds a list, and the value is not"),
    ],
)
def test_a_value_of_the_wrong_kind_is_withheld(type_, value, kind, reason):
    assert fitted(rule(type_), value, schema(kind)) == Fitted(None, reason)


def test_a_value_that_is_too_long_is_withheld_and_not_cut():
    text = fitted(rule(FieldType.TEXT), "x" * 41, schema(length=40))
    number = fitted(rule(FieldType.NUMBER), 1234567890, schema("integer", length=9))

    assert text == Fitted(None, "the value is too long: Thing of zoho:Leads holds 40 characters")
    assert number == Fitted(None, "the value is too long: Thing of zoho:Leads holds 9 digits")
    assert fitted(rule(FieldType.TEXT), "x" * 40, schema(length=40)) == Fitted("x" * 40)


def test_a_field_the_module_does_not_have_is_withheld():
    reason = "zoho:Leads has no field Thing"

    assert fitted(rule(FieldType.TEXT), "Acme", {"Other": FieldSchema("Other", "text")}) == Fitted(None, reason)


def test_a_field_that_may_not_be_written_is_withheld():
    assert fitted(rule(FieldType.TEXT), "Acme", schema(is_writable=False)) == Fitted(
        None, "Thing of zoho:Leads may not be written"
    )


def test_a_module_that_takes_no_part_gets_nothing():
    assert fit(rule(FieldType.TEXT), "Acme", CONTACTS, {}, EMAIL) == Fitted(
        None, "the contract gives thing no place in zoho:Contacts"
    )


def test_consent_never_travels_to_activecampaign():
    given = fit(rule(FieldType.CONSENT), "Subscribed", CONTACT, {}, EMAIL)

    assert given == Fitted(None, "consent is never written to ActiveCampaign")


def test_lines_are_joined_where_only_one_fits():
    assert fitted(rule(FieldType.TEXT), "one \n\n two", schema("text")) == Fitted("one two")


@pytest.mark.parametrize(
    ("word", "choices", "fallback", "written"),
    [
        ("Webinar", ("Seminar", "Web"), None, "Seminar"),
        ("Seminar", ("Seminar", "Web"), None, "Seminar"),
        ("Fair", ("Seminar", "Fair"), None, "Fair"),
        ("Fair", ("Seminar", "Other"), "Other", "Other"),
        ("Webinar", ("Other",), "Other", "Other"),
        ("Webinar", None, None, "Seminar"),
        ("Fair", None, "Other", "Other"),
        ("web", ("Web", "Other"), "Other", "Other"),
    ],
)
def test_a_word_is_written_in_zohos_vocabulary_or_its_fallback(word, choices, fallback, written):
    picklist = rule(FieldType.PICKLIST, vocabulary=VOCABULARY, fallback=fallback)

    assert fitted(picklist, word, schema("picklist", choices=choices)) == Fitted(written)


@pytest.mark.parametrize(
    ("word", "choices", "fallback"),
    [("Fair", ("Seminar",), None), ("Fair", ("Seminar",), "Other"), ("Webinar", ("Web",), None), ("Fair", None, None)],
)
def test_a_word_zoho_does_not_know_is_withheld(word, choices, fallback):
    picklist = rule(FieldType.PICKLIST, vocabulary=VOCABULARY, fallback=fallback)

    given = fitted(picklist, word, schema("picklist", choices=choices))

    assert given == Fitted(None, "Thing of zoho:Leads has no such choice, and the contract no fallback it has")


def test_the_lifecycle_knows_its_steps_where_zoho_names_no_choices():
    lifecycle = rule(
        FieldType.LIFECYCLE, vocabulary={"Lead": "MQL"}, order=("Subscriber", "MQL", "SQL"), fallback="MQL"
    )

    written = [fitted(lifecycle, word, {}).value for word in ("Lead", "SQL", "Customer")]

    assert written == ["MQL", "SQL", "MQL"]


def test_the_way_back_is_the_first_word_that_leads_there():
    back = fit(rule(FieldType.PICKLIST, vocabulary=VOCABULARY, fallback="Other"), "Seminar", CONTACT, {}, None)

    assert back == Fitted("Webinar")


def test_the_way_back_knows_no_fallback():
    back = fit(rule(FieldType.PICKLIST, vocabulary=VOCABULARY, fallback="Other"), "Fair", CONTACT, {}, None)

    assert back.withheld is not None


def test_activecampaign_keeps_numbers_as_text():
    field = {"fields.THING": FieldSchema("fields.THING", "text")}

    assert fit(rule(FieldType.NUMBER), 50, CONTACT, field, None) == Fitted(50)


@pytest.mark.parametrize("blank", [None, ""])
def test_nothing_clears_the_field(blank):
    assert fitted(rule(FieldType.TEXT), blank, schema()) == Fitted(None)
    assert fitted(rule(FieldType.PICKLIST, fallback="Other"), blank, schema("picklist", choices=("Other",))) == Fitted(
        None
    )


def test_a_field_that_must_not_be_blank_is_not_cleared():
    assert fitted(rule(FieldType.TEXT), None, schema(is_mandatory=True)) == Fitted(
        None, "zoho:Leads must not be without Thing, and there is nothing to write"
    )


@pytest.mark.parametrize(
    ("when_blank", "email", "written"),
    [
        ("email_name", "jane.doe+news@firm.example", "Jane Doe"),
        ("email_name", "jane_van-berg@firm.example", "Jane Van Berg"),
        ("email_name", "12345@firm.example", "12345"),
        ("email_name", "test@firm.example", "test@firm.example"),
        ("email_name", "...@firm.example", "...@firm.example"),
        ("email_domain", "jane@firm.example", "firm.example"),
        ("Not told", "jane@firm.example", "Not told"),
        (" Unknown ", None, "Unknown"),
        ("email_name", None, None),
        ("email_domain", None, None),
        ("email_domain", "nobody", None),
    ],
)
@pytest.mark.parametrize("type_", [FieldType.TEXT, FieldType.LAST_NAME])
def test_a_record_that_must_have_the_field_gets_what_the_contract_says(type_, when_blank, email, written):
    assert fitted(rule(type_, when_blank=when_blank), None, schema(), email) == Fitted(written)


def test_a_value_is_never_replaced_by_what_is_meant_for_blanks():
    assert fitted(rule(FieldType.TEXT, when_blank="email_domain"), "Acme", schema()) == Fitted("Acme")


def test_what_is_meant_for_zohos_blanks_is_not_written_to_activecampaign():
    assert fit(rule(FieldType.TEXT, when_blank="email_domain"), None, CONTACT, {}, EMAIL) == Fitted(None)


def test_what_is_meant_for_blanks_must_fit_as_well():
    assert fitted(rule(FieldType.TEXT, when_blank="email_domain"), None, schema(length=5)).withheld is not None
    assert fitted(rule(FieldType.PICKLIST, when_blank="Other"), None, schema("picklist", choices=("Web",))).withheld

"""Search finds what is near: parts of words, other special characters, any e-mail of a person."""

import pytest

from sandbox.zoho import search

MANY = ",".join(str(number) for number in range(101))


@pytest.fixture
def find(leads, add):
    add("7", Company="ABC Inc", Email="sales-team@halden.example", No_of_Employees=9, Industry="Service Provider")
    add("8", Company="Halden (North)", Secondary_Email="ada@halden.example", Phone="+47 22 33 44 55")
    add("70", Company="abc, Ltd", Email="sales_team@halden.example", No_of_Employees=10, Owner={"id": "1"})
    add("71", Company="ABC Gone", Email="gone@halden.example", Converted__s=True)

    def finder(**params):
        return search.run(params, leads)

    return finder


@pytest.mark.parametrize(
    ("criteria", "ids"),
    [
        ("(Company:equals:ABC)", ["7", "70"]),
        ("(Company:not_equal:ABC Inc)", ["8", "70"]),
        ("(Company:starts_with:hal)", ["8"]),
        (r"(Company:equals:Halden \(North\))", ["8"]),
        (r"(Company:in:ABC Inc,abc\, Ltd)", ["7", "70"]),
        ("(Industry:equals:Service)", []),
        ("(Industry:equals:Service Provider)", ["7"]),
        ("(No_of_Employees:greater_than:9)", ["70"]),
        ("(No_of_Employees:less_equal:9)", ["7"]),
        ("(No_of_Employees:between:5,20)", ["7", "70"]),
        ("(No_of_Employees:in:10)", ["70"]),
        ("(Modified_Time:equals:2026-03-02T15:00:00+00:00)", ["7", "8", "70"]),
        ("(Owner:equals:1)", ["70"]),
        ("(Converted__s:not_equal:true)", ["7", "8", "70"]),
    ],
)
def test_criteria_find_their_rows(find, criteria, ids):
    assert find(criteria=criteria) == ids


@pytest.mark.parametrize(
    ("criteria", "ids"),
    [
        ("((Company:equals:ABC)and(No_of_Employees:equals:10))", ["70"]),
        ("((Company:equals:Inc) or (Company:equals:North))", ["7", "8"]),
        ("(((Company:equals:Inc)or(Company:equals:Ltd))and(No_of_Employees:greater_equal:10))", ["70"]),
    ],
)
def test_criteria_are_joined_in_brackets(find, criteria, ids):
    assert find(criteria=criteria) == ids


def test_special_characters_are_all_alike(find):
    assert find(email="sales-team@halden.example") == ["7", "70"]


def test_an_address_is_looked_for_in_all_email_fields(find):
    assert find(email="Ada@Halden.example") == ["8"]


def test_a_phone_number_is_found_however_it_is_spaced(find):
    assert find(phone="+4722334455") == ["8"]


def test_a_word_is_found_in_any_text(find):
    assert find(word="north") == ["8"]


@pytest.mark.parametrize(("converted", "ids"), [("true", ["71"]), ("both", ["7", "70", "71"]), ("false", ["7", "70"])])
def test_converted_leads_are_found_when_asked_for(find, converted, ids):
    assert find(criteria="(Company:equals:ABC)", converted=converted) == ids


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "EXPECTED_PARAM_MISSING"),
        ({"criteria": "Company equals ABC"}, "INVALID_QUERY"),
        ({"criteria": "((Company:equals:ABC)"}, "INVALID_QUERY"),
        ({"criteria": "(Shoe_Size:equals:44)"}, "INVALID_QUERY"),
        ({"criteria": "(No_of_Employees:equals:few)"}, "INVALID_QUERY"),
        ({"criteria": "(No_of_Employees:between:)"}, "INVALID_QUERY"),
        ({"criteria": f"(Company:in:{MANY})"}, "INVALID_QUERY"),
        ({"criteria": "(Company:greater_than:ABC)"}, "NOT_SUPPORTED"),
        ({"criteria": "(Converted__s:in:true)"}, "NOT_SUPPORTED"),
        ({"criteria": "and".join(["(Company:equals:ABC)"] * 16)}, "CRITERIA_LIMIT_EXCEEDED"),
        ({"email": "ada@halden.example", "converted": "perhaps"}, "INVALID_DATA"),
    ],
)
def test_a_search_that_cannot_be_read_is_refused(find, params, code):
    found = find(**params)

    assert isinstance(found, search.Refusal)
    assert (found.status, found.code) == (400, code)

"""Queries the vendor would not answer, and the words it uses."""

import pytest

from sandbox.zoho import coql

SELECT = "select id from Leads where "
MANY = ", ".join(f"'{number}'" for number in range(51))


@pytest.fixture
def refused(leads):
    def ask(query):
        found = coql.run(query, {"Leads": leads})
        assert isinstance(found, coql.Refusal), found
        assert found.status == 400
        return found

    return ask


@pytest.mark.parametrize(
    ("query", "code", "details"),
    [
        ("select id from Leads", "SYNTAX_ERROR", {"clause": "where"}),
        ("select id from Leads where", "SYNTAX_ERROR", {"near": "end of query"}),
        ("select id form Leads where id = 1", "SYNTAX_ERROR", {"line": 1, "column": 11, "near": "form"}),
        ("select id from Leads where id = 1 limit 1.5", "SYNTAX_ERROR", {"line": 1, "column": 42, "near": "."}),
        ("select id from Leaves where id = 1", "INVALID_MODULE", {"module": "Leaves"}),
        ("select Shoe_Size from Leads where id = 1", "INVALID_QUERY", {"column_name": "Shoe_Size"}),
        ("select id from Leads where Shoe_Size = 1", "INVALID_QUERY", {"column_name": "Shoe_Size"}),
        ("select id from Leads where id = 1 order by Size", "INVALID_QUERY", {"column_name": "Size"}),
        ("select Owner.Name from Leads where id = 1", "INVALID_QUERY", {"column_name": "Owner.Name"}),
        ("select id from Leads where id = 1 limit 0", "INVALID_DATA", {"limit": 0}),
        ("select id from Leads where id = 1 limit -5", "INVALID_DATA", {"limit": -5}),
        ("select id from Leads where id = 1 limit 2001", "LIMIT_EXCEEDED", {"limit": 2000, "clause": "limit"}),
        (SELECT + f"id in ({MANY})", "LIMIT_EXCEEDED", {"limit": 50, "clause": "in"}),
        (
            "select id from Leads where id = 1 limit 5 offset 100001",
            "LIMIT_EXCEEDED",
            {"limit": 100_000, "clause": "offset"},
        ),
    ],
)
def test_a_query_is_refused_in_the_vendors_words(refused, query, code, details):
    found = refused(query)

    assert (found.code, found.details) == (code, details)


def test_more_than_fifty_columns_are_too_many(refused):
    query = SELECT.replace("id", ", ".join(["id"] * 51)) + "id = 1"

    found = refused(query)

    assert (found.code, found.details) == ("LIMIT_EXCEEDED", {"limit": 50, "clause": "select"})


@pytest.mark.parametrize("word", ["and", "or"])
def test_three_conditions_without_brackets_are_refused(refused, word):
    found = refused(SELECT + f"(id = 1 {word} id = 2 {word} id = 3)")

    assert (found.code, found.details) == ("SYNTAX_ERROR", {"clause": "where"})


def test_a_mountain_of_conditions_is_refused_and_nothing_worse(refused):
    conditions = "(" * 3_000 + "id = 1" + " or id = 1)" * 3_000

    found = refused(SELECT + conditions)

    assert (found.code, found.details) == ("LIMIT_EXCEEDED", {"limit": 25, "clause": "where"})


@pytest.mark.parametrize(
    "where",
    [
        "id = 'seven'",
        "Modified_Time > 'yesterday'",
        "Modified_Time > '2026-03-02T16:00:00'",
        "No_of_Employees = 'few'",
        "Converted__s = 'perhaps'",
        "Owner = 'Mia'",
        "Last_Name > 'B'",
        "No_of_Employees like '5%'",
        "Converted__s between true and false",
    ],
)
def test_an_operator_or_value_that_does_not_fit_its_column_is_refused(refused, where):
    found = refused(SELECT + where)

    assert found.code == "INVALID_QUERY"
    assert sorted(found.details) == ["column_name", "operator", "reason"]

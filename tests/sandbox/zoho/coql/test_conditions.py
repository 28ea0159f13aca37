"""What each operator finds among three leads."""

import pytest

from sandbox.zoho import coql

SELECT = "select Last_Name from Leads where "


@pytest.fixture
def find(leads, add):
    add("7", Last_Name="Birk", Email="ada@halden.example", No_of_Employees=5, Owner={"id": "1", "name": "Mia"})
    add("8", Last_Name="O'Dell [x]", No_of_Employees=50, Owner={"id": "2", "name": "Mia"}, Converted__s=True)
    add("70", Last_Name="Æbelø", Modified_Time="2026-03-02T18:00:00+01:00", Owner=None)

    def finder(where):
        found = coql.run(SELECT + where, {"Leads": leads})
        assert isinstance(found, coql.Rows), found
        return [row["id"] for row in found.data]

    return finder


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ("Last_Name = 'bIRK'", ["7"]),
        ("Last_Name != 'Birk'", ["8", "70"]),
        ("Last_Name like 'bi%'", ["7"]),
        ("Last_Name like '%Dell [x]'", ["8"]),
        ("Last_Name like 'b'", []),
        ("Last_Name not like '%i%'", ["8", "70"]),
        ("Last_Name in ('Birk', 'Æbelø')", ["7", "70"]),
        ("Last_Name NOT IN ('Birk')", ["8", "70"]),
        ("Email is null", ["8", "70"]),
        ("Email IS NOT NULL", ["7"]),
        ("Email in ('ADA@halden.example', 'bo@halden.example')", ["7"]),
        ("No_of_Employees > 5", ["8"]),
        ("No_of_Employees >= 5.0", ["7", "8"]),
        ("No_of_Employees between 1 and 10", ["7"]),
        ("No_of_Employees not between 1 and 10", ["8", "70"]),
        ("Converted__s = true", ["8"]),
        ("Converted__s = false", ["7", "70"]),
        ("Owner = '1'", ["7"]),
        ("Owner in (1, 2)", ["7", "8"]),
    ],
)
def test_an_operator_finds_its_rows(find, where, ids):
    assert find(where) == ids


@pytest.mark.parametrize(
    ("where", "ids"), [("id > '8'", ["70"]), ("id > 7", ["8", "70"]), ("id in ('70', '9')", ["70"])]
)
def test_ids_are_compared_as_numbers(find, where, ids):
    assert find(where) == ids


@pytest.mark.parametrize("written", [r"'O\'Dell [x]'", "'O''Dell [x]'", '"O\'Dell [x]"'])
def test_a_quote_in_a_text_is_written_in_several_ways(find, written):
    assert find(f"Last_Name = {written}") == ["8"]


def test_a_backslash_in_a_text_is_written_twice(leads, add, find):
    add("71", Last_Name="Hall\\'s")

    assert find(r"Last_Name = 'Hall\\\'s'") == ["71"]


@pytest.mark.parametrize("moment", ["2026-03-02T17:00:00+00:00", "2026-03-02T18:00:00+01:00", "2026-03-02T17:00:00Z"])
def test_times_are_compared_as_moments(find, moment):
    assert find(f"Modified_Time = '{moment}'") == ["70"]


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ("(Last_Name = 'Birk' or id = 70)", ["7", "70"]),
        ("((id = 7 or id = 8) and Converted__s = true)", ["8"]),
        ("(Email = 'ada@halden.example') and (id = 8)", []),
        ("((Email = 'ada@halden.example') or (Last_Name = 'Æbelø'))", ["7", "70"]),
    ],
)
def test_conditions_are_joined_in_pairs(find, where, ids):
    assert find(where) == ids

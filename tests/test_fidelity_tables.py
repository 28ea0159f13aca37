"""The fidelity tables name tests that exist, and every doubt about a vendor exactly once."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from sandbox.switches import switches_of

TESTS = Path(__file__).parent
KINDS = {"vendor specification", "recorded answer", "third-party client", "uncertain"}
VENDORS = ("activecampaign", "zoho")


def rows(vendor):
    page = (TESTS.parent / "docs" / f"fidelity-{vendor}.md").read_text(encoding="utf-8")
    lines = page.partition("## What remains unlike")[0].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("| ")]
    return [row for row in cells if row[0] not in {"behaviour", "---"}]


@cache
def names_in(path):
    tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.parametrize("vendor", VENDORS)
def test_each_row_has_a_behaviour_a_kind_and_a_test_that_exists(vendor):
    pinned = [(kind, *test.strip("`").split("::")) for _, kind, test in rows(vendor)]

    assert len(pinned) >= 100
    assert {kind for kind, _, _ in pinned} == KINDS
    assert [(path, name) for _, path, name in pinned if name not in names_in(path)] == []


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_switch_with_a_doubt_is_one_row_of_the_uncertain(vendor):
    uncertain = [behaviour for behaviour, kind, _ in rows(vendor) if kind == "uncertain"]
    named = [re.findall(r"`([a-z_]+)`", behaviour)[-1] for behaviour in uncertain]

    assert sorted(named) == sorted(name for name, switch in switches_of(vendor).items() if switch.doubt)
